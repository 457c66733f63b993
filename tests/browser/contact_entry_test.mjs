// What an ombudsman does all day at the form of a contact, beyond the shortest call.
import assert from 'node:assert/strict';
import { languages, stage } from './harness.mjs';
import { api_of } from './server.mjs';

const story = stage();

const said = {
  fi: ['p', 'a', 'te', 'pä'],
  sv: ['t', 'k', 'hä', 'till'],
  en: ['p', 'c', 'he', 'acc'],
};
const codes = (page) => page.getByRole('dialog').getByRole('combobox');
const focused = (page) => page.locator('dialog [role=combobox]:focus');
const logged = (page) => page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/api/v1/contacts'));

async function open_form(page) {
  await page.locator('.new-contact').waitFor();
  await page.keyboard.press('n');
  await focused(page).waitFor();
}
async function type_codes(page, language, from = 0) {
  const typed = said[language];
  for (const [index, letters] of typed.entries()) {
    if (index < from) continue;
    await codes(page).nth(index).focus();
    await page.keyboard.type(letters);
    await page.keyboard.press('Tab');
  }
}

for (const language of languages) {
  story('several matters in one contact, saved and the next begun, by the keyboard alone', { language, login: 'ombudsman' }, async ({ page, t, screens }) => {
    await open_form(page);
    await type_codes(page, language);
    await page.keyboard.press('Alt+KeyN');
    const second = page.getByRole('group', { name: t('web.contact.matter', { n: '2' }), exact: true });
    await second.waitFor();
    // The hand is in the second matter at once.
    assert.ok(await second.locator('[role=combobox]').first().evaluate((field) => field === document.activeElement));
    await page.keyboard.type({ fi: 'suun', sv: 'mun', en: 'dent' }[language]);
    await page.keyboard.press('Tab');
    await page.keyboard.type({ fi: 'koh', sv: 'bem', en: 'cond' }[language]);
    await page.keyboard.press('Tab');
    await screens('contact with two matters');
    const first = logged(page);
    await page.keyboard.press('Control+Shift+Enter');
    const { matters } = (await first).postDataJSON();
    assert.deepEqual(matters.map((one) => one.service_task), ['health-station', 'dental']);
    assert.deepEqual(matters.map((one) => one.causes.length), [1, 1]);
    await page.getByText(t('web.contact.logged')).waitFor();
    // The form stays, empty, the hand where the next caller begins.
    await focused(page).waitFor();
    assert.equal(await page.getByRole('dialog').getByRole('group', { name: t('web.contact.matter', { n: '2' }), exact: true }).count(), 0);
    assert.equal(await page.getByRole('dialog').locator('textarea').first().inputValue(), '');
    // What was chosen last is offered first.
    const cause = codes(page).nth(3);
    await cause.focus();
    await page.keyboard.press('ArrowDown');
    const offered = await page.getByRole('dialog').getByRole('option').first().textContent();
    await page.keyboard.press('Enter');
    const next = logged(page);
    await type_codes(page, language, 2);
    await page.keyboard.press('Control+Enter');
    const given = (await next).postDataJSON();
    assert.ok(given.matters[0].causes.length > 0, `${offered} was taken`);
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });
}

story('the minutes run by themselves until somebody knows better', { login: 'ombudsman' }, async ({ page, t }) => {
  await page.locator('.new-contact').waitFor();
  await page.clock.install();
  await page.keyboard.press('n');
  await focused(page).waitFor();
  const minutes = page.getByRole('dialog').getByLabel(t('label.minutes'));
  assert.equal(await minutes.inputValue(), '1');
  await page.clock.fastForward('05:30');
  await page.clock.runFor(1100);
  assert.equal(await minutes.inputValue(), '6');
  await minutes.fill('12');
  await page.clock.fastForward('03:00');
  await page.clock.runFor(1100);
  assert.equal(await minutes.inputValue(), '12', 'what was typed stays');
  await page.getByRole('button', { name: t('web.contact.timer_back') }).click();
  await page.clock.runFor(1100);
  assert.equal(await minutes.inputValue(), '9', 'and the timer has gone on');
});

const waiting_there = (page) =>
  page.evaluate(async () => {
    const opened = await new Promise((done) => {
      const request = indexedDB.open('vastine');
      request.onsuccess = () => done(request.result);
    });
    const all = await new Promise((done) => {
      const request = opened.transaction('things').objectStore('things').getAll();
      request.onsuccess = () => done(request.result);
    });
    opened.close();
    return all.filter((one) => one.kind === 'waiting contact').length;
  });

story('where the organisation has switched it off, no contact waits on a device, and nothing typed is lost', { login: 'ombudsman', refusals: ['away'] }, async ({ page, t, server, context, accessible, picture }) => {
  const administrator = await api_of(server, 'administrator');
  const { version, given } = await administrator.get('/api/v1/reference/organisation');
  await administrator.post('/api/v1/reference/organisation/organisation', { ...given, name: { fi: 'Esimerkki', sv: 'Exempel', en: 'Example' }, offline_queue_off: true }, version);
  // The application learns of it while there is a network.
  const asked = page.waitForResponse((response) => response.url().endsWith('/api/v1/reference/organisation'));
  await page.reload();
  await asked;
  await open_form(page);
  await type_codes(page, 'fi');
  await page.getByRole('dialog').locator('textarea').first().fill('Verkko katkesi kesken');
  await context.setOffline(true);
  await page.keyboard.press('Control+Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByText(t('web.unreachable.title')).waitFor({ timeout: 20_000 });
  await accessible('on a contact that cannot go in');
  await picture('contact that cannot go in');
  assert.equal(await waiting_there(page), 0);
  assert.equal(await page.locator('.waiting-count').count(), 0);
  assert.equal(await dialog.locator('textarea').first().inputValue(), 'Verkko katkesi kesken');
  await context.setOffline(false);
  const sent = logged(page);
  await page.keyboard.press('Control+Enter');
  assert.equal((await sent).postDataJSON().note, 'Verkko katkesi kesken');
  await page.getByText(t('web.contact.logged')).waitFor();
  const after = await administrator.get('/api/v1/reference/organisation');
  await administrator.post('/api/v1/reference/organisation/organisation', { name: { fi: 'Esimerkki', sv: 'Exempel', en: 'Example' }, offline_queue_off: false }, after.version);
});
