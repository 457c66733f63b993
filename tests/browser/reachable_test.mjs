// For whoever has no mouse, needs things larger, or cannot bear motion.
import assert from 'node:assert/strict';
import { a_reminder } from './cases.mjs';
import { languages, stage } from './harness.mjs';

const story = stage();

// By Tab alone, as somebody would who sees where the focus is.
async function tab_to(page, wanted, most = 120) {
  for (let presses = 0; presses < most; ++presses) {
    if (await wanted.evaluateAll((all) => all.includes(document.activeElement))) return;
    await page.keyboard.press('Tab');
    const seen = await page.evaluate(() => {
      const here = document.activeElement;
      if (!here || here === document.body) return true;
      const box = here.getBoundingClientRect();
      return box.width > 0 && box.bottom > 0 && box.top < innerHeight;
    });
    assert.ok(seen, 'the focus is where one sees it');
  }
  assert.fail('it cannot be reached by Tab');
}

for (const language of languages) {
  story('a step of a case by the keyboard alone, from the work list to what it did', { language, login: 'registrar' }, async ({ page, t, server, language: spoken }) => {
    const subject = `Näppäimistöllä ${spoken}`;
    const { registrar, id } = await a_reminder(server, subject);
    await page.goto('/account');
    await page.locator('main h1').waitFor();
    await page.keyboard.press('/');
    await page.locator('.search-form input:focus').waitFor();
    await page.keyboard.type(`näppäimistöllä ${spoken}`);
    await page.keyboard.press('Enter');
    await page.locator('.hits').getByRole('link', { name: subject }).waitFor({ timeout: 60_000 });
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: subject }).waitFor();
    const name = t('command.AcknowledgeReminder');
    const steps = page.locator('section[aria-labelledby=steps]');
    await steps.waitFor();
    await tab_to(page, steps.getByRole('button', { name, exact: true }));
    await page.keyboard.press('Enter');
    const form = page.getByRole('region', { name });
    await form.waitFor();
    await tab_to(page, form.getByRole('button', { name, exact: true }));
    await page.keyboard.press('Enter');
    await page.getByText(t('web.case.done', { step: name })).waitFor();
    const { timeline } = await registrar.get(`/api/v1/reminders/${id}`);
    assert.match(timeline.at(-1).type, /Acknowledged/);
  });
}

const whose = {
  lawyer: ['/work?scope=everything', '/requests', '/register', '/search', '/account'],
  ombudsman: ['/own', '/work', '/search'],
  'head-health': ['/unit'],
  administrator: ['/administration/units', '/administration/codes', '/administration/policies', '/administration/users', '/administration/health'],
};
for (const [login, paths] of Object.entries(whose)) {
  story(`at 200 per cent, and with letters twice as large, everything fits: ${login}`, { login }, async ({ page, fits, t }) => {
    for (const path of paths) {
      // A window of 1280 × 800 enlarged to the double.
      await page.setViewportSize({ width: 640, height: 400 });
      await page.goto(path);
      await page.locator('main h1').waitFor();
      await page.waitForFunction(() => !document.querySelector('main .waiting'));
      await fits();
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.evaluate(() => {
        document.documentElement.style.fontSize = '200%';
      });
      await fits();
    }
    if (login !== 'ombudsman') return;
    await page.setViewportSize({ width: 640, height: 400 });
    await page.goto('/own');
    await page.locator('.new-contact').waitFor();
    await page.keyboard.press('n');
    const save = page.getByRole('dialog').getByRole('button', { name: t('web.contact.save'), exact: true });
    await save.scrollIntoViewIfNeeded();
    const box = await save.boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= 640 && box.y + box.height <= 400, 'what one came for can be pressed');
    await fits();
  });
}

story('whoever wants no motion sees none', { login: 'lawyer' }, async ({ page, context, t }) => {
  let let_go;
  const held = new Promise((done) => {
    let_go = done;
  });
  await context.route('**/api/v1/work-list*', async (route) => {
    await held;
    await route.fallback();
  });
  const moving = () =>
    page.evaluate(() =>
      document.getAnimations().filter((one) => one.playState === 'running' && one.effect.getComputedTiming().activeDuration > 1).length,
    );
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await page.goto('/work');
  await page.getByText(t('web.loading.text')).first().waitFor();
  assert.ok((await moving()) > 0, 'what is waited for turns');
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.waitForTimeout(100);
  assert.equal(await moving(), 0);
  let_go();
  await page.getByRole('table').waitFor();
});

story('the keys are told on every page, and lead to it', { login: 'lawyer' }, async ({ page, t }) => {
  for (const path of ['/work', '/requests', '/register', '/search', '/account']) {
    await page.goto(path);
    await page.locator('main h1').waitFor();
    if (path !== '/account' && path !== '/search') {
      const summary = page.locator('main summary').filter({ hasText: t('web.help.title') });
      await summary.click();
      await page.locator('.page-help li').first().waitFor();
    }
    await page.locator('main h1').focus();
    await page.keyboard.press('?');
    const help = page.getByRole('dialog', { name: t('web.shortcuts.title') });
    await help.getByText(t('web.search.title'), { exact: true }).waitFor();
    await help.getByText(t('web.work_list.title'), { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await help.waitFor({ state: 'detached' });
  }
  // And without a key: under one's name.
  await page.getByRole('button', { name: 'Henrik Berg' }).click();
  await page.getByRole('button', { name: t('web.shortcuts.title') }).click();
  await page.getByRole('dialog', { name: t('web.shortcuts.title') }).waitFor();
});
