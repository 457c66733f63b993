// A report on its way: signed, through the boards, published, and corrected.
import assert from 'node:assert/strict';
import { stage } from './harness.mjs';
import { api_of } from './server.mjs';

const story = stage();

// The whole way, in one language of the publication so that its files are few.
story('a report is signed, taken through the boards, published and corrected', { language: 'fi', login: 'head-ombudsman' }, async ({ page, t, screens, another, server, picture }) => {
  const head = await api_of(server, 'head-ombudsman');
  const { case_id: id, version } = await head.post('/api/v1/publications', {
    publication_kind: 'annual',
    first_month: '2017-01',
    last_month: '2017-12',
    languages: ['fi'],
  });
  await head.post(`/api/v1/publications/${id}/texts`, { section: 'summary', language: 'fi', markdown: 'Vuosi oli hiljainen.' }, version);
  const secretary = await another({});
  await secretary.sign_in('board-secretary');
  await secretary.page.getByRole('link', { name: t('web.publications.title'), exact: true }).click();
  await secretary.page.getByRole('table', { name: t('web.publications.title') }).waitFor();
  assert.equal(await secretary.page.locator(`a[href="/publications/${id}"]`).count(), 0, 'a draft is nothing to the secretary');
  await secretary.screens('publications of the secretary');

  await page.goto(`/publications/${id}`);
  await page.getByRole('button', { name: t('command.SignPublication') }).click();
  await page.getByText(t('web.publications.lead.sign')).waitFor();
  await screens('signing');
  await page.getByRole('button', { name: t('command.SignPublication') }).click();
  await page.getByText(t('web.publications.files.being_made')).waitFor();
  await picture('files being made');

  await secretary.page.locator(`a[href="/publications/${id}"]`).waitFor();
  await secretary.page.goto(`/publications/${id}`);
  await secretary.page.getByRole('heading', { name: t('web.publications.level.internal') }).waitFor({ timeout: 90_000 });
  assert.equal(await secretary.page.getByText('Vuosi oli hiljainen.').count(), 0, 'the words are in the files only');
  await secretary.screens('a signed report of the secretary');
  const give = async (command, said, fill) => {
    await secretary.page.getByRole('button', { name: t(`command.${command}`), exact: true }).click();
    await fill(secretary.page);
    await secretary.page.getByRole('button', { name: t(`command.${command}`), exact: true }).click();
    await secretary.page.getByText(t(`web.publications.done.${said}`)).first().waitFor();
  };
  await give('RecordStatement', 'statement', async (at) => {
    await at.getByLabel(t('label.body')).fill('Sosiaali- ja terveyslautakunta');
    await at.getByLabel(t('label.minutes_section')).fill('12');
    await secretary.screens('recording a statement');
  });
  await give('RecordNoting', 'noting', async (at) => {
    await at.getByLabel(t('label.body')).fill('Aluehallitus');
    await at.getByLabel(t('label.minutes_section')).fill('34');
  });
  await give('RecordSending', 'sending', async (at) => {
    await at.getByLabel(t('label.receiver'), { exact: true }).fill('Alueen kunnat');
  });
  await give('Publish', 'publish', async (at) => {
    await at.getByText(t('web.publications.lead.publish')).waitFor();
  });
  await secretary.page.getByRole('heading', { name: t('web.publications.level.public') }).waitFor({ timeout: 90_000 });
  await give('Announce', 'announce', async (at) => {
    await at.getByLabel(t('label.where')).fill('Tiedote ja verkkosivut');
  });
  await secretary.page.getByRole('heading', { name: t('web.publications.nothing_next') }).waitFor();

  // The head opens a correction, and the page says what changes.
  await page.getByRole('heading', { name: t('web.publications.nothing_next') }).waitFor();
  await page.getByText(t('web.publications.others')).click();
  await page.getByRole('button', { name: t('command.CorrectPublication') }).click();
  await page.getByLabel(t('web.publications.language.fi')).fill('Taulukon 3 otsikko on korjattu.');
  await page.getByRole('button', { name: t('command.CorrectPublication') }).click();
  await page.getByText(t('web.publications.edition', { n: 2 })).first().waitFor();
  await page.getByText('Taulukon 3 otsikko on korjattu.').first().waitFor();
  await screens('a correction begun');
});
