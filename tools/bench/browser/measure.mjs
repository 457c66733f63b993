// Measures the web application in a real Chromium before the real server: how soon the first page can be used,
// how a work list of ten thousand open cases scrolls, how soon each interaction is answered on the screen. Each
// figure stands beside what the same browser does with an empty page of the same server in the same run.
//
//   VASTINE=build/release/tools/vastine node tools/bench/browser/measure.mjs
//   CASES=N   open cases (default 10000)      VERBOSE=1   also every interaction's parts
//
// Times are those of the browser's own clocks: navigation timing, requestAnimationFrame, event timing (from the
// key or click to the frame that shows what follows, in steps of 8 ms; at 16 ms or less there is no entry), and
// long tasks. Nothing here is a test: nothing fails on a time.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { password, start_server } from '../../../tests/browser/server.mjs';

const require = createRequire(new URL('../../../tests/node/package.json', import.meta.url));
const { chromium } = require('playwright-core');

const cases = Number(process.env.CASES ?? 10_000);
const turns = 5;
const frame_ms = 1000 / 60;

const say = (name, figure, beside) => console.log(`${name.padEnd(34)} ${figure.padStart(12)}   ${beside}`);
const ms = (value) => `${value.toFixed(value < 100 ? 1 : 0)} ms`;
const sorted = (values) => [...values].sort((a, b) => a - b);
const median = (values) => sorted(values)[Math.floor(values.length / 2)];
const at = (values, share) => sorted(values)[Math.min(values.length - 1, Math.floor(values.length * share))];

// ---- ten thousand open reminders, imported like another system's ----

function open_cases(folder) {
  const units = ['terveysasemat', 'lastensuojelu', 'psykiatria', 'paivystys', 'suun-terveydenhuolto'];
  const causes = ['care', 'service', 'conduct', 'access', 'decision', 'records'];
  const rows = ['id,day,channel,who,cause,sector,unit,subject'];
  for (let n = 1; n <= cases; ++n) {
    const day = new Date(Date.now() - (n % 60) * 86_400_000).toISOString().slice(0, 10);
    const unit = units[n % units.length];
    const sector = unit === 'lastensuojelu' ? 'social' : 'health';
    rows.push([n, day, ['letter', 'email'][n % 2], ['client', 'relative'][n % 2], causes[n % causes.length], sector, unit, `Muistutus palvelusta ja kohtelusta, rivi ${n}`].join(',').replace(/(Muistutus.*)$/, '"$1"'));
  }
  const names = { csv: join(folder, 'reminders.csv'), mapping: join(folder, 'mapping.toml') };
  writeFileSync(names.csv, `${rows.join('\n')}\n`);
  writeFileSync(names.mapping, `source = "bench"
[fields]
external_id = "id"
registered = "day"
channel = "channel"
who = "who"
cause = "cause"
sector = "sector"
unit = "unit"
subject = "subject"
`);
  return names;
}

// ---- in the page ----

// When something that can be used was first drawn, by the page's own clock.
const note_first = (wanted) => {
  const look = () => {
    if (!document.querySelector(wanted)) return false;
    requestAnimationFrame(() => {
      globalThis.first_usable_ms ??= performance.now();
    });
    return true;
  };
  const watch = new MutationObserver(() => look() && watch.disconnect());
  watch.observe(document, { childList: true, subtree: true });
};
const note_interactions = () => {
  globalThis.noted = { events: [], tasks: [] };
  new PerformanceObserver((list) => {
    for (const one of list.getEntries())
      if (one.interactionId)
        globalThis.noted.events.push({ name: one.name, ms: one.duration, waited: one.processingStart - one.startTime, worked: one.processingEnd - one.processingStart });
  }).observe({ type: 'event', durationThreshold: 16 });
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) globalThis.noted.tasks.push(one.duration);
  }).observe({ type: 'longtask' });
};
// One step for each frame: a turn of the wheel, or so far that the whole list goes by in nine hundred.
const scroll_through = async ({ step_px, frames }) => {
  window.scrollTo(0, 0);
  await new Promise((done) => setTimeout(done, 500));
  const gaps = [];
  const empty = [];
  let before = performance.now();
  const step = step_px || document.documentElement.scrollHeight / 900;
  while (window.scrollY + window.innerHeight < document.documentElement.scrollHeight - 2 && gaps.length < frames) {
    window.scrollBy(0, step);
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    gaps.push(now - before);
    before = now;
    // What is in the middle of the window: a row with its words, a row that is still fetched, or nothing.
    const middle = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
    if (document.querySelector('.case-table') && !middle?.closest('.case-row')) empty.push(now);
  }
  return { gaps, empty: empty.length };
};

// ---- what is measured ----

const begin = async (browser, server, state) => {
  const context = await browser.newContext({
    baseURL: server.url, locale: 'fi-FI', viewport: { width: 1280, height: 800 }, timezoneId: 'Europe/Helsinki',
    ...(state ? { storageState: state } : {}),
  });
  return { context, page: await context.newPage() };
};

// A context of its own each time: nothing is kept from before.
async function usable(browser, server, path, wanted, state) {
  const times = [];
  let script = 0;
  for (let turn = 0; turn < turns; ++turn) {
    const { context, page } = await begin(browser, server, state);
    await page.addInitScript(note_first, wanted);
    await page.goto(path);
    await page.waitForFunction(() => globalThis.first_usable_ms !== undefined);
    times.push(await page.evaluate(() => globalThis.first_usable_ms));
    script = await page.evaluate(() =>
      performance.getEntriesByType('resource').filter((one) => one.name.endsWith('.js')).reduce((sum, one) => sum + one.encodedBodySize, 0));
    await context.close();
  }
  return { ms: median(times), script };
}

const empty_path = '/health/live';

async function interactions(page, name, act, repeat = 5) {
  const worst = [];
  for (let turn = 0; turn < repeat; ++turn) {
    await page.evaluate(() => {
      globalThis.noted.events = [];
      globalThis.noted.tasks = [];
    });
    await act(turn);
    // Entries come after the frame they tell of.
    await page.evaluate(() => new Promise((done) => setTimeout(done, 120)));
    const { events, tasks } = await page.evaluate(() => globalThis.noted);
    const slowest = events.reduce((most, one) => (one.ms > most.ms ? one : most), { ms: 0, waited: 0, worked: 0, name: '' });
    worst.push(slowest.ms || 16);
    if (process.env.VERBOSE) console.log(`    ${name} ${turn}: ${slowest.name} ${slowest.ms} ms (waited ${slowest.waited.toFixed(0)}, worked ${slowest.worked.toFixed(0)}), long tasks ${tasks.map((one) => one.toFixed(0)).join(' ') || 'none'}`);
  }
  return { name, median: median(worst), worst: Math.max(...worst) };
}
const told = ({ median: middle, worst }) => `${middle <= 16 ? '≤ 16' : middle} ms, worst ${worst <= 16 ? '≤ 16' : worst} ms`;

async function main() {
  const folder = mkdtempSync(join(tmpdir(), 'vastine-bench-'));
  const { csv, mapping } = open_cases(folder);
  let server;
  let browser;
  try {
    server = await start_server({
      before: (vastine) => console.log(vastine('import', '--kind', 'reminder', '--mapping', mapping, csv, '').trim().split('\n')[0]),
    });
    browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'],
      env: { ...process.env, HOME: server.home },
    });

    const { context, page } = await begin(browser, server);
    await page.goto('/');
    await page.getByRole('button', { name: 'Suomi' }).click();
    await page.locator('input[type=password]').waitFor();
    await page.locator('input').first().fill('lawyer');
    await page.locator('input[type=password]').fill(password);
    await page.keyboard.press('Enter');
    await page.locator('.navigation').waitFor({ state: 'attached' });
    const state = await context.storageState();

    console.log(`-- the first page, cold cache, loopback (median of ${turns})`);
    const empty = await usable(browser, server, empty_path, 'body');
    const sign_in = await usable(browser, server, '/', 'input[type=password]');
    const list = await usable(browser, server, '/work?scope=everything', '.case-row a', state);
    say('an empty page', ms(empty.ms), '(the ceiling)');
    say('signing in can begin', ms(sign_in.ms), '(wanted: under 1 s)');
    say('work list, first rows with words', ms(list.ms), `(${cases} open cases; wanted: under 1 s)`);
    say('script for the first page', `${(sign_in.script / 1000).toFixed(0)} kB`, '(wanted: under 300 kB)');
    say('script for the work list', `${(list.script / 1000).toFixed(0)} kB`, '(both together)');

    console.log('-- scrolling, one step a frame');
    await page.addInitScript(note_interactions);
    await page.goto(empty_path);
    await page.evaluate((rows) => {
      document.body.replaceChildren();
      document.body.style.height = `${rows * 93}px`;
    }, cases);
    const wheel = { step_px: 120, frames: 600 };
    const through = { step_px: 0, frames: 1200 };
    const bare = [await page.evaluate(scroll_through, wheel), await page.evaluate(scroll_through, through)];
    await page.goto('/work?scope=everything');
    await page.locator('.case-row a').first().waitFor();
    const rows = Number(await page.getByRole('table').getAttribute('aria-rowcount')) - 1;
    const scrolled = [await page.evaluate(scroll_through, wheel), await page.evaluate(scroll_through, through)];
    const on_time = ({ gaps }) => `${((100 * gaps.filter((one) => one < frame_ms * 1.5).length) / gaps.length).toFixed(0)} % on time`;
    const smooth = (one) => `95 % within ${ms(at(one.gaps, 0.95))}, worst ${ms(Math.max(...one.gaps))}, ${on_time(one)}`;
    for (const [index, how] of ['by the wheel', 'from end to end'].entries()) {
      say(`an empty page, ${how}`, ms(median(bare[index].gaps)), `${smooth(bare[index])} (the ceiling; a frame is ${ms(frame_ms)})`);
      say(`${rows} cases, ${how}`, ms(median(scrolled[index].gaps)), `${smooth(scrolled[index])}, ${scrolled[index].empty} of ${scrolled[index].gaps.length} frames without a row`);
    }

    console.log('-- from a key or a click to the frame that shows it, five times each (wanted: within 100 ms)');
    const results = [];
    const measure = async (name, act, repeat) => {
      const result = await interactions(page, name, act, repeat);
      results.push(result);
      say(name, told(result), '');
    };
    await page.goto(empty_path);
    await measure('a click on an empty page', () => page.mouse.click(200, 200));
    await page.goto('/work?scope=everything');
    await page.locator('.case-row a').first().waitFor();
    await measure('filtering the list', async (turn) => {
      await page.locator('.filters input[type=radio]').nth(turn % 2 ? 2 : 1).click();
    });
    await page.locator('.filters input[type=radio]').nth(2).click();
    await page.locator('.case-row a').first().waitFor();
    await measure('choosing several on and off', () => page.locator('[aria-pressed]').first().click());
    if ((await page.locator('.case-row input').count()) === 0) await page.locator('.row [aria-pressed]').first().click();
    await page.locator('.case-row input').first().waitFor();
    await measure('ticking a case', (turn) => page.locator('.case-row input').nth(turn % 3).click());
    await measure('a page further', () => page.keyboard.press('PageDown'));
    await measure('to the end of the list', () => page.keyboard.press('End'), 3);
    await page.goto('/work?scope=everything');
    await page.locator('.case-row a').first().waitFor();
    await measure('opening a case', async () => {
      await page.locator('.case-row a').first().click();
      await page.locator('.event, .timeline, article').first().waitFor({ timeout: 5000 }).catch(() => undefined);
      await page.evaluate(() => new Promise((done) => setTimeout(done, 150)));
      const { events } = await page.evaluate(() => globalThis.noted);
      await page.goBack();
      await page.locator('.case-row a').first().waitFor();
      await page.evaluate((before) => globalThis.noted.events.push(...before), events);
    });
    await measure('help of the keys', async () => {
      await page.keyboard.press('?');
      await page.locator('dialog').waitFor();
      await page.keyboard.press('Escape');
    });
    await page.keyboard.press('/');
    await page.locator('.search-input input:focus').waitFor();
    await measure('typing a search', (turn) => page.keyboard.type('rivi'[turn % 4]));
    await page.keyboard.press('Control+A');
    await page.keyboard.type('rivi');
    await page.keyboard.press('Enter');
    await page.locator('.hits a').first().waitFor({ timeout: 120_000 });
    await measure('searching again', async () => {
      await page.locator('.search-page-form input').click();
      await page.keyboard.press('Enter');
      await page.locator('.hits a').first().waitFor();
    });
    await page.goto('/register');
    await page.locator('main input').first().waitFor();
    await measure('another kind to register', (turn) => page.locator('main input[type=radio]').nth(turn % 2).click().catch(() => undefined));
    await context.close();

    const other = await begin(browser, server);
    await other.page.addInitScript(note_interactions);
    await other.page.goto('/');
    await other.page.locator('input').first().fill('ombudsman');
    await other.page.locator('input[type=password]').fill(password);
    await other.page.keyboard.press('Enter');
    await other.page.locator('.new-contact').waitFor();
    const of_contact = async (name, act, repeat) => {
      const result = await interactions(other.page, name, act, repeat);
      results.push(result);
      say(name, told(result), '');
    };
    await of_contact('opening a new contact', async () => {
      await other.page.keyboard.press('n');
      await other.page.locator('dialog [role=combobox]:focus').waitFor();
      await other.page.keyboard.press('Escape');
      await other.page.locator('dialog').waitFor({ state: 'detached' });
    });
    await other.page.keyboard.press('n');
    await other.page.locator('dialog [role=combobox]:focus').waitFor();
    await of_contact('typing a code', async (turn) => {
      await other.page.keyboard.type('puh'[turn % 3]);
    });
    await other.page.keyboard.press('Tab');
    await of_contact('the next field', () => other.page.keyboard.press('Tab'));
    await other.page.locator('dialog textarea').first().focus();
    await of_contact('typing a note', (turn) => other.page.keyboard.type('asia '[turn % 5]));
    await of_contact('one more matter', () => other.page.keyboard.press('Alt+KeyN'), 3);
    await other.context.close();

    // The machine's own unrest: the same click as at the beginning.
    const last = await begin(browser, server);
    await last.page.addInitScript(note_interactions);
    await last.page.goto(empty_path);
    const again = await interactions(last.page, 'a click on an empty page again', () => last.page.mouse.click(200, 200));
    say(again.name, told(again), '(the ceiling)');
    const slowest = results.reduce((most, one) => (one.worst > most.worst ? one : most));
    say('the slowest of all', `${slowest.worst} ms`, `(${slowest.name}; ${loadavg()[0].toFixed(0)} programs wanted the machine's processors)`);
  } finally {
    await browser?.close();
    await server?.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
