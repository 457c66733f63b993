import assert from 'node:assert/strict';
import { languages, stage } from './harness.mjs';
import { api_of } from './server.mjs';

const story = stage();

const opening = (subject) => ({
  opening: {
    arrived_on: '2026-11-02', channel: 'letter', units: ['lastensuojelu'], sectors: ['social'], cause: 'care',
    maker: 'client', subject, client: { name: 'Anna Åkerlund' },
  },
});
async function made(server, ...subjects) {
  const registrar = await api_of(server, 'registrar');
  const cases = [];
  for (const subject of subjects) cases.push({ subject, ...(await registrar.post('/api/v1/reminders', opening(subject))) });
  const { colleagues } = await registrar.get('/api/v1/colleagues');
  const id_of = (name) => colleagues.find((one) => one.name === name).user_id;
  return { registrar, cases, id_of };
}
const handler_of = async (registrar, { case_id }) => (await registrar.get(`/api/v1/reminders/${case_id}`)).row.handler;
const box = (page, t, subject) => page.getByRole('checkbox', { name: t('web.bulk.select', { case: subject }) });

for (const language of languages) {
  story('several cases get a handler: what will and will not go is seen first, and it can be undone', { language, login: 'registrar' }, async ({ page, t, screens, server }) => {
    const names = ['free', 'taken', 'theirs'].map((what) => `Bulk ${language} ${what}`);
    const { registrar, cases, id_of } = await made(server, ...names);
    const [, taken, theirs] = cases;
    await registrar.post(`/api/v1/reminders/${taken.case_id}/assign`, { handler: id_of('Henrik Berg') }, taken.version);
    await registrar.post(`/api/v1/reminders/${theirs.case_id}/assign`, { handler: id_of('Pirjo Salmi') }, theirs.version);
    await page.goto('/work?scope=everything&kind=reminder&unit=lastensuojelu');
    await page.getByRole('table').waitFor();
    await page.getByRole('button', { name: t('web.bulk.begin') }).click();
    // What is chosen stays chosen when the list is narrowed or scrolled: each is looked for by its own handler.
    const wanted = async (address, ...subjects) => {
      await page.getByLabel(t('web.work_list.handler'), { exact: true }).selectOption(address);
      for (const subject of subjects) await box(page, t, subject).first().check();
    };
    await wanted(id_of('Henrik Berg'), names[1]);
    await wanted(id_of('Pirjo Salmi'), names[2]);
    await wanted('-', names[0]);
    // And one that has ended: it will not go.
    await page.getByLabel(t('web.work_list.handler'), { exact: true }).selectOption('');
    await page.getByLabel(t('web.work_list.state'), { exact: true }).selectOption('ended');
    await page.getByRole('cell').getByRole('link', { name: names[0] }).waitFor({ state: 'detached' });
    await page.getByRole('table').getByRole('checkbox').first().check();
    await page.getByText(t('web.bulk.selected.other', { n: '4' })).waitFor();
    await screens('choosing cases');
    await page.getByRole('button', { name: t('web.bulk.assign') }).click();
    const dialog = page.getByRole('dialog', { name: t('web.bulk.title') });
    await dialog.getByRole('button', { name: t('web.bulk.preview') }).click();
    await dialog.getByText(t('web.bulk.no_handler')).waitFor();
    await screens('assigning without a handler');
    await dialog.getByLabel(t('web.work_list.handler'), { exact: true }).selectOption({ label: 'Pirjo Salmi' });
    await dialog.getByRole('button', { name: t('web.bulk.preview') }).click();
    const go = dialog.getByRole('button', { name: t('web.bulk.do.other', { n: '2' }) });
    await go.waitFor();
    await dialog.getByText(t('web.bulk.changes', { before: 'Henrik Berg', after: 'Pirjo Salmi' })).waitFor();
    const stays = dialog.locator('tr.stays');
    assert.equal(await stays.count(), 2);
    assert.ok((await stays.filter({ hasNotText: names[2] }).locator('td').textContent()).length > 10, 'the closed one says why');
    assert.equal(await handler_of(registrar, cases[0]), '', 'nothing has been done yet');
    await screens('preview of the assignment');
    await go.click();
    await dialog.getByText(t('web.bulk.moved', { before: 'Henrik Berg', after: 'Pirjo Salmi' })).waitFor();
    for (const one of cases) assert.equal(await handler_of(registrar, one), id_of('Pirjo Salmi'));
    await screens('assigned');
    // Nobody cannot be given a case back; a colleague can.
    await dialog.getByRole('button', { name: t('web.bulk.undo.one') }).click();
    await dialog.getByText(t('web.bulk.undone', { before: 'Henrik Berg' })).waitFor();
    assert.equal(await handler_of(registrar, taken), id_of('Henrik Berg'));
    assert.equal(await handler_of(registrar, cases[0]), id_of('Pirjo Salmi'));
    await dialog.getByRole('button', { name: t('web.dialog.close') }).nth(1).click();
    assert.equal(await page.getByRole('table').getByRole('checkbox').count(), 0, 'then one chooses no more');
  });
}

story('all that are listed are chosen at once, beyond those on the screen', { login: 'lawyer' }, async ({ page, t }) => {
  await page.goto('/work?scope=everything&state=all');
  const table = page.getByRole('table');
  await table.waitFor();
  const listed = Number(await table.getAttribute('aria-rowcount')) - 1;
  assert.ok(listed > 1000, `${listed} cases`);
  await page.getByRole('button', { name: t('web.bulk.begin') }).click();
  await page.getByRole('button', { name: t('web.bulk.first', { n: new Intl.NumberFormat('fi-FI').format(1000) }) }).click();
  await page.locator('.bulk-bar').getByRole('status').filter({ hasText: /^1\s000/ }).waitFor({ timeout: 60_000 });
  // And before they are given to anybody, one sees what each would do.
  await page.getByRole('button', { name: t('web.bulk.assign') }).click();
  const dialog = page.getByRole('dialog', { name: t('web.bulk.title') });
  await dialog.getByLabel(t('web.work_list.handler'), { exact: true }).selectOption({ label: 'Henrik Berg' });
  await dialog.getByRole('button', { name: t('web.bulk.preview') }).click();
  await dialog.locator('tbody tr').nth(999).waitFor({ timeout: 60_000 });
});

story('a case that changed meanwhile stays as it is, and says why', { login: 'lawyer' }, async ({ page, t, server }) => {
  const { registrar, cases } = await made(server, 'Changed meanwhile');
  await page.goto('/work?scope=everything&kind=reminder&unit=lastensuojelu&handler=-');
  await page.getByRole('button', { name: t('web.bulk.begin') }).click();
  await box(page, t, 'Changed meanwhile').check();
  await page.getByRole('button', { name: t('web.bulk.assign') }).click();
  const dialog = page.getByRole('dialog', { name: t('web.bulk.title') });
  await dialog.getByLabel(t('web.work_list.handler'), { exact: true }).selectOption({ label: 'Henrik Berg' });
  await dialog.getByRole('button', { name: t('web.bulk.preview') }).click();
  const go = dialog.getByRole('button', { name: t('web.bulk.do.one') });
  await go.waitFor();
  await registrar.post(`/api/v1/reminders/${cases[0].case_id}/documents`, { direction: 'incoming', dated_on: '2026-11-03', title: 'Liite', party: 'LVV' }, cases[0].version);
  await go.click();
  await dialog.locator('tr.stays td').waitFor();
  assert.equal(await handler_of(registrar, cases[0]), '');
});

story('an answer lost on the way is asked for again, and nothing is done twice', { login: 'lawyer', refusals: ['away', 503] }, async ({ page, t, server, context, accessible }) => {
  const { registrar, cases, id_of } = await made(server, 'Lost on the way');
  await page.goto('/work?scope=everything&kind=reminder&unit=lastensuojelu&handler=-');
  await page.getByRole('button', { name: t('web.bulk.begin') }).click();
  await box(page, t, 'Lost on the way').check();
  await page.getByRole('button', { name: t('web.bulk.assign') }).click();
  const dialog = page.getByRole('dialog', { name: t('web.bulk.title') });
  await dialog.getByLabel(t('web.work_list.handler'), { exact: true }).selectOption({ label: 'Henrik Berg' });
  await dialog.getByRole('button', { name: t('web.bulk.preview') }).click();
  const go = dialog.getByRole('button', { name: t('web.bulk.do.one') });
  await go.waitFor();
  const keys = [];
  await context.route('**/api/v1/assignments', (route) => {
    keys.push(route.request().headers()['idempotency-key']);
    return keys.length <= 4 ? route.abort('internetdisconnected') : route.fallback();
  });
  await go.click();
  await dialog.getByText(t('web.bulk.no_answer')).waitFor({ timeout: 20_000 });
  await accessible('on an assignment without an answer');
  await dialog.getByRole('button', { name: t('web.bulk.again') }).click();
  await dialog.getByText(t('web.bulk.moved', { before: t('web.work_list.nobody'), after: 'Henrik Berg' })).waitFor();
  assert.equal(new Set(keys).size, 1, 'under one key');
  assert.equal(await handler_of(registrar, cases[0]), id_of('Henrik Berg'));
});
