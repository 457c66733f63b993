// Signing in at the organisation's provider: a real one, over TLS, in a real browser.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';
import { start_provider } from '../node/openid_provider.mjs';
import { languages, stage } from './harness.mjs';
import { api_of } from './server.mjs';

const secret = 'a secret of the client: 1/2 %';
let provider;

const story = stage({
  serve: async ({ folder, data, url }) => {
    provider = await start_provider({
      certificate: join(data, 'tls/server.pem'),
      key: join(data, 'tls/server.key'),
      authority: join(data, 'tls/ca.pem'),
      client: url,
      secret,
      people: {
        'maija.mallikas': { name: 'Maija Mallikas', email: 'maija@example.fi', groups: ['registry'] },
        'pekka.puoli': { name: 'Pekka Puoli', groups: ['registry', 'ombudsmen'] },
        'ulla.ulkona': { name: 'Ulla Ulkona', groups: ['kitchen'] },
      },
    });
    writeFileSync(join(folder, 'openid-secret'), `${secret}\n`, { mode: 0o600 });
    writeFileSync(
      join(folder, 'openid.toml'),
      `issuer = "${provider.issuer}"
client_id = "vastine"
client_secret_file = "${join(folder, 'openid-secret')}"
authority = "${join(data, 'tls/ca.pem')}"
name = "Mallilan hyvinvointialue"

[[group]]
name = "registry"
roles = ["registrar"]

[[group]]
name = "ombudsmen"
roles = ["ombudsman"]
`,
    );
    return ['--public-url', url, '--openid', join(folder, 'openid.toml')];
  },
  ready: (server) => {
    server.hosts = [provider.issuer];
  },
});
after(() => provider?.stop());

const button = (page, t) => page.getByRole('button', { name: t('web.sign_in.with', { name: 'Mallilan hyvinvointialue' }) });
async function at_the_provider(page, account) {
  await page.getByLabel('Account').fill(account);
  await page.getByRole('button', { name: 'Continue' }).click();
}
async function through_the_provider(page, t, account) {
  await page.goto('/');
  await button(page, t).click();
  await at_the_provider(page, account);
}
const inside = (page, t) => page.getByRole('navigation', { name: t('web.frame.navigation') }).waitFor({ state: 'attached' });
const fault = (page, t, word) => page.getByRole('alert').getByText(t(`web.sign_in.fault.${word}`)).waitFor();

story('a provider that is away is told of, before anybody has been there', {}, async ({ page, t, accessible, picture }) => {
  provider.away = true;
  await page.goto('/');
  await button(page, t).click();
  await fault(page, t, 'away');
  assert.equal(new URL(page.url()).search, '', 'the reason does not stay in the address');
  await accessible('on a provider that is away');
  await picture('provider away');
  provider.away = false;
});

for (const language of languages) {
  story('the page offers the provider first, and passwords beside it', { language }, async ({ page, t, screens }) => {
    await page.goto('/');
    await button(page, t).waitFor();
    await screens('sign in by provider');
    await page.getByText(t('web.sign_in.with_password')).click();
    await page.getByLabel(t('web.sign_in.password')).waitFor();
  });
}

story('whoever the groups give a role works with it at once, and signs out at the provider too', {}, async ({ page, t, server, picture }) => {
  await through_the_provider(page, t, 'maija.mallikas');
  await inside(page, t);
  assert.equal(page.url(), `${server.url}/work`, 'no code, state or token stays in the address');
  await page.goto('/account');
  await page.getByText(`Maija Mallikas, ${t('web.role.registrar')}`).waitFor();
  await page.getByRole('row').filter({ hasText: t('web.sessions.means.provider') }).waitFor();
  assert.equal(await page.getByRole('heading', { name: t('web.second_factor.title') }).count(), 0, 'the provider has its own');
  await picture('account by provider');
  await page.getByRole('button', { name: 'Maija Mallikas' }).click();
  await page.getByRole('button', { name: t('web.frame.sign_out') }).click();
  await page.getByRole('heading', { name: 'Sign out?' }).waitFor();
  const { searchParams } = new URL(page.url());
  assert.deepEqual([...searchParams.keys()].sort(), ['client_id', 'post_logout_redirect_uri'], 'no token in the address');
  await page.getByRole('button', { name: 'Yes' }).click();
  await page.getByRole('heading', { level: 1, name: t('web.sign_in.title') }).waitFor();
  await button(page, t).click();
  await page.getByLabel('Account').waitFor();
});

story('roles follow the groups at the next sign-in', {}, async ({ page, t, server, another }) => {
  provider.people['maija.mallikas'].groups = ['ombudsmen'];
  await through_the_provider(page, t, 'maija.mallikas');
  await inside(page, t);
  await page.goto('/account');
  await page.getByText(`Maija Mallikas, ${t('web.role.ombudsman')}`).waitFor();
  provider.people['maija.mallikas'].groups = [];
  const elsewhere = await another({});
  await through_the_provider(elsewhere.page, t, 'maija.mallikas');
  await fault(elsewhere.page, t, 'no_role');
  await elsewhere.context.close();
  provider.people['maija.mallikas'].groups = ['registry'];
  const administrator = await api_of(server, 'administrator');
  const { users } = await administrator.get('/api/v1/reference/users');
  const maija = users.find(({ login }) => login === 'maija.mallikas');
  assert.deepEqual(maija.roles, ['OMBUDSMAN']);
  assert.equal(maija.email, 'maija@example.fi');
});

for (const language of languages) {
  story('whoever has no role, or roles on both sides of the wall, is told so', { language }, async ({ page, t, context, accessible, picture }) => {
    await through_the_provider(page, t, 'ulla.ulkona');
    await fault(page, t, 'no_role');
    await accessible('on a refusal after the provider');
    await picture('provider no role');
    await context.clearCookies();
    await through_the_provider(page, t, 'pekka.puoli');
    await fault(page, t, 'impossible');
  });
}

story('who changes their mind at the provider comes back', {}, async ({ page, t }) => {
  await page.goto('/');
  await button(page, t).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await fault(page, t, 'refused');
});

story('keys that the provider changes are found, and nobody notices', {}, async ({ page, t }) => {
  provider.change_keys();
  await through_the_provider(page, t, 'maija.mallikas');
  await inside(page, t);
});

story('a forged state and a forged nonce open nothing', {}, async ({ page, t }) => {
  await page.goto('/api/v1/openid/callback?code=stolen&state=guessed');
  await fault(page, t, 'stale');
  const sent_there = page.waitForRequest((request) => request.url().startsWith(`${provider.issuer}/auth?`));
  await page.goto('/api/v1/openid/start');
  const address = new URL((await sent_there).url());
  const { searchParams } = address;
  searchParams.set('nonce', 'of somebody else');
  await page.goto(address.href);
  await at_the_provider(page, 'maija.mallikas');
  await fault(page, t, 'not_believed');
});

story('a provider that goes away on the way is told of', {}, async ({ page, t }) => {
  await page.goto('/');
  await button(page, t).click();
  await page.getByLabel('Account').waitFor();
  provider.without_tokens = true;
  await at_the_provider(page, 'maija.mallikas');
  await fault(page, t, 'away');
  provider.without_tokens = false;
});

story('a sign-out elsewhere at the provider ends the session here', { refusals: [401] }, async ({ page, t, context }) => {
  await through_the_provider(page, t, 'maija.mallikas');
  await inside(page, t);
  const other = await context.newPage();
  await other.goto(`${provider.issuer}/session/end`);
  await other.getByRole('button', { name: 'Yes' }).click();
  await other.getByText('Sign-out Success').waitFor();
  await page.goto('/account');
  await page.getByRole('heading', { level: 1, name: t('web.sign_in.title') }).waitFor();
});

story('a session that ends in the middle of something is opened again at the provider, in a tab of its own', { refusals: [401] }, async ({ page, t, context, server }) => {
  await through_the_provider(page, t, 'maija.mallikas');
  await inside(page, t);
  await page.goto('/account');
  const label = page.getByRole('region', { name: t('web.tokens.title') }).getByLabel(t('web.tokens.label'));
  await label.fill('half written');
  const administrator = await api_of(server, 'administrator');
  const { users } = await administrator.get('/api/v1/reference/users');
  const maija = users.find(({ login }) => login === 'maija.mallikas');
  await administrator.remove(`/api/v1/users/${maija.user_id}/sessions`);
  await page.getByRole('button', { name: t('web.tokens.make') }).click();
  const dialog = page.getByRole('dialog', { name: t('web.sign_in.again.title') });
  const opened = context.waitForEvent('page');
  await button(dialog, t).click();
  // The person is still signed in there, so nothing is asked.
  await inside(await opened, t);
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('dialog', { name: t('web.tokens.secret') }).waitFor();
});
