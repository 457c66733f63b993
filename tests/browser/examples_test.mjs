// Examples and proposals of a draft: a second person confirms, and each proposal has an addressee.
import { languages, stage } from './harness.mjs';
import { api_of } from './server.mjs';

const story = stage();

for (const language of languages) {
  // Every state is looked at in one language; the page itself in each.
  const in_one = (screens) => (language === 'fi' ? screens : async () => undefined);

  story('an example needs a second person, and a proposal an addressee', { language, login: 'ombudsman', refusals: [422] }, async ({ page, t, screens, another, server }) => {
    const ombudsman = await api_of(server, 'ombudsman');
    const { case_id: id } = await ombudsman.post('/api/v1/publications', {
      publication_kind: 'annual',
      first_month: '2018-01',
      last_month: '2018-12',
      languages: ['fi', 'sv'],
    });
    await page.goto(`/publications/${id}`);
    await page.getByRole('button', { name: t('web.publications.examples.add') }).click();
    let dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: t('command.ComposeExample') }).click();
    await dialog.locator('.field-error, .notice.error, [role=alert]').first().waitFor();
    await in_one(screens)('an example with errors');
    await dialog.getByLabel(t('label.section')).selectOption('services');
    await dialog.getByLabel(t('web.publications.language.fi')).fill('Asiakas odotti päätöstä. (Sommiteltu esimerkki.)');
    await dialog.getByLabel(t('web.publications.language.sv')).fill('En klient väntade på ett beslut. (Sammansatt exempel.)');
    await dialog.getByRole('button', { name: t('command.ComposeExample') }).click();
    await page.getByText(t('web.publications.unconfirmed')).waitFor();
    await page.getByText(t('web.publications.confirm_by_another')).waitFor();
    const other = await another({});
    await other.sign_in('ombudsman-social');
    await other.page.goto(`/publications/${id}`);
    await other.page.getByRole('button', { name: t('web.publications.confirm'), exact: true }).click();
    await other.page.getByRole('dialog').getByText(t('web.publications.confirm.lead')).waitFor();
    await in_one(other.screens)('confirming an example');
    await other.page.getByRole('dialog').getByRole('button', { name: t('command.ConfirmExample') }).click();
    // Its author sees it without asking.
    await page.getByText(/✓ /).first().waitFor();
    await page.getByRole('button', { name: t('web.publications.proposals.add') }).click();
    dialog = page.getByRole('dialog');
    await dialog.getByLabel(t('web.publications.addressee_unit'), { exact: true }).selectOption('sairaala');
    await dialog.getByLabel(t('web.publications.language.fi')).fill('Kotiutuva potilas saa ohjeen kirjallisena.');
    await dialog.getByLabel(t('web.publications.language.sv')).fill('Den som skrivs ut får anvisningen skriftligt.');
    await in_one(screens)('a proposal');
    await dialog.getByRole('button', { name: t('command.AddProposal') }).click();
    await page.getByText(language === 'sv' ? 'Den som skrivs ut får anvisningen skriftligt.' : 'Kotiutuva potilas saa ohjeen kirjallisena.').waitFor();
    await page.getByRole('heading', { name: t('web.publications.earlier') }).waitFor();
    await screens('a draft with examples and proposals');
  });
}
