// Checkpoints, taken and shown to whoever keeps them, and the receipt that a client takes away.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { a_reminder } from './cases.mjs';
import { languages, stage } from './harness.mjs';
import { api_of, vastine } from './server.mjs';

const story = stage();

for (const language of languages) {
  story('checkpoints are taken at once and listed with their keys', { language, login: 'auditor-legal' }, async ({ page, t, server, screens }) => {
    const registrar = await api_of(server, 'registrar');
    await a_reminder(server, `Something new in ${language}`);
    await page.goto('/checkpoints');
    await page.getByRole('heading', { level: 1, name: t('web.proof.title') }).waitFor();
    await page.getByRole('button', { name: t('web.proof.take') }).click();
    await page.getByText(new RegExp([t('web.proof.taken.one'), t('web.proof.taken.other', { n: '2' })].join('|'))).waitFor();
    const newest = (await registrar.get('/api/v1/checkpoints')).checkpoints[0];
    await page.getByRole('table').getByText(newest.root).waitFor();
    await screens('checkpoints');
    const saved = page.waitForEvent('download');
    await page.getByRole('link', { name: t('web.proof.witness') }).click();
    const file = readFileSync(await (await saved).path(), 'utf8');
    assert.ok(file.includes(newest.note));
    await page.getByRole('button', { name: t('web.proof.take') }).click();
    // The access log may have grown by what was read meanwhile; the event log has not.
    await page.getByText(new RegExp([t('web.proof.nothing_new'), t('web.proof.taken.one')].join('|'))).last().waitFor();
  });
}

story('a client gets a receipt, which anybody verifies with the public key', { login: 'registrar' }, async ({ page, t, server, screens }) => {
  const { registrar, id } = await a_reminder(server, 'With a receipt');
  await page.goto(`/reminders/${id}`);
  const card = page.getByRole('region', { name: t('web.receipt.title') });
  await card.scrollIntoViewIfNeeded();
  await screens('receipt on the case page');
  const get = async (name) => {
    const saved = page.waitForEvent('download');
    await card.getByRole('link', { name, exact: true }).click();
    const download = await saved;
    return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
  };
  const pdf = await get('PDF, Suomi');
  assert.equal(pdf.name, `${t('receipt.title')}.pdf`);
  assert.equal(pdf.bytes.subarray(0, 5).toString(), '%PDF-');
  const receipt = await get(`${t('web.receipt.text')}, Svenska`);
  assert.ok(!receipt.bytes.toString().includes('With a receipt'), 'nothing of the case is in it');
  const file = join(server.folder, 'receipt.txt');
  writeFileSync(file, receipt.bytes);
  const { events_key } = await registrar.get('/api/v1/checkpoints');
  const verified = spawnSync(vastine(), ['verify-receipt', file, '--key', events_key], { encoding: 'utf8' });
  assert.equal(verified.status, 0, verified.stderr);
  assert.ok(verified.stdout.includes(id), verified.stdout);
  const { access_key } = await registrar.get('/api/v1/checkpoints');
  assert.notEqual(spawnSync(vastine(), ['verify-receipt', file, '--key', access_key]).status, 0, 'not with another key');
});
