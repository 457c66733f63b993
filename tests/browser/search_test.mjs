import assert from 'node:assert/strict';
import { languages, stage } from './harness.mjs';
import { api_of } from './server.mjs';

const story = stage();

const opening = (subject, name) => ({
  opening: {
    arrived_on: '2026-11-02', channel: 'letter', units: ['terveysasemat'], sectors: ['health'], cause: 'care',
    maker: 'client', subject, client: { name },
  },
});
// Once for all stories: what is looked for.
let prepared;
const prepare = (server) => {
  prepared ??= (async () => {
    const registrar = await api_of(server, 'registrar');
    const reminder = await registrar.post('/api/v1/reminders', opening('Hoitovirheestä päivystyksessä', 'Äijälä Törmä'));
    await registrar.post('/api/v1/reminders', opening('Hoitovirheestä leikkauksessa', 'Aijala Torma'));
    for (let n = 1; n <= 23; ++n) await registrar.post('/api/v1/reminders', opening(`Kvastmärke nummer ${n}`, 'Anna Åkerlund'));
    const ombudsman = await api_of(server, 'ombudsman');
    await ombudsman.post('/api/v1/contacts', {
      contacted_on: '2026-11-02', channel: 'phone', who: 'client', minutes: 5, note: 'Kvastmärke puhelimessa',
      matters: [{ sectors: ['health'], service_task: 'health-station', causes: ['patient-access'], measures: ['advice'] }],
    });
    return { reminder };
  })();
  return prepared;
};
const field = (page, t) => page.getByRole('textbox', { name: t('web.search.field') });
const warm = async (page, t) => {
  // Right after the start the index is still being built.
  await page.getByText(t('web.search.warming.text')).waitFor({ state: 'detached', timeout: 60_000 });
};
// Everything a browser remembers of itself.
const remembered = (page) =>
  page.evaluate(async () => JSON.stringify([
    location.href, document.title, history.state, { ...localStorage }, { ...sessionStorage },
    (await caches.keys()).length,
  ]));

for (const language of languages) {
  story('a case is found by another form of a word, by the keyboard alone, and the words are marked', { language, login: 'lawyer', refusals: [422] }, async ({ page, t, server, screens }) => {
    await prepare(server);
    const asked = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.keyboard.press('/');
    await page.locator('.search-form input:focus').waitFor();
    await page.keyboard.type('törmä hoitovirhe');
    await page.keyboard.press('Enter');
    const found = page.getByRole('link', { name: 'Hoitovirheestä päivystyksessä' });
    await found.waitFor();
    await warm(page, t);
    assert.equal(await page.getByRole('listitem').filter({ has: found }).locator('mark').count() > 0, true, 'why it was found is marked');
    assert.equal(await page.locator('.hits > li').count(), 1, 'ä and ö are letters of their own');
    assert.equal(await field(page, t).inputValue(), 'törmä hoitovirhe');
    for (const word of ['törmä', 'hoitovirhe', encodeURIComponent('törmä')]) {
      assert.ok(!(await remembered(page)).includes(word), 'the browser remembers nothing of it');
      assert.ok(!asked.some((url) => url.includes(word)), 'no address holds it');
    }
    await screens('search found');
    await page.keyboard.press('j');
    await page.locator('.hits a:focus').waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Hoitovirheestä päivystyksessä' }).waitFor();
    // And back: the results are there, and one is where one was.
    await page.goBack();
    await page.locator('.hits a:focus').waitFor();
    await page.keyboard.press('ArrowUp');
    await page.locator('.search-page-form input:focus').waitFor();
    await page.keyboard.type('qqzzqq');
    await page.keyboard.press('Enter');
    await page.getByText(t('web.search.nothing.try')).waitFor();
    await page.getByText(t('web.search.help'), { exact: true }).click();
    await screens('search nothing');
    await field(page, t).fill('');
    await page.keyboard.press('Enter');
    await page.getByText(t('web.search.empty')).waitFor();
    await field(page, t).fill('– – –');
    await page.keyboard.press('Enter');
    await page.getByText(t('search.empty')).waitFor();
    await screens('search refused');
  });
}

story('results are narrowed by kind, come a page at a time, and the arrows go through them', { login: 'registrar' }, async ({ page, t, server }) => {
  await prepare(server);
  await page.goto('/search');
  await page.locator('.search-page-form input:focus').waitFor();
  await page.keyboard.type('kvastmärke');
  await page.keyboard.press('Enter');
  await page.locator('.hits > li').first().waitFor();
  await warm(page, t);
  await page.getByRole('status').filter({ hasText: t('web.search.count.other', { n: '23' }) }).waitFor();
  assert.equal(await page.locator('.hits > li').count(), 20);
  await page.getByRole('button', { name: t('web.search.more') }).click();
  await page.locator('.hits > li').nth(22).waitFor();
  await page.keyboard.press('/');
  await page.locator('.search-page-form input:focus').waitFor();
  for (let n = 0; n < 3; ++n) await page.keyboard.press('ArrowDown');
  assert.equal(await page.locator('.hits > li').nth(2).locator('a:focus').count(), 1);
  await page.getByLabel(t('web.kind.complaint'), { exact: true }).check();
  await page.getByText(t('web.search.nothing.try')).waitFor();
  assert.equal(new URL(page.url()).search, '?kind=complaint', 'a kind may stand in the address');
  await page.getByRole('button', { name: t('web.search.nothing.everywhere') }).click();
  await page.locator('.hits > li').first().waitFor();
  await page.reload();
  assert.equal(await field(page, t).inputValue(), '', 'loaded again, nothing of it is left');
});

story('each side finds its own cases only', { login: 'ombudsman' }, async ({ page, t, server, accessible }) => {
  await prepare(server);
  await page.goto('/search');
  await field(page, t).fill('kvastmärke');
  await page.keyboard.press('Enter');
  await page.locator('.hits > li').first().waitFor();
  await warm(page, t);
  await page.getByRole('status').filter({ hasText: t('web.search.count.one', { n: '1' }) }).waitFor();
  await page.locator('.hits').getByText(t('web.kind.contact'), { exact: false }).first().waitFor();
  assert.equal(await page.getByLabel(t('web.kind.reminder')).count(), 0, 'nothing to choose from');
  await accessible('on what an ombudsman finds');
});

story('somebody without cases has no search', { login: 'administrator' }, async ({ page, t }) => {
  assert.equal(await page.locator('.search-box').count(), 0);
  await page.goto('/search');
  await page.getByRole('heading', { level: 1, name: t('web.not_found.title') }).waitFor();
});

for (const language of languages) {
  story('while the index is being built it says how far it is, and finds more by itself', { language, login: 'lawyer' }, async ({ page, t, server, screens, context }) => {
    await prepare(server);
    let answers = 0;
    await context.route('**/api/v1/search', (route) =>
      ++answers > 1
        ? route.fallback()
        : route.fulfill({ json: { hits: [], total: '0', next_cursor: '', warming_up: true, warmed_percent: 43 } }),
    );
    await page.goto('/search');
    await field(page, t).fill('hoitovirhe törmä');
    await page.keyboard.press('Enter');
    await page.getByText(t('web.search.warming', { percent: '43' })).waitFor();
    await screens('search warming');
    await page.getByRole('link', { name: 'Hoitovirheestä päivystyksessä' }).waitFor({ timeout: 20_000 });
  });
}
