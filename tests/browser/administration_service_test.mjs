// How the service is, who is told by it, and what was brought into it.
import assert from 'node:assert/strict';
import { utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { languages, stage } from './harness.mjs';
import { api_of } from './server.mjs';

const story = stage();
const save = (page, t) => page.getByRole('button', { name: t('web.administration.save'), exact: true }).click();

for (const language of languages) {
  story('how the service is, at a glance', { language, login: 'administrator' }, async ({ page, t, screens }) => {
    await page.goto('/administration/health');
    await page.getByRole('heading', { name: t('web.health.disk') }).waitFor();
    await page.getByText(t('web.health.mail.off')).waitFor();
    await page.getByRole('heading', { name: t('web.health.kinds') }).waitFor();
    await screens('health');
  });
}

story('keys are changed while one works, and the page says how it went', { login: 'administrator' }, async ({ page, t }) => {
  await page.goto('/administration/health');
  await page.getByText(t('web.keys.no_escrow')).waitFor();
  await page.getByRole('button', { name: t('web.keys.rotate') }).click();
  const before_the_count = t('web.keys.finished', { when: '|', n: '|' }).split('|');
  await page.getByRole('status').filter({ hasText: before_the_count[0] }).filter({ hasText: before_the_count[2] }).waitFor();
});

story('a backup that was made is noted, and one that is missed is told', { login: 'administrator' }, async ({ page, t, server }) => {
  const noted = join(server.data, 'last-backup');
  await page.goto('/administration/health');
  await page.getByText(t('web.health.backup.none')).waitFor();
  writeFileSync(noted, '');
  await page.reload();
  const sign = page.locator('.sign').filter({ has: page.getByRole('heading', { name: t('web.health.backup') }) });
  await sign.filter({ hasNotText: t('web.health.backup.none') }).waitFor();
  assert.equal(await sign.getByText(t('web.health.sign.look')).count(), 0);
  const long_ago = new Date(Date.now() - 5 * 86_400_000);
  utimesSync(noted, long_ago, long_ago);
  // The page asks again by itself.
  await sign.getByText(t('web.health.sign.look')).waitFor({ timeout: 20_000 });
});

story('another system is told: its secret is seen once, and a failure is said', { login: 'administrator' }, async ({ page, t, server, accessible, screens }) => {
  const receiver = createServer((_, answer) => answer.writeHead(500).end());
  await new Promise((ready) => receiver.listen(0, '127.0.0.1', ready));
  try {
    await page.goto('/administration/webhooks');
    await page.getByText(t('web.webhooks.none')).waitFor();
    await page.getByRole('link', { name: t('web.webhooks.new') }).click();
    await page.getByLabel(t('web.administration.id')).fill('asianhallinta');
    await page.getByLabel(t('web.webhooks.url'), { exact: true }).fill(`http://127.0.0.1:${receiver.address().port}/hook`);
    await save(page, t);
    await page.getByText(t('web.webhooks.silent')).waitFor();
    await screens('webhook without a secret');
    await page.getByRole('button', { name: t('web.webhooks.make_secret') }).click();
    const dialog = page.getByRole('dialog', { name: t('web.webhooks.secret') });
    await dialog.waitFor();
    await screens('secret of a webhook');
    const secret = await dialog.locator('code').textContent();
    assert.match(secret, /^whsec_/);
    await dialog.getByRole('button', { name: t('web.dialog.close') }).click();
    assert.equal(await page.getByText(secret).count(), 0);
    await page.getByText(t('web.webhooks.well')).waitFor();

    const registrar = await api_of(server, 'registrar');
    const { rows } = await registrar.get('/api/v1/work-list?scope=everything&kind=reminder&limit=1');
    const { version } = await registrar.get(`/api/v1/reminders/${rows[0].case_id}`);
    const { colleagues } = await registrar.get('/api/v1/colleagues');
    await registrar.post(`/api/v1/reminders/${rows[0].case_id}/assign`, { handler: colleagues[0].user_id }, version);
    await page.getByText(t('web.webhooks.failing')).waitFor({ timeout: 25_000 });
    await accessible('on a webhook that fails');

    await page.getByLabel(t('web.webhooks.active')).uncheck();
    await save(page, t);
    await page.getByRole('row').filter({ hasText: 'asianhallinta' }).getByText(t('web.webhooks.off')).waitFor();
    await screens('webhooks');
  } finally {
    receiver.closeAllConnections();
    receiver.close();
  }
});

story('the administrator sees what was imported and why rows were left out, never what they held', { login: 'administrator' }, async ({ page, t, server, screens }) => {
  const registrar = await api_of(server, 'registrar');
  const mapping = 'source = "old register"\n[fields]\nexternal_id = "id"\nregistered = "arrived"\nunit = "unit"\nchannel = {default = "letter"}\ncause = {default = "care"}\nwho = {default = "client"}\nsector = {default = "health"}\n';
  const file = Buffer.from('id,arrived,unit\nb1,1.2.2018,Terveysasemat\nb2,2018-02-30,Terveysasemat\nb3,1.3.2018,Salainen yksikkö\n').toString('base64');
  await page.goto('/import');
  await page.getByRole('heading', { level: 1, name: t('web.import.status') }).waitFor();
  assert.equal(await page.locator('form').count(), 0, 'whoever sees no case brings none in');
  await registrar.post('/api/v1/imports', { kind: 'reminder', mapping, file });
  const row = page.getByRole('row').filter({ hasText: t('web.kind.reminder') });
  await row.waitFor({ timeout: 20_000 });
  await row.locator('summary').click();
  await row.getByText(t('web.import.reject_line', { line: '3' })).waitFor();
  assert.equal(await page.getByText('Salainen').count(), 0);
  assert.equal(await page.getByText('2018-02-30').count(), 0);
  await screens('imports');
});

story('an import tells how far it has come', { login: 'registrar' }, async ({ page, t, server, accessible }) => {
  const file = join(server.folder, 'many.csv');
  const mapping = join(server.folder, 'many.toml');
  const lines = ['id,arrived,unit'];
  for (let n = 0; n < 20_000; ++n) lines.push(`m${n},1.2.2018,Terveysasemat`);
  writeFileSync(file, lines.join('\n'));
  writeFileSync(mapping, 'source = "big"\n[fields]\nexternal_id = "id"\nregistered = "arrived"\nunit = "unit"\nchannel = {default = "letter"}\ncause = {default = "care"}\nwho = {default = "client"}\nsector = {default = "health"}\n');
  await page.goto('/import');
  await page.getByLabel(t('web.import.file')).setInputFiles(file);
  await page.getByLabel(t('web.import.mapping')).setInputFiles(mapping);
  await page.getByRole('button', { name: t('web.import.try') }).click();
  await page.getByText(t('web.import.nothing_changed')).waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: t('web.import.for_good') }).click();
  await page.getByRole('progressbar').waitFor({ timeout: 30_000 });
  await accessible('on an import under way');
  await page.getByRole('heading', { name: t('web.import.outcome'), exact: true }).waitFor({ timeout: 60_000 });
  await page.getByRole('progressbar').waitFor({ state: 'detached' });
});

story('a calendar of one\'s own due dates is made, shown once and taken back', { login: 'lawyer' }, async ({ page, t, accessible, screens }) => {
  await page.goto('/account');
  const part = page.getByRole('region', { name: t('web.calendars.title') });
  await part.getByLabel(t('web.calendars.label')).fill('työpuhelin');
  await part.getByRole('button', { name: t('web.calendars.make') }).click();
  const dialog = page.getByRole('dialog', { name: t('web.calendars.address') });
  await dialog.waitFor();
  await accessible('on the address of a calendar');
  const address = await dialog.locator('code').textContent();
  assert.match(address, /\.ics$/);
  await dialog.getByRole('button', { name: t('web.dialog.close') }).click();
  await screens('calendars of the account');
  await part.getByRole('button', { name: t('web.calendars.revoke_one', { label: 'työpuhelin' }) }).click();
  await page.getByText(t('web.calendars.revoked')).waitFor();
  assert.equal(await part.getByRole('row').filter({ hasText: 'työpuhelin' }).count(), 0);
});
