// The second factor, one's sessions and the scopes of tokens, as people set them.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { languages, stage } from './harness.mjs';
import { password } from './server.mjs';

const story = stage();

// RFC 6238, as an authenticator counts; `steps`: later than now.
function code_of(secret, steps = 0) {
  const bits = [...secret.replace(/ /g, '')].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const hash = createHmac('sha1', key).update(counter).digest();
  const at = hash[19] & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

async function password_step(page, t, login, language) {
  await page.goto('/');
  // Chosen here, it goes before the language of the person's account.
  await page.getByRole('button', { name: { fi: 'Suomi', sv: 'Svenska', en: 'English' }[language] }).click();
  await page.getByLabel(t('web.sign_in.login')).fill(login);
  await page.getByLabel(t('web.sign_in.password')).fill(password);
  await page.getByRole('button', { name: t('web.sign_in.send'), exact: true }).click();
}

const people = { fi: 'lawyer', sv: 'registrar', en: 'head-ombudsman' };

for (const language of languages) {
  story('a second factor is set up, asked for, replaced by a recovery code and switched off', { language, login: people[language], refusals: [401, 422] }, async ({ page, t, accessible, picture, fits, another }) => {
    await page.goto('/account');
    const section = page.getByRole('region', { name: t('web.second_factor.title') });
    await section.getByRole('button', { name: t('web.second_factor.begin') }).click();
    await section.getByRole('button', { name: t('web.second_factor.show') }).click();
    await section.getByRole('img', { name: t('web.second_factor.picture') }).waitFor();
    const secret = await section.locator('code.typed-secret').innerText();
    await fits();
    await accessible('on the set-up of a second factor');
    await picture('second factor set up');
    await section.getByLabel(t('web.second_factor.code'), { exact: true }).fill('000000');
    await section.getByLabel(t('web.password.current')).fill(password);
    await section.getByRole('button', { name: t('web.second_factor.switch_on') }).click();
    await section.getByText(t('account.code_wrong')).waitFor();
    await section.getByLabel(t('web.second_factor.code'), { exact: true }).fill(code_of(secret));
    await section.getByRole('button', { name: t('web.second_factor.switch_on') }).click();
    const dialog = page.getByRole('dialog', { name: t('web.second_factor.recovery') });
    await dialog.waitFor();
    const codes = await dialog.getByRole('listitem').allInnerTexts();
    assert.equal(codes.length, 10);
    await accessible('on recovery codes');
    await picture('recovery codes');
    await dialog.getByRole('button', { name: t('web.second_factor.kept') }).click();
    await section.getByText(t('web.second_factor.codes_left.other', { n: '10' })).waitFor();
    await picture('second factor on');

    const there = await another({});
    await password_step(there.page, t, people[language], language);
    const code = there.page.getByLabel(t('web.second_factor.code'));
    await code.waitFor();
    assert.equal(await there.page.evaluate(() => document.activeElement?.name), 'code', 'the code has the focus');
    await there.accessible('on the second step');
    await there.picture('second step');
    await code.fill('000000');
    await there.page.keyboard.press('Enter');
    await there.page.getByRole('alert').getByText(t('problem.wrong_code.detail')).waitFor();
    // One step ahead of the clock: that of now was used for setting up.
    await code.fill(code_of(secret, 1));
    await there.page.keyboard.press('Enter');
    await there.page.getByRole('navigation', { name: t('web.frame.navigation') }).waitFor({ state: 'attached' });

    const sessions = page.getByRole('region', { name: t('web.sessions.title') });
    await page.reload();
    await sessions.getByText(t('web.sessions.means.second_factor')).waitFor();
    await sessions.getByText(t('web.sessions.this_one')).waitFor();
    await accessible('on sessions');
    await picture('sessions');
    await sessions.getByRole('button', { name: new RegExp(`^${t('web.sessions.end_one', { where: 'Chrome', opened: '' }).split('Chrome')[0]}Chrome`) }).click();
    await page.getByText(t('web.sessions.ended')).waitFor();
    await sessions.getByText(t('web.sessions.means.second_factor')).waitFor({ state: 'detached' });

    await section.getByRole('button', { name: t('web.second_factor.switch_off') }).click();
    const off = page.getByRole('dialog', { name: t('web.second_factor.switch_off') });
    await off.getByLabel(t('web.second_factor.code'), { exact: true }).fill(codes[0]);
    await off.getByLabel(t('web.password.current')).fill(password);
    await off.getByRole('button', { name: t('web.second_factor.switch_off') }).click();
    await section.getByRole('button', { name: t('web.second_factor.begin') }).waitFor();
    await there.context.close();
  });

  story('a token is made for what it is needed for', { language, login: 'ombudsman', refusals: [422] }, async ({ page, t, accessible, picture }) => {
    await page.goto('/account');
    const section = page.getByRole('region', { name: t('web.tokens.title') });
    await section.getByLabel(t('web.tokens.label')).fill('puhelinjärjestelmä');
    const reading = section.getByRole('checkbox', { name: t('token_scope.reading'), exact: true });
    await reading.uncheck();
    await section.getByRole('button', { name: t('web.tokens.make') }).click();
    await section.getByText(t('account.token_scopes')).waitFor();
    await section.getByRole('checkbox', { name: t('token_scope.contact_work'), exact: true }).check();
    await section.getByRole('checkbox', { name: t('token_scope.exporting'), exact: true }).check();
    await accessible('on the scopes of a token');
    await section.getByRole('button', { name: t('web.tokens.make') }).click();
    await page.getByRole('dialog', { name: t('web.tokens.secret') }).waitFor();
    await page.keyboard.press('Escape');
    await section.getByRole('cell', { name: `${t('token_scope.contact_work')}, ${t('token_scope.exporting')}` }).first().waitFor();
    await picture('token scopes');
  });
}

story('all other sessions end at once', { login: 'head-family', refusals: [401] }, async ({ page, t, another }) => {
  const there = await another({});
  await there.sign_in('head-family');
  await page.goto('/account');
  await page.getByRole('button', { name: t('web.sessions.end_others') }).click();
  await page.getByText(t('web.sessions.others_ended')).waitFor();
  await there.page.goto('/account');
  await there.page.getByRole('heading', { level: 1, name: t('web.sign_in.title') }).waitFor();
  await there.context.close();
});

story('the administrator ends the sessions of somebody who has lost a device', { login: 'administrator', refusals: [401] }, async ({ page, t, another, accessible, picture }) => {
  const there = await another({});
  await there.sign_in('board');
  const session = await there.page.evaluate(async () => (await fetch('/api/v1/session')).json());
  await page.goto(`/administration/users/${session.user_id}`);
  const section = page.getByRole('region', { name: t('web.users.signing_in') });
  await section.getByRole('button', { name: t('web.users.switch_second_factor_off') }).click();
  await page.getByText(t('web.users.second_factor_off')).waitFor();
  await accessible('on a user');
  await picture('user signing in');
  await there.page.goto('/account');
  await there.page.getByRole('heading', { level: 1, name: t('web.sign_in.title') }).waitFor();
  await there.context.close();
});
