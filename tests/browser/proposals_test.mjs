// Proposals as their addressees answer them, and what everybody who works with it sees of a published report.
import assert from 'node:assert/strict';
import { next_year } from './cases.mjs';
import { languages, stage } from './harness.mjs';
import { api_of } from './server.mjs';

const story = stage();

for (const language of languages) {
  // Every state is looked at in one language; the pages themselves in each.
  const in_one = (screens) => (language === 'fi' ? screens : async () => undefined);

  story('the head of a unit answers a proposal and says later what was done', { language, login: 'head-hospital' }, async ({ page, t, screens, server }) => {
    const lawyer = await api_of(server, 'lawyer');
    const { case_id: id, version } = await lawyer.post('/api/v1/publications', {
      publication_kind: 'summary',
      area: 'legal',
      first_month: '2018-01',
      last_month: '2018-04',
      languages: [language],
    });
    const text = { fi: 'Vastaukset annetaan ajoissa.', sv: 'Svaren ges i tid.', en: 'Answers are given in time.' }[language];
    const added = await lawyer.post(`/api/v1/publications/${id}/proposals`, { section: 'proposals', text: { [language]: text }, addressee_unit: 'sairaala', wanted_by: `${next_year}-03-31` }, version);
    await lawyer.post(`/api/v1/publications/${id}/sign`, {}, added.version);
    // Nobody answers in the minute in which the files of what was signed are stored.
    while ((await lawyer.get('/api/v1/publications')).rows.some((row) => row.files_waiting)) await page.waitForTimeout(500);

    await page.getByRole('link', { name: t('web.proposals.title'), exact: true }).click();
    const waiting = page.getByRole('region', { name: t('web.proposals.waiting') });
    await waiting.getByText(text).waitFor();
    assert.equal(await page.getByRole('link', { name: t('web.publications.title'), exact: true }).count(), 0, 'drafts are nothing to a unit head');
    await screens('proposals to answer');
    await waiting.getByRole('listitem').filter({ hasText: text }).getByRole('button', { name: t('web.proposals.answer') }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: { fi: 'Hyväksytään osittain', sv: 'Godtas delvis', en: 'Accepted in part' }[language] }).check();
    await dialog.getByLabel(t(`web.publications.language.${language}`)).fill({ fi: 'Nimetään vastuuhenkilö.', sv: 'En ansvarig person utses.', en: 'A responsible person is named.' }[language]);
    await dialog.getByLabel(t('label.done_by')).fill(`31.12.${next_year}`);
    await screens('answering a proposal');
    await dialog.getByRole('button', { name: t('command.AnswerProposal') }).click();
    const answered = page.getByRole('region', { name: t('web.proposals.answered_ones') });
    const item = answered.getByRole('listitem').filter({ hasText: text });
    await item.waitFor();
    await item.getByRole('button', { name: t('web.proposals.follow_up') }).click();
    await dialog.getByLabel(t('label.progress')).selectOption('under-way');
    await in_one(screens)('what has been done');
    await dialog.getByRole('button', { name: t('command.FollowUpProposal') }).click();
    await item.getByText({ fi: 'Kesken', sv: 'Pågår', en: 'Under way' }[language]).waitFor();
    await in_one(screens)('proposals answered');
  });

  story('a published report has its way, its files and their hashes on one page', { language, login: 'head-ombudsman' }, async ({ page, t, screens, server }) => {
    const head = await api_of(server, 'head-ombudsman');
    const { rows } = await head.get('/api/v1/publications');
    const published = rows.find((row) => row.stage === 'publication.stage.published' && row.publication_kind === 'annual');
    await page.goto(`/publications/${published.publication_id}`);
    await page.getByRole('heading', { name: t('web.publications.files'), exact: true }).waitFor({ timeout: 110_000 });
    await page.getByRole('heading', { name: t('web.publications.level.public') }).waitFor({ timeout: 110_000 });
    assert.equal(await page.locator('.way > .taken').count(), 7);
    const link = page.getByRole('region', { name: t('web.publications.files'), exact: true }).getByRole('link', { name: /PDF/ }).first();
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    assert.match(download.suggestedFilename(), /\.pdf$/);
    await page.getByText(t('web.publications.hashes')).first().click();
    await page.getByText(/^[0-9a-f]{64}$/).first().waitFor();
    await screens('a published report');
  });
}
