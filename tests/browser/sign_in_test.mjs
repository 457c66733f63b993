import assert from 'node:assert/strict';
import { languages, stage } from './harness.mjs';

const story = stage({
  before: (vastine) => vastine('user', 'add', '--login', 'new-registrar', '--role', 'registrar', 'a password given by another'),
});

for (const language of languages) {
  story('the page for signing in is in the language of the browser', { language }, async ({ page, t, screens }) => {
    await page.goto('/');
    await page.getByRole('heading', { level: 1, name: t('web.sign_in.title') }).waitFor();
    assert.equal(await page.locator('html').getAttribute('lang'), language);
    await screens('sign in');
  });

  story('a wrong password is told in the language chosen', { language, refusals: [401] }, async ({ page, t, accessible, picture }) => {
    await page.goto('/');
    await page.getByLabel(t('web.sign_in.login')).fill('lawyer');
    await page.getByLabel(t('web.sign_in.password')).fill('not the password');
    await page.getByRole('button', { name: t('web.sign_in.send'), exact: true }).click();
    const alert = page.getByRole('alert');
    await alert.getByText(t('problem.wrong_credentials.detail')).waitFor();
    assert.equal(await page.getByLabel(t('web.sign_in.password')).inputValue(), '', 'the wrong one is gone');
    assert.equal(await page.getByLabel(t('web.sign_in.login')).inputValue(), 'lawyer');
    await accessible('on a refusal');
    await picture('wrong password');
  });
}

story('one signs in, goes to a page and signs out with the keyboard alone', {}, async ({ page, t }) => {
  await page.goto('/');
  const tab_to = async (name) => {
    for (let presses = 0; presses < 60; ++presses) {
      await page.keyboard.press('Tab');
      const focused = await page.evaluate(() => {
        const at = document.activeElement;
        return at === document.body ? '' : at?.textContent || at?.name;
      });
      if (focused?.includes(name)) return;
    }
    assert.fail(`no way to ${name} with Tab`);
  };
  await tab_to('login');
  await page.keyboard.type('registrar');
  await tab_to('password');
  await page.keyboard.type('vastine-demo-2018');
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: t('web.frame.navigation') }).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('a');
  await page.getByRole('heading', { level: 1, name: t('web.account.title') }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'H1', 'the heading of the new page has the focus');
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: t('web.shortcuts.title') }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await tab_to('Pirjo Salmi');
  await page.keyboard.press('Enter');
  await tab_to(t('web.frame.sign_out'));
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: t('web.sign_in.title') }).waitFor();
});

story('the language can be changed, stays, and the server speaks it too', { refusals: [401] }, async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Svenska' }).click();
  await page.getByRole('heading', { name: 'Logga in' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Logga in' }).waitFor();
  assert.equal(await page.locator('html').getAttribute('lang'), 'sv');
  await page.getByLabel('Användarnamn').fill('nobody');
  await page.getByLabel('Lösenord').fill('nothing');
  await page.keyboard.press('Enter');
  await page.getByText('Användarnamnet eller lösenordet är fel.').waitFor();
});

story('a password that somebody else gave is changed before anything else', { refusals: [422] }, async ({ page, t, accessible, picture }) => {
  const sign_in = async (password) => {
    await page.getByLabel(t('web.sign_in.login')).fill('new-registrar');
    await page.getByLabel(t('web.sign_in.password')).fill(password);
    await page.keyboard.press('Enter');
  };
  await page.goto('/');
  await sign_in('a password given by another');
  await page.getByRole('heading', { level: 1, name: t('web.password.required.title') }).waitFor();
  await accessible('on the change of a password');
  await picture('new password');
  await page.getByLabel(t('web.password.current')).fill('something else');
  await page.getByLabel(t('web.password.new'), { exact: true }).fill('a password of my very own');
  await page.getByLabel(t('web.password.repeated')).fill('a password of my very own');
  await page.keyboard.press('Enter');
  await page.getByText(t('account.current_password_wrong')).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.name), 'current_password', 'the wrong field has the focus');
  await page.getByLabel(t('web.password.current')).fill('a password given by another');
  await page.keyboard.press('Enter');
  await page.getByText(t('web.sign_in.password_changed')).waitFor();
  await sign_in('a password of my very own');
  await page.getByRole('navigation', { name: t('web.frame.navigation') }).waitFor();
});

story('signing out comes after what the page still waits for, so that nothing is refused behind it', { login: 'lawyer' }, async ({ page, t, context }) => {
  await page.getByRole('navigation', { name: t('web.frame.navigation') }).waitFor();
  const held = [];
  await context.route('**/api/v1/work-list**', async (route) => {
    held.push(route.request().url());
    await new Promise((done) => setTimeout(done, 600));
    await route.fallback();
  });
  await page.reload();
  while (held.length === 0) await page.waitForTimeout(20);
  await page.getByRole('button', { name: 'Henrik Berg' }).click();
  await page.getByRole('button', { name: t('web.frame.sign_out') }).click();
  await page.getByRole('heading', { level: 1, name: t('web.sign_in.title') }).waitFor();
});
