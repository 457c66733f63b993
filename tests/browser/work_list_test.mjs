import assert from 'node:assert/strict';
import { day } from './cases.mjs';
import { languages, stage } from './harness.mjs';
import { api_of } from './server.mjs';

const story = stage();

for (const language of languages) {
  story('the legal side sees what waits, most urgent first, with the reason', { language, login: 'lawyer' }, async ({ page, t, screens }) => {
    await page.goto('/work?scope=everything');
    const first = page.getByRole('row').nth(1);
    await first.getByText(t('web.urgency.escalated')).waitFor();
    await first.getByText(/13/).waitFor();
    await screens('work list');
  });
  story('an ombudsman sees contacts and nothing of the legal side', { language, login: 'ombudsman' }, async ({ page, t, accessible, picture }) => {
    await page.goto('/work?scope=everything');
    await page.getByRole('table').waitFor();
    await accessible('on the work list of an ombudsman');
    await picture('work list ombudsman');
    for (const kind of ['reminder', 'complaint', 'authority_request']) {
      assert.equal(await page.getByRole('row').getByText(`${t(`web.kind.${kind}`)} ·`).count(), 0);
    }
  });
}

story('what is filtered stands in the address, and nothing personal does', { login: 'lawyer' }, async ({ page, t }) => {
  await page.goto('/work');
  await page.getByLabel(t('web.work_list.scope.everything')).check();
  await page.getByLabel(t('web.work_list.kind')).selectOption({ label: t('web.kind.reminder') });
  await page.getByLabel(t('web.work_list.unit')).selectOption('lastensuojelu');
  await page.getByRole('row').nth(1).waitFor();
  await page.waitForFunction(() => document.querySelectorAll('[role=row]').length === 2);
  assert.equal(new URL(page.url()).search, '?scope=everything&kind=reminder&unit=lastensuojelu');
  const subject = await page.getByRole('row').nth(1).getByRole('link').textContent();
  await page.reload();
  await page.getByRole('link', { name: subject }).waitFor();
  assert.equal(await page.getByRole('row').count(), 2);
  assert.equal(await page.title(), `${t('web.work_list.title')} – Vastine`);
  await page.getByRole('button', { name: t('web.work_list.clear') }).click();
  await page.waitForFunction(() => document.querySelectorAll('[role=row]').length > 2);
});

story('two thousand cases scroll to the end, each row in its place', { login: 'lawyer' }, async ({ page, t }) => {
  await page.goto('/work?scope=everything&state=all');
  const table = page.getByRole('table');
  await table.waitFor();
  const count = Number(await table.getAttribute('aria-rowcount'));
  assert.ok(count > 2000, `${count} rows`);
  assert.ok((await page.getByRole('row').count()) < 60, 'only those in sight are in the page');
  // How smoothly it scrolls is measured, not tested: tools/bench/browser.
  await page.evaluate(async () => {
    for (let turn = 0; turn < 400; ++turn) {
      window.scrollTo(0, document.documentElement.scrollHeight);
      if (document.querySelector(`[aria-rowindex="${document.querySelector('[role=table]').getAttribute('aria-rowcount')}"] a`)) return;
      await new Promise((done) => setTimeout(done, 50));
    }
  });
  const last = page.locator(`[aria-rowindex="${count}"]`);
  await last.getByRole('link').waitFor();
});

story('what a colleague does appears by itself, in every tab, over one stream', { login: 'lawyer' }, async ({ page, t, context, server }) => {
  const feeds = new Set();
  const of_the_feed = (request) => request.url().endsWith('/api/v1/feed');
  context.on('request', (request) => of_the_feed(request) && feeds.add(request));
  for (const end of ['requestfinished', 'requestfailed']) context.on(end, (request) => feeds.delete(request));
  await page.goto('/work?scope=everything');
  await page.getByRole('table').waitFor();
  const other = await context.newPage();
  await other.goto('/work?scope=everything');
  await other.getByRole('table').waitFor();
  const registrar = await api_of(server, 'registrar');
  await registrar.post('/api/v1/reminders', {
    opening: { arrived_on: day(-2), channel: 'letter', units: ['terveysasemat'], sectors: ['health'], cause: 'care', maker: 'client', subject: 'Appeared by itself', client: { name: 'Anna Åkerlund' } },
  });
  await page.getByRole('link', { name: 'Appeared by itself' }).waitFor();
  await other.getByRole('link', { name: 'Appeared by itself' }).waitFor();
  assert.equal(feeds.size, 1, 'one tab listens for both');
  await page.close();
  await registrar.post('/api/v1/reminders', {
    opening: { arrived_on: day(-2), channel: 'letter', units: ['terveysasemat'], sectors: ['health'], cause: 'care', maker: 'client', subject: 'Then the other listens', client: { name: 'Anna Åkerlund' } },
  });
  await other.getByRole('link', { name: 'Then the other listens' }).waitFor();
});
