import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { languages, stage } from './harness.mjs';
import { api_of, password } from './server.mjs';

const story = stage();

const said = {
  fi: ['p', 'a', 'te', 'pä'],
  sv: ['t', 'k', 'hä', 'till'],
  en: ['p', 'c', 'he', 'acc'],
};
const how_many = async (server) =>
  Number((await (await api_of(server, 'ombudsman')).get('/api/v1/contacts?limit=1')).total);

// The form is open, and its first field listens. While another is still closing, the key would go there.
async function open_form(page) {
  await page.locator('.new-contact').waitFor();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('n');
  await page.locator('dialog [role=combobox]:focus').waitFor();
}
// By what stands in each field already, some of it need not be said.
async function fill(page, language, { note } = {}) {
  await open_form(page);
  const [channel, who, service_task, cause] = said[language];
  const dialog = page.getByRole('dialog');
  const fields = dialog.getByRole('combobox');
  for (const [index, typed] of [channel, who, service_task, cause].entries()) {
    await fields.nth(index).focus();
    await page.keyboard.type(typed);
    await page.keyboard.press('Tab');
  }
  if (note) await dialog.locator('textarea').first().fill(note);
}
async function log(page, language, given) {
  await fill(page, language, given);
  await page.keyboard.press('Control+Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}
// What the disk of this browser holds, as anybody reads it who has the device.
const on_the_device = (page) =>
  page.evaluate(async () => {
    const answered = (request) => new Promise((done, failed) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });
    const database = await answered(indexedDB.open('vastine'));
    const reading = database.transaction(['locks', 'things']);
    const locks = await answered(reading.objectStore('locks').getAll());
    const things = await answered(reading.objectStore('things').getAll());
    database.close();
    const exported = await Promise.all(
      locks.map(({ key }) => crypto.subtle.exportKey('raw', key).then(() => 'read', () => 'not read')),
    );
    return {
      locks: locks.length,
      exported,
      kinds: things.map((one) => one.kind),
      text: things.map((one) => `${one.id} ${one.kind} ${new TextDecoder('latin1').decode(one.bytes)}`).join('\n'),
      storage: JSON.stringify({ ...localStorage }),
    };
  });
const waiting_button = (page, t, n) =>
  page.getByRole('button', { name: t(n === 1 ? 'web.waiting.count.one' : 'web.waiting.count.other', { n: String(n) }) });

for (const language of languages) {
  story('contacts without a network wait on the device, unreadable there, and go in once each', { language, login: 'ombudsman', refusals: ['away'] }, async ({ page, t, context, server, screens }) => {
    const before = await how_many(server);
    const sent = [];
    context.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/api/v1/contacts')) sent.push(request.headers()['idempotency-key']);
    });
    await page.getByRole('button', { name: t('web.contact.title') }).waitFor();
    await context.setOffline(true);
    await log(page, language, { note: 'Ensimmäinen salaisuus' });
    await waiting_button(page, t, 1).waitFor();
    await log(page, language, { note: 'Toinen salaisuus' });
    await waiting_button(page, t, 2).click();
    await page.getByRole('dialog', { name: t('web.waiting.title') }).getByRole('listitem').nth(1).waitFor();
    await screens('waiting');
    const held = await on_the_device(page);
    assert.ok(!/salaisuus|patient|phone/.test(held.text), 'nothing of it can be read');
    assert.deepEqual([...new Set(held.exported)], ['not read'], 'nor the key');
    assert.ok(!/salaisuus/.test(held.storage));
    await page.keyboard.press('Escape');
    await context.setOffline(false);
    await waiting_button(page, t, 2).waitFor({ state: 'detached', timeout: 30_000 });
    await waiting_button(page, t, 1).waitFor({ state: 'detached', timeout: 30_000 });
    assert.equal(await how_many(server), before + 2);
    assert.equal(new Set(sent).size, 2, 'each under one key, however often it was tried');
  });
}

// The request as the browser sends it, its answer heard by nobody.
async function answered_beside(server, asked) {
  const headers = await asked.allHeaders();
  for (const name of Object.keys(headers)) if (name.startsWith(':')) delete headers[name];
  await new Promise((done, failed) => {
    const sent = request(asked.url(), { method: asked.method(), headers, ca: readFileSync(join(server.data, 'tls/ca.pem')) }, (answer) => {
      assert.equal(answer.statusCode, 201);
      answer.resume().on('end', done);
    });
    sent.on('error', failed);
    sent.end(asked.postData());
  });
}

story('a server stopped in between takes each contact once', { login: 'ombudsman', refusals: ['away', 401, 403, 503] }, async ({ page, t, server, context }) => {
  const before = await how_many(server);
  // It arrives, and the answer is lost.
  let lost = 0;
  await context.route('**/api/v1/contacts', async (route) => {
    if (route.request().method() !== 'POST' || lost > 0) return route.fallback();
    lost += 1;
    await answered_beside(server, route.request());
    await route.abort('internetdisconnected');
  });
  await log(page, 'fi', { note: 'vastaus katosi' });
  await waiting_button(page, t, 1).waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await server.stop();
  try {
    await log(page, 'fi', { note: 'palvelin seis' });
    await waiting_button(page, t, 2).waitFor();
  } finally {
    await server.start();
  }
  // The session went with the server; what waits goes in when there is one again.
  const again = page.getByRole('dialog', { name: t('web.sign_in.again.title') });
  await again.getByLabel(t('web.sign_in.login')).fill('ombudsman');
  await again.getByLabel(t('web.sign_in.password')).fill(password);
  await again.getByRole('button', { name: t('web.sign_in.send'), exact: true }).click();
  await page.locator('.waiting-count').waitFor({ state: 'detached', timeout: 30_000 });
  assert.equal(lost, 1);
  assert.equal(await how_many(server), before + 2);
});

story('an unfinished contact is there again after the page was killed', { login: 'ombudsman' }, async ({ page, t, context }) => {
  await fill(page, 'fi', { note: 'Kesken jäi tämä' });
  // A moment after the last key it is on the disk.
  let [before, held] = [undefined, await on_the_device(page)];
  while (!held.kinds.includes('draft') || held.text !== before) {
    before = held.text;
    await page.waitForTimeout(500);
    held = await on_the_device(page);
  }
  assert.ok(!/Kesken/.test(held.text), 'nothing of it can be read');
  const other = await context.newPage();
  await page.close({ runBeforeUnload: false });
  await other.goto('/work');
  await other.getByRole('button', { name: t('web.contact.title') }).click();
  await other.getByText(t('web.contact.restored')).waitFor();
  assert.equal(await other.getByRole('dialog').locator('textarea').first().inputValue(), 'Kesken jäi tämä');
});

story('signing out asks while a contact waits, and leaves nothing that can be read', { login: 'ombudsman', refusals: ['away'] }, async ({ page, t, context, server, screens }) => {
  const before = await how_many(server);
  await page.getByRole('button', { name: t('web.contact.title') }).waitFor();
  await context.route('**/api/v1/contacts', (route) => (route.request().method() === 'POST' ? route.abort('internetdisconnected') : route.fallback()));
  await log(page, 'fi', { note: 'Ei koskaan perillä' });
  await waiting_button(page, t, 1).waitFor();
  assert.equal((await on_the_device(page)).locks, 1);
  await page.getByRole('button', { name: /Aino Virta/ }).click();
  await page.getByRole('button', { name: t('web.frame.sign_out') }).click();
  await page.getByRole('dialog', { name: t('web.leaving.title') }).waitFor();
  await screens('leaving');
  await page.getByRole('button', { name: t('web.leaving.stay') }).click();
  assert.ok((await on_the_device(page)).kinds.includes('waiting contact'), 'whoever stays loses nothing');
  await page.getByRole('button', { name: /Aino Virta/ }).click();
  await page.getByRole('button', { name: t('web.frame.sign_out') }).click();
  await page.getByRole('button', { name: t('web.leaving.leave') }).click();
  await page.getByRole('heading', { name: t('web.sign_in.title') }).waitFor();
  const left = await on_the_device(page);
  assert.equal(left.locks, 0, 'the key is gone');
  assert.deepEqual(left.kinds, [], 'and what it opened');
  assert.equal(await how_many(server), before);
});

story('a session that ends in mid-form costs nothing but signing in again', { login: 'ombudsman', refusals: [401] }, async ({ page, t, context, server, accessible }) => {
  const before = await how_many(server);
  await fill(page, 'fi', { note: 'istunto päättyi' });
  await context.clearCookies();
  await page.keyboard.press('Control+Enter');
  const again = page.getByRole('dialog', { name: t('web.sign_in.again.title') });
  await again.waitFor();
  await accessible('on signing in again over a contact');
  await page.waitForTimeout(6000);
  await again.getByLabel(t('web.sign_in.login')).fill('ombudsman');
  await again.getByLabel(t('web.sign_in.password')).fill(password);
  await again.getByRole('button', { name: t('web.sign_in.send'), exact: true }).click();
  await page.getByText(t('web.contact.logged')).waitFor();
  assert.equal(await how_many(server), before + 1);
});

story('a slow server keeps nobody waiting, and takes the contact once', { login: 'ombudsman' }, async ({ page, t, context, server }) => {
  const before = await how_many(server);
  await context.route('**/api/v1/contacts', async (route) => {
    if (route.request().method() === 'POST') await new Promise((done) => setTimeout(done, 8000));
    await route.fallback();
  });
  await log(page, 'fi', {});
  await page.getByText(t('web.contact.waits')).waitFor({ timeout: 7000 });
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await waiting_button(page, t, 1).waitFor({ state: 'detached', timeout: 20_000 });
  assert.equal(await how_many(server), before + 1);
});

story('a contact that the server refuses later is shown to be mended, never dropped', { login: 'ombudsman', refusals: ['away', 422] }, async ({ page, t, context, server, screens }) => {
  const before = await how_many(server);
  await page.getByRole('button', { name: t('web.contact.title') }).waitFor();
  await context.setOffline(true);
  await open_form(page);
  await page.getByRole('dialog').getByRole('combobox').first().focus();
  await page.keyboard.type('p');
  await page.keyboard.press('Control+Enter');
  await waiting_button(page, t, 1).waitFor();
  await log(page, 'fi', { note: 'seuraava on kunnossa' });
  await waiting_button(page, t, 2).waitFor();
  await context.setOffline(false);
  await page.getByRole('button', { name: t('web.waiting.refused_count.one', { n: '1' }) }).click();
  await page.getByRole('dialog').getByText(t('web.waiting.refused')).waitFor();
  await screens('waiting refused');
  assert.equal(await how_many(server), before + 1, 'what came after it is not held up');
  await page.getByRole('button', { name: t('web.waiting.mend') }).click();
  const fields = page.getByRole('dialog').getByRole('combobox');
  await fields.nth(1).focus();
  await page.keyboard.type('a');
  await page.keyboard.press('Tab');
  await page.keyboard.type('te');
  await page.keyboard.press('Tab');
  await page.keyboard.type('pä');
  await page.keyboard.press('Tab');
  await page.getByRole('dialog').getByRole('checkbox').first().check();
  await page.keyboard.press('Control+Enter');
  await page.getByText(t('web.contact.logged')).waitFor();
  assert.equal(await how_many(server), before + 2);
});

story('the application opens without a network, and what is logged then goes in', { login: 'ombudsman', refusals: ['away'] }, async ({ page, t, context, server, picture }) => {
  const before = await how_many(server);
  await page.getByRole('button', { name: t('web.contact.title') }).waitFor();
  const shelved = () =>
    page.evaluate(async () =>
      navigator.serviceWorker.controller === null
        ? []
        : (await (await caches.open('vastine-shell')).keys()).map((one) => new URL(one.url).pathname),
    );
  let shelf = [];
  while (!shelf.includes('/') || !shelf.some((path) => path.includes('contact_desk'))) {
    await page.waitForTimeout(250);
    shelf = await shelved();
  }
  assert.deepEqual(shelf.filter((path) => path !== '/' && !path.startsWith('/assets/')), [], 'no answer of the API is kept');
  await context.setOffline(true);
  await page.reload();
  await page.getByRole('button', { name: t('web.contact.title') }).waitFor();
  await picture('without a network');
  await log(page, 'fi', { note: 'ilman verkkoa avattu' });
  await waiting_button(page, t, 1).waitFor();
  await context.setOffline(false);
  await waiting_button(page, t, 1).waitFor({ state: 'detached', timeout: 30_000 });
  assert.equal(await how_many(server), before + 1);
});
