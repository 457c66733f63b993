// An ombudsman helps a client with a reminder: written together, printed, linked by mandate, handed over.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { this_year } from './cases.mjs';
import { languages, stage } from './harness.mjs';
import { api_of } from './server.mjs';

const story = stage();
const today = () => new Date().toISOString().slice(0, 10);

async function a_client_matter(server, language) {
  const api = await api_of(server, 'ombudsman');
  const made = await api.post('/api/v1/contacts', {
    contacted_on: today(),
    channel: 'phone',
    who: 'client',
    minutes: 5,
    matters: [{ sectors: ['health'], service_task: 'dental', causes: ['patient-access'], measures: ['advice'] }],
    client_record: {
      client: { name: 'Keksitty Anna Åkerlund', mother_tongue: language },
      standing: { ground: 'client' },
      language,
      asked: 'Miten muistutus tehdään?',
      advised: 'Neuvottiin muistutuksen teossa.',
      author_position: 'Potilasasiavastaava',
    },
  });
  return { api, id: made.case_id };
}

for (const language of languages) {
  story('a reminder is written with the client, kept, changed and printed', { language, login: 'ombudsman', refusals: [422] }, async ({ page, t, server, screens }) => {
    const { api, id } = await a_client_matter(server, language);
    await page.goto(`/contacts/${id}`);
    const steps = page.getByRole('region', { name: t('web.contact_steps.title') });
    await steps.getByRole('button', { name: t('command.DraftReminder') }).click();
    const dialog = page.getByRole('dialog');
    const save = dialog.getByRole('button', { name: t('web.contact.save'), exact: true });
    await save.click();
    await dialog.getByRole('alert').waitFor();
    await screens('reminder draft refused');
    const happened = dialog.getByRole('textbox', { name: new RegExp(`^${t('label.happened')}`) });
    await happened.fill('Odotin hammashoitoon pääsyä #1 * kolme kuukautta.');
    await dialog.getByLabel(t('label.addressee_unit')).selectOption('suun-terveydenhuolto');
    await save.click();
    await page.getByText(t('web.reminder_drafts.kept')).waitFor();

    const drafts = page.getByRole('region', { name: t('web.reminder_drafts.title') });
    await drafts.getByText(t('web.reminder_drafts.unfinished')).waitFor();
    await drafts.getByRole('button', { name: new RegExp(`^${t('web.reminder_drafts.change_that', { to: '' })}`) }).click();
    await happened.fill('Odotin neljä kuukautta.');
    await dialog.getByLabel(t('label.finished')).check();
    await save.click();
    await drafts.getByText(t('web.reminder_drafts.finished')).waitFor();
    const { contents, version } = await api.get(`/api/v1/contacts/${id}`);
    assert.equal(contents.reminder_drafts_json.length, 1, 'it is one draft, as it stands');
    assert.equal(JSON.parse(contents.reminder_drafts_json[0]).happened, 'Odotin neljä kuukautta.');

    const asked = page.waitForRequest((request) => request.url().endsWith('/letters/print'));
    await drafts.getByRole('button', { name: new RegExp(`^${t('web.reminder_drafts.print_that', { to: '' })}`) }).click();
    const { title, markdown } = (await asked).postDataJSON();
    assert.equal(title, t('web.reminder_letter.title'));
    assert.match(markdown, /Keksitty Anna Åkerlund/);
    assert.match(markdown, /785\/1992/);
    const paper = drafts.getByRole('link', { name: t('web.letter.open_paper') });
    await paper.waitFor();
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      drafts.getByRole('link', { name: t('web.letter.save_paper') }).click(),
    ]);
    assert.equal(readFileSync(await saved.path()).subarray(0, 5).toString(), '%PDF-');
    await screens('contact with a reminder draft');

    // The change is undone: the draft says what it said before.
    const timeline = page.getByRole('region', { name: t('web.case_page.timeline') });
    await timeline.getByRole('button', { name: t('web.case.undo_that', { title: t('event.ReminderDrafted') }) }).first().click();
    await dialog.getByRole('button', { name: t('web.case.undo_do') }).click();
    await drafts.getByText(t('web.reminder_drafts.unfinished')).waitFor();
    assert.ok(Number((await api.get(`/api/v1/contacts/${id}`)).version) > Number(version), 'by a later entry');
  });
}

story('a contact is linked to a reminder only by mandate or consent, and the link ends', { login: 'ombudsman', refusals: [422] }, async ({ page, t, server, screens }) => {
  const { api, id } = await a_client_matter(server, 'fi');
  await page.goto(`/contacts/${id}`);
  const steps = page.getByRole('region', { name: t('web.contact_steps.title') });
  await steps.locator('.all-steps > summary').click();
  await steps.getByRole('button', { name: t('command.LinkReminder') }).click();
  const dialog = page.getByRole('dialog');
  const save = dialog.getByRole('button', { name: t('web.contact.save'), exact: true });
  await save.click();
  await dialog.getByRole('alert').waitFor();
  assert.equal(await dialog.getByLabel(t('label.ground')).getAttribute('aria-invalid'), 'true');
  await screens('link refused');
  await dialog.getByLabel(t('label.ground')).selectOption('mandate');
  await dialog.getByRole('textbox', { name: t('web.reminder_links.number') }).fill(`${this_year}-000005`);
  await dialog.getByRole('textbox', { name: t('web.reminder_links.document') }).fill('Valtakirja 1.11.2026');
  await save.click();
  const links = page.getByRole('region', { name: t('web.reminder_links.title') });
  await links.getByText(`${this_year}-000005`).waitFor();
  assert.equal(await links.getByRole('link').count(), 0, 'it opens nothing on the other side');
  await page.getByRole('button', { name: t('web.toast.undo'), exact: true }).click();
  await links.getByText(t('web.reminder_links.ended', { date: '' }).trim(), { exact: false }).waitFor();
  assert.notEqual((await api.get(`/api/v1/contacts/${id}`)).contents.links[0].ended_on, '');
});

story('one more matter comes to a contact, and goes again', { login: 'ombudsman' }, async ({ page, t, server, screens }) => {
  const { api, id } = await a_client_matter(server, 'fi');
  await page.goto(`/contacts/${id}`);
  const steps = page.getByRole('region', { name: t('web.contact_steps.title') });
  await steps.locator('.all-steps > summary').click();
  await screens('contact with all steps');
  await steps.getByRole('button', { name: t('command.AddMatter') }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox').first().focus();
  for (const typed of ['psyk', 'koht']) {
    await page.keyboard.type(typed);
    await page.keyboard.press('Tab');
  }
  await screens('one more matter');
  await dialog.getByRole('button', { name: t('web.contact.save'), exact: true }).click();
  await page.getByText(t('web.contact_steps.matter_added')).waitFor();
  const matters = async () => JSON.parse((await api.get(`/api/v1/contacts/${id}`)).contents.opening_json).matters;
  assert.equal((await matters()).length, 2);
  assert.equal((await matters())[1].service_task, 'psychiatry');
  await page.getByRole('button', { name: t('web.toast.undo'), exact: true }).click();
  await page.getByText(t('web.case.undone_now')).waitFor();
  assert.equal((await matters()).length, 1);
});

story('a client matter is handed over to a colleague, who takes it on its page', { login: 'ombudsman' }, async ({ page, t, server, another, accessible }) => {
  const { api, id } = await a_client_matter(server, 'fi');
  await page.goto(`/contacts/${id}`);
  const steps = page.getByRole('region', { name: t('web.contact_steps.title') });
  await steps.locator('.all-steps > summary').click();
  await steps.getByRole('button', { name: t('command.OfferHandOver') }).click();
  const dialog = page.getByRole('dialog');
  const colleagues = await api.get('/api/v1/colleagues');
  const head = await another({});
  await head.sign_in('head-ombudsman');
  const name = (await (await api_of(server, 'head-ombudsman')).get('/api/v1/session')).name;
  assert.ok(colleagues.colleagues.some((one) => one.name === name));
  await dialog.getByLabel(t('web.contact_steps.to')).selectOption({ label: name });
  await dialog.getByRole('button', { name: t('web.contact.save'), exact: true }).click();
  await page.getByText(t('web.contact_steps.offered')).waitFor();
  await head.page.goto(`/contacts/${id}`);
  await head.page.getByRole('region', { name: t('web.contact_steps.title') }).getByRole('button', { name: t('command.AcceptHandOver') }).click();
  await head.accessible('on taking a case over');
  await head.page.getByRole('dialog').getByRole('button', { name: t('web.contact.save'), exact: true }).click();
  await head.page.getByText(t('web.contact_steps.accepted')).waitFor();
  await page.getByRole('region', { name: t('web.case_page.timeline') }).getByRole('heading', { name: t('event.HandOverAccepted') }).waitFor();
  await accessible('on a case that was handed over');
  assert.deepEqual(head.faults, []);
  await head.context.close();
});
