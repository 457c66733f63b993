// A browser before the real server. Whatever a story does, these fail it: an error in the console, something
// that the Content-Security-Policy stopped, a request to any other host, a finding of axe where it looks.
//
// Another host that a story goes to on purpose is named by `server.hosts`.
//
//   VASTINE=build/dev/tools/vastine node --test tests/browser/
//   VASTINE_SCREENS=folder      keeps pictures of what screens() is called on
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Leaks, take_down } from './leaks.mjs';
import { password, start_server } from './server.mjs';

// The packages stand beside the other tests' (tests/node).
const require = createRequire(new URL('../node/package.json', import.meta.url));
const { chromium } = require('playwright-core');
const { parse } = require('smol-toml');
const axe_source = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

export const languages = ['fi', 'sv', 'en'];
export const widths = { narrow: 320, middle: 768, wide: 1280 };

const catalogue = new Map();
const texts = fileURLToPath(new URL('../../domain/data/texts/', import.meta.url));
function read(table, path) {
  if (typeof table.fi === 'string') catalogue.set(path.join('.'), table);
  for (const [key, value] of Object.entries(table)) if (typeof value === 'object') read(value, [...path, key]);
}
for (const file of readdirSync(texts)) if (file.endsWith('.toml')) read(parse(readFileSync(texts + file, 'utf8')), []);

// What the application says, as t() in it does.
export function text(id, language, args = {}) {
  const found = catalogue.get(id);
  assert.ok(found, `no text ${id}`);
  return found[language].replace(/\{(\w+)\}/g, (whole, name) => args[name] ?? whole);
}

// One server and one browser for all stories of a file. `options.before` prepares the data; `options.ready` waits,
// before the first story, for what the server has to do first.
export function stage(options = {}) {
  const here = { server: undefined, browser: undefined, leaks: new Leaks() };
  before(async () => {
    here.server = await start_server(options);
    await options.ready?.(here.server);
    here.browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'],
      env: { ...process.env, HOME: here.server.home },
    });
  });
  after(async () => {
    await here.browser?.close();
    await here.server?.end();
    here.leaks.log(here.server?.logged ?? '');
    assert.deepEqual(here.leaks.found, [], 'nothing of what people write is in the log or in an address');
  });

  // A story about one person (or nobody yet) at one browser. `refusals`: statuses that the server is expected
  // to answer, which Chromium notes in the console.
  return function story(name, { language = 'fi', login, width = 1280, appearance = 'light', refusals = [] }, tell) {
    test(`${name} (${language})`, { timeout: 240_000 }, async () => {
      const person = await somebody(here, { language, width, appearance, refusals });
      try {
        if (login) await person.sign_in(login);
        await tell({ ...person, server: here.server, another: (other) => somebody(here, { language, width, appearance, refusals, ...other }) });
        assert.deepEqual(person.faults, [], 'nothing goes wrong behind the page');
      } catch (wrong) {
        await person.picture(`failed ${name}`).catch(() => undefined);
        throw wrong;
      } finally {
        await person.context.close();
      }
    });
  };
}

async function somebody({ server, browser, leaks }, { language, width, appearance, refusals }) {
  const context = await browser.newContext({
    baseURL: server.url,
    locale: { fi: 'fi-FI', sv: 'sv-FI', en: 'en-GB' }[language],
    viewport: { width, height: 800 },
    colorScheme: appearance,
    reducedMotion: 'reduce',
    timezoneId: 'Europe/Helsinki',
  });
  const faults = [];
  await context.exposeFunction('typed_here', (text) => leaks.typed(text));
  await context.addInitScript(take_down);
  context.on('request', (request) => leaks.address(request.url()));
  const page = await context.newPage();
  watch(page, server, faults, refusals);
  const t = (id, args) => text(id, language, args);
  const person = {
    context,
    page,
    faults,
    language,
    t,
    async sign_in(login) {
      await page.goto('/');
      // Chosen here, it goes before the language of the person's account.
      await page.getByRole('button', { name: { fi: 'Suomi', sv: 'Svenska', en: 'English' }[language] }).click();
      await page.getByLabel(t('web.sign_in.login')).fill(login);
      await page.getByLabel(t('web.sign_in.password')).fill(password);
      await page.getByRole('button', { name: t('web.sign_in.send'), exact: true }).click();
      await page.getByRole('navigation', { name: t('web.frame.navigation') }).waitFor({ state: 'attached' });
    },
    // No finding of axe, of WCAG 2.1 A and AA and its own best practices; or of those rules alone.
    async accessible(of = '', rules = undefined) {
      if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe_source);
      await settled(page);
      const found = await page.evaluate(
        (only) => globalThis.axe.run(document, { resultTypes: ['violations'], preload: false, ...(only && { runOnly: { type: 'rule', values: only } }) }),
        rules,
      );
      const findings = found.violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html, any }) => `${html} ${any[0]?.message ?? ''}`).join(' | ')}`,
      );
      assert.deepEqual(findings, [], `axe finds nothing ${of}`);
    },
    // Nothing sticks out: the page scrolls up and down, never sideways.
    async fits() {
      const widths_now = () => [document.documentElement.scrollWidth, document.documentElement.clientWidth];
      const till = Date.now() + 2000;
      // What follows from a new size, or from larger letters, takes some frames.
      for (;;) {
        await settled(page);
        const [inside, outside] = await page.evaluate(widths_now);
        if (inside <= outside) return;
        assert.ok(Date.now() < till, `the page is ${inside} wide in a window of ${outside}`);
      }
    },
    async picture(name) {
      const folder = process.env.VASTINE_SCREENS;
      if (!folder) return;
      mkdirSync(folder, { recursive: true });
      await page.screenshot({ path: join(folder, `${name.replace(/[^a-z0-9]+/gi, '-')}-${language}.png`), fullPage: true });
    },
    // The screen as it is in three widths, light and dark: accessible and fitting in each, and a picture of it. The
    // other languages differ from the first in their words alone, which are looked at in the width where they are.
    async screens(name) {
      const first = language === languages[0];
      for (const colours of first || process.env.VASTINE_SCREENS ? ['light', 'dark'] : ['light']) {
        await page.emulateMedia({ colorScheme: colours });
        for (const [called, wide] of Object.entries(widths)) {
          await page.setViewportSize({ width: wide, height: wide < 500 ? 640 : 800 });
          await person.fits();
          // The dark differs from the light in its colours alone.
          const rules = colours === 'dark' ? ['color-contrast'] : undefined;
          if (first || (called === 'wide' && !rules)) await person.accessible(`on ${name}, ${called}, ${colours}`, rules);
          await person.picture(`${name} ${colours} ${called}`);
        }
      }
      await page.emulateMedia({ colorScheme: appearance });
      await page.setViewportSize({ width, height: 800 });
    },
  };
  return person;
}

// What follows from a new size or new colours has been drawn.
const settled = (page) =>
  page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done)))),
  );

function watch(page, server, faults, refusals) {
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    const status = /status of (\d+)/.exec(message.text())?.[1];
    if (status && refusals.includes(Number(status))) return;
    if (/ERR_(INTERNET_DISCONNECTED|CONNECTION_REFUSED|NETWORK_CHANGED|EMPTY_RESPONSE|INCOMPLETE_CHUNKED_ENCODING)/.test(message.text()) && refusals.includes('away')) return;
    faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
  page.on('request', (request) => {
    const url = new URL(request.url());
    const known = [server.url, ...(server.hosts ?? [])];
    if (url.protocol !== 'data:' && url.protocol !== 'blob:' && !known.includes(url.origin)) faults.push(`another host: ${url.origin}`);
  });
}
