import assert from 'node:assert/strict';
import { day } from './cases.mjs';
import { languages, stage } from './harness.mjs';
import { api_of } from './server.mjs';

const story = stage();

for (const language of languages) {
  story('a case is one timeline, and each date says why it is what it is', { language, login: 'lawyer' }, async ({ page, t, screens }) => {
    await page.goto('/work?scope=everything&kind=reminder');
    await page.getByRole('row').nth(1).getByRole('link').click();
    await page.getByRole('heading', { level: 2, name: t('web.case_page.timeline') }).waitFor();
    const timeline = page.getByRole('region', { name: t('web.case_page.timeline') });
    await timeline.getByRole('heading', { name: t('event.ReminderRegistered') }).waitFor();
    const dues = page.getByRole('region', { name: t('web.case_page.dues') });
    await dues.getByText(t('web.case_page.why')).first().click();
    await dues.getByText(/785\/1992/).waitFor();
    assert.equal(await page.title(), `${t('web.kind.reminder')} – Vastine`, 'the browser remembers no subject');
    await screens('case');
  });
}

story('a contact has its page too', { login: 'ombudsman' }, async ({ page, t, accessible, picture }) => {
  await page.goto('/work?scope=everything&state=all');
  await page.getByRole('row').nth(1).getByRole('link').click();
  await page.getByRole('heading', { level: 2, name: t('web.case_page.timeline') }).waitFor();
  await accessible('on a contact');
  await picture('contact');
});

story('a case that is not there and one behind the wall look alike', { login: 'ombudsman', refusals: [404] }, async ({ page, t, accessible }) => {
  await page.goto('/contacts/00000000-0000-4000-8000-000000000000');
  await page.getByRole('alert').waitFor();
  await accessible('on a case that is not there');
  await page.goto('/reminders/00000000-0000-4000-8000-000000000000');
  await page.getByRole('heading', { level: 1, name: t('web.not_found.title') }).waitFor();
});

// Two papers of one client, registered apart; of another client in each story, for only a few that look alike are shown.
async function twice(server, subject) {
  const registrar = await api_of(server, 'registrar');
  const opening = {
    arrived_on: day(-6),
    channel: 'letter',
    units: ['terveysasemat'],
    sectors: ['health'],
    cause: 'care',
    maker: 'client',
    client: { name: `Keksitty ${subject}`, birth_on: '1952-10-13' },
  };
  const ids = [];
  for (const which of ['first', 'second'])
    ids.push((await registrar.post('/api/v1/reminders', { opening: { ...opening, subject: `${subject}, ${which}` } })).case_id);
  return { registrar, ids };
}

for (const language of languages) {
  story('cases that look alike are said to be what they are, once', { language, login: 'lawyer', refusals: [422] }, async ({ page, t, server, screens }) => {
    const { registrar, ids: [first, second] } = await twice(server, `Alike ${language}`);
    await page.goto(`/reminders/${second}`);
    const row = page.locator('.similar > li').filter({ hasText: `Alike ${language}, first` });
    await row.waitFor();
    await screens('cases that look alike');
    await row.getByRole('button', { name: new RegExp(`^${t('web.case.similar.belongs')}`) }).click();
    const dialog = page.getByRole('dialog', { name: t('web.case.similar.what') });
    await dialog.getByLabel(t('label.note')).fill('Sama käynti');
    await screens('how two cases are related');
    await dialog.getByRole('button', { name: t('web.case.similar.keep') }).click();
    await page.getByRole('region', { name: t('web.case_page.related') }).getByRole('link', { name: `Alike ${language}, first` }).waitFor();
    assert.equal(await row.count(), 0);
    const { related } = await registrar.get(`/api/v1/reminders/${first}`);
    assert.deepEqual(related.map((one) => [one.row.case_id, one.relation]), [[second, 'same-matter']]);
  });
}

story('a case that only looks alike is another matter, and is not asked about again', { login: 'lawyer' }, async ({ page, t, server }) => {
  const { registrar, ids: [first, second] } = await twice(server, 'Apart');
  await page.goto(`/reminders/${second}`);
  const row = page.locator('.similar > li').filter({ hasText: 'Apart, first' });
  await row.getByRole('button', { name: new RegExp(`^${t('web.case.similar.another')}`) }).click();
  await page.getByRole('dialog').getByRole('button', { name: t('web.case.similar.keep') }).click();
  await page.getByText(t('web.case.similar.said')).waitFor();
  assert.equal(await row.count(), 0);
  assert.equal(await page.getByRole('region', { name: t('web.case_page.related') }).count(), 0, 'it belongs to neither');
  const { similar } = await registrar.get(`/api/v1/reminders/${first}`);
  assert.ok(!similar.some((one) => one.row.case_id === second), 'nor is it asked on the other one');
});

story('what was recorded can be undone at once or from the timeline, as a later entry', { login: 'lawyer', refusals: [422] }, async ({ page, t, server, screens }) => {
  const { registrar, ids: [id] } = await twice(server, 'Undone');
  const { version } = await registrar.get(`/api/v1/reminders/${id}`);
  await registrar.post(`/api/v1/reminders/${id}/statements`, { unit: 'psykiatria', asked_on: day(-2) }, version);
  await page.goto(`/reminders/${id}`);
  const timeline = page.getByRole('region', { name: t('web.case_page.timeline') });
  await timeline.getByRole('button', { name: t('web.case.undo_that', { title: t('event.StatementRequested') }) }).click();
  const dialog = page.getByRole('dialog', { name: t('web.case.undo_title') });
  await dialog.getByRole('button', { name: t('web.case.undo_do') }).click();
  await dialog.getByRole('alert').waitFor();
  await screens('undo without a reason');
  await dialog.getByLabel(t('web.case.reason')).fill('Pyydettiin väärältä yksiköltä');
  await dialog.getByRole('button', { name: t('web.case.undo_do') }).click();
  await timeline.getByRole('heading', { name: t('event.StatementWaived') }).waitFor();
  assert.equal(await timeline.getByRole('button', { name: new RegExp(`^${t('web.case.undo')}`) }).count(), 0, 'what is undone is not undone again');
});
