import assert from 'node:assert/strict';
import { languages, stage } from './harness.mjs';

const story = stage();

for (const language of languages) {
  story('the frame and one\'s own account', { language, login: 'lawyer' }, async ({ page, t, screens }) => {
    await page.goto('/account');
    await page.getByRole('heading', { level: 1, name: t('web.account.title') }).waitFor();
    await screens('account');
    await page.setViewportSize({ width: 320, height: 640 });
    await page.getByRole('button', { name: t('web.frame.menu') }).click();
    await page.getByRole('link', { name: t('web.work_list.title') }).waitFor();
    await screens('menu');
  });
}

story('a session that ends in the middle of a form loses nothing that was typed', { login: 'lawyer', refusals: [401, 422] }, async ({ page, t, context, accessible, picture }) => {
  await page.goto('/account');
  await page.getByLabel(t('web.password.current')).fill('not the one');
  await page.getByLabel(t('web.password.new'), { exact: true }).fill('four words for a password');
  await page.getByLabel(t('web.password.repeated')).fill('four words for a password');
  await context.clearCookies();
  await page.getByRole('button', { name: t('web.password.save') }).click();
  const dialog = page.getByRole('dialog', { name: t('web.sign_in.again.title') });
  await dialog.waitFor();
  await accessible('on the dialog for signing in again');
  await picture('sign in again');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  assert.ok(await dialog.isVisible(), 'what is behind it is out of reach until then');
  await dialog.getByLabel(t('web.sign_in.login')).fill('lawyer');
  await dialog.getByLabel(t('web.sign_in.password')).fill('vastine-demo-2018');
  await page.keyboard.press('Enter');
  // What was sent before is sent again, and answered: the current password is wrong.
  await page.getByText(t('account.current_password_wrong')).waitFor();
  assert.equal(await dialog.count(), 0);
  assert.equal(await page.getByLabel(t('web.password.new'), { exact: true }).inputValue(), 'four words for a password');
});

story('whoever signs in instead gets a page of their own', { login: 'lawyer', refusals: [401] }, async ({ page, t, context }) => {
  await page.goto('/account');
  await page.getByLabel(t('web.password.current')).fill('typed by the lawyer');
  await context.clearCookies();
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await page.getByRole('link', { name: t('web.work_list.title') }).click();
  const dialog = page.getByRole('dialog', { name: t('web.sign_in.again.title') });
  await dialog.getByLabel(t('web.sign_in.login')).fill('registrar');
  await dialog.getByLabel(t('web.sign_in.password')).fill('vastine-demo-2018');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Pirjo Salmi' }).waitFor();
});

story('a server that goes away and comes back is waited for', { login: 'lawyer', refusals: [401, 'away'] }, async ({ page, t, server }) => {
  await page.goto('/work');
  await page.getByRole('table').waitFor();
  await server.stop();
  await page.getByLabel(t('web.work_list.urgency')).selectOption('overdue');
  await page.getByText(t('web.unreachable.title')).waitFor();
  await server.start();
  // Sessions end with a restart: one signs in, and is where one was.
  const dialog = page.getByRole('dialog', { name: t('web.sign_in.again.title') });
  await dialog.waitFor();
  await dialog.getByLabel(t('web.sign_in.login')).fill('lawyer');
  await dialog.getByLabel(t('web.sign_in.password')).fill('vastine-demo-2018');
  await page.keyboard.press('Enter');
  await page.getByRole('table').waitFor();
  assert.equal(await page.getByLabel(t('web.work_list.urgency')).inputValue(), 'overdue');
});

story('signing out in one tab closes the others', { login: 'lawyer' }, async ({ page, t, context }) => {
  const other = await context.newPage();
  await other.goto('/account');
  await other.getByRole('heading', { level: 1, name: t('web.account.title') }).waitFor();
  await page.getByRole('button', { name: 'Henrik Berg' }).click();
  await page.getByRole('button', { name: t('web.frame.sign_out') }).click();
  await other.getByRole('heading', { level: 1, name: t('web.sign_in.title') }).waitFor();
});

// How soon it can be used is measured, not tested: tools/bench/browser.
story('the first page needs little script, with nothing kept from before', {}, async ({ page, t }) => {
  await page.goto('/');
  await page.getByLabel(t('web.sign_in.login')).waitFor();
  const kinds = await page.evaluate(() => performance.getEntriesByType('resource').map((one) => [one.name, one.encodedBodySize]));
  const script = kinds.filter(([name]) => name.endsWith('.js')).reduce((sum, [, bytes]) => sum + bytes, 0);
  assert.ok(script > 0 && script < 300_000, `${script} bytes of script`);
});
