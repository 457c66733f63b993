import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { next_year, this_year } from './cases.mjs';
import { languages, stage } from './harness.mjs';
import { api_of } from './server.mjs';

const story = stage();
const save = (page, t) => page.getByRole('button', { name: t('web.administration.save') }).click();

for (const language of languages) {
  story('the administrator sees units, codes, time limits, users and health', { language, login: 'administrator' }, async ({ page, t, screens }) => {
    for (const [path, title, name] of [
      ['/administration/units', 'web.units.title', 'units'],
      ['/administration/units/lastensuojelu', undefined, 'unit'],
      ['/administration/codes', 'web.codes.title', 'code sets'],
      ['/administration/codes/cause', undefined, 'code set'],
      ['/administration/policies', 'web.policies.title', 'policies'],
      ['/administration/policies/reminder.answer', 'web.policy.reminder_answer', 'policy'],
      ['/administration/users', 'web.users.title', 'users'],
      ['/administration/users/new', 'web.users.new', 'user'],
      ['/administration/health', 'web.health.title', 'health'],
    ]) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1, ...(title ? { name: t(title) } : {}) }).waitFor();
      await page.getByRole('table').or(page.locator('form')).first().waitFor();
      await screens(`administration ${name}`);
    }
  });
}

story('a reorganisation of the first of January is written down in autumn', { login: 'administrator' }, async ({ page, t, picture, accessible }) => {
  await page.goto('/administration/units');
  await page.getByRole('link', { name: t('web.units.new') }).click();
  await page.getByLabel(t('web.administration.id')).fill('lasten-ja-nuorten');
  await page.getByLabel(t('web.administration.name.in_finnish')).fill('Lasten ja nuorten palvelut');
  await page.getByLabel(t('web.administration.name.in_swedish')).fill('Tjänster för barn och unga');
  await page.getByLabel(t('web.administration.name.in_english')).fill('Services for children and the young');
  await page.getByLabel(t('web.units.parent')).selectOption({ label: 'Perhe- ja sosiaalipalvelut' });
  await page.getByLabel(t('web.administration.valid_from')).fill(`1.1.${next_year}`);
  await save(page, t);
  await page.getByRole('heading', { level: 1, name: t('web.units.title') }).waitFor();

  await page.getByRole('link', { name: 'Lastensuojelu' }).click();
  await page.getByLabel(t('web.administration.valid_until')).fill(`31.12.${this_year}`);
  await page.getByLabel('Lasten ja nuorten palvelut').check();
  await save(page, t);
  await page.getByRole('heading', { name: t('web.units.coming') }).waitFor();
  await page.getByText(t('web.units.goes_on', { names: 'Lasten ja nuorten palvelut' })).waitFor();
  await accessible('on changes to come');
  await picture('reorganisation');

  await page.getByRole('button', { name: t('web.units.show_day', { date: `1.1.${next_year}` }) }).click();
  await page.getByRole('row').filter({ hasText: 'lasten-ja-nuorten' }).waitFor();
  assert.equal(await page.getByRole('row').filter({ hasText: /^Lastensuojelu/ }).count(), 0);
  assert.equal(new URL(page.url()).search, `?on=${next_year}-01-01`);
});

story('what the server finds wrong stands at its field, which has the focus', { login: 'administrator', refusals: [422] }, async ({ page, t, accessible, picture }) => {
  await page.goto('/administration/units/lapsiperheet');
  await page.getByLabel(t('web.administration.valid_until')).fill('1.1.2010');
  await save(page, t);
  await page.getByText(t('reference.ends_before_it_begins')).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.name), 'valid_until');
  await accessible('on a field that is wrong');
  await picture('wrong field');
});

story('somebody else saved first: what was written stays, and is saved on the newest', { login: 'administrator', refusals: [412] }, async ({ page, t, server, accessible }) => {
  await page.goto('/administration/units/vammaistyo');
  await page.getByLabel(t('web.administration.name.in_english')).fill('Disability services');
  // The live stream would tell; this browser hears nothing of it, as an administrator has no feed.
  const other = await api_of(server, 'administrator');
  const units = await other.get('/api/v1/reference/units');
  await other.post('/api/v1/reference/units/units', { ...units.units.find((unit) => unit.unit_id === 'henkilosto'), sector: '' }, units.version);
  await save(page, t);
  await page.getByText(t('web.administration.stale.title')).waitFor();
  await accessible('on a save that came second');
  assert.equal(await page.getByLabel(t('web.administration.name.in_english')).inputValue(), 'Disability services');
  await save(page, t);
  await page.getByRole('heading', { level: 1, name: t('web.units.title') }).waitFor();
  const after = await other.get('/api/v1/reference/units');
  assert.equal(after.units.find((unit) => unit.unit_id === 'vammaistyo').name.en, 'Disability services');
  assert.equal(after.units.find((unit) => unit.unit_id === 'henkilosto').sector, '');
});

story('a code ends and another goes on in its place', { login: 'administrator' }, async ({ page, t, server, accessible }) => {
  await page.goto('/administration/codes/cause');
  await page.getByLabel(t('web.codes.valid_from')).fill(`1.1.${next_year}`);
  await page.getByRole('button', { name: t('web.codes.add') }).click();
  const added = page.locator('.code').last();
  await added.getByLabel(t('web.administration.id')).fill('waiting');
  await added.getByLabel(t('web.administration.name.in_finnish')).fill('Odottaminen');
  await added.getByLabel(t('web.administration.name.in_swedish')).fill('Väntan');
  await added.getByLabel(t('web.administration.name.in_english')).fill('Waiting');
  const access = page.locator('.code').filter({ hasText: 'Hoitoon tai palveluun pääsy' }).first();
  await access.locator('summary').click();
  await access.getByLabel(t('web.administration.valid_until')).fill(`31.12.${this_year}`);
  await access.getByLabel('Odottaminen').check();
  await accessible('on a code set in the making');
  await save(page, t);
  await page.getByRole('heading', { level: 1, name: t('web.codes.title') }).waitFor();
  const administrator = await api_of(server, 'administrator');
  const sets = (await administrator.get('/api/v1/reference/codes')).code_sets.filter((set) => set.given.code_set === 'cause');
  assert.deepEqual(sets.at(-1).given.codes.find((code) => code.code === 'access').successors, ['waiting']);
  assert.equal(sets.at(-1).version, 2);
  assert.equal(sets[0].given.codes.length + 1, sets.at(-1).given.codes.length);
});

story('a time limit gets a new version, and a person becomes a user', { login: 'administrator', refusals: [422] }, async ({ page, t, server, another }) => {
  await page.goto('/administration/policies/reminder.answer');
  await page.getByLabel(t('web.policies.count'), { exact: true }).fill('21');
  await page.getByLabel(t('web.policies.warn')).fill('14');
  await save(page, t);
  await page.getByRole('row').filter({ hasText: t('web.policy.reminder_answer') }).filter({ hasText: '21 päivää' }).waitFor();

  await page.goto('/administration/users/new');
  await page.getByLabel(t('web.users.name')).fill('Ville Uusi');
  await page.getByLabel(t('web.sign_in.login')).fill('ville');
  await page.getByLabel(t('web.role.registrar')).check();
  await page.getByLabel(t('web.role.ombudsman'), { exact: true }).check();
  await save(page, t);
  await page.getByText(t('reference.roles_on_both_sides')).waitFor();
  await page.getByLabel(t('web.role.ombudsman'), { exact: true }).uncheck();
  await save(page, t);
  // A new user goes on to be given a password.
  await page.getByLabel(t('web.password.new')).fill('a password to begin with');
  await page.getByRole('button', { name: t('web.users.give_password') }).click();
  await page.getByText(t('web.users.password_given')).waitFor();

  const ville = await another({});
  await ville.page.goto('/');
  await ville.page.getByLabel(t('web.sign_in.login')).fill('ville');
  await ville.page.getByLabel(t('web.sign_in.password')).fill('a password to begin with');
  await ville.page.keyboard.press('Enter');
  await ville.page.getByRole('heading', { level: 1, name: t('web.password.required.title') }).waitFor();
  await ville.context.close();
  assert.ok((await (await api_of(server, 'administrator')).get('/api/v1/reference/users')).users.some((user) => user.login === 'ville'));
});

story('cases are brought in after a trial that changes nothing', { login: 'registrar' }, async ({ page, t, server, screens, accessible }) => {
  const file = join(server.folder, 'cases.csv');
  const mapping = join(server.folder, 'mapping.toml');
  writeFileSync(file, 'id,arrived,closed,unit\r\nb1,1.2.2018,20.2.2018,Terveysasemat\r\nb2,2018-02-30,,Terveysasemat\r\n');
  writeFileSync(
    mapping,
    'source = "old register"\n[fields]\nexternal_id = "id"\nregistered = "arrived"\nclosed = "closed"\nunit = "unit"\nchannel = {default = "letter"}\ncause = {default = "care"}\nwho = {default = "client"}\nsector = {default = "health"}\n',
  );
  const cases = async () => Number((await (await api_of(server, 'registrar')).get('/api/v1/reminders?limit=1')).total);
  const before = await cases();
  await page.goto('/import');
  await page.getByRole('button', { name: t('web.import.try') }).click();
  await page.getByText(t('web.import.choose')).first().waitFor();
  await accessible('on files that are missing');
  await page.getByLabel(t('web.import.file')).setInputFiles(file);
  await page.getByLabel(t('web.import.mapping')).setInputFiles(mapping);
  await page.getByRole('button', { name: t('web.import.try') }).click();
  await page.getByText(t('web.import.nothing_changed')).waitFor();
  await page.getByRole('row').filter({ hasText: 'arrived' }).waitFor();
  assert.equal(await page.getByText('2018-02-30').count(), 0, 'no value is shown, only where it stands');
  await screens('import');
  assert.equal(await cases(), before);
  await page.getByRole('button', { name: t('web.import.for_good') }).click();
  await page.getByRole('heading', { level: 2, name: t('web.import.outcome'), exact: true }).waitFor();
  assert.equal(await cases(), before + 1);
});

story('a token is shown once, works, and is taken back', { login: 'lawyer' }, async ({ page, t, accessible }) => {
  await page.goto('/account');
  await page.getByLabel(t('web.tokens.label')).fill('monthly report');
  await page.getByRole('button', { name: t('web.tokens.make') }).click();
  const dialog = page.getByRole('dialog', { name: t('web.tokens.secret') });
  await dialog.waitFor();
  await accessible('on a new token');
  const secret = (await dialog.locator('code').textContent()) ?? '';
  assert.ok(secret.length > 30);
  await dialog.getByRole('button', { name: t('web.dialog.close') }).click();
  assert.equal(await page.getByText(secret).count(), 0);
  await page.getByRole('button', { name: t('web.tokens.revoke_one', { label: 'monthly report' }) }).click();
  await page.getByText(t('web.tokens.revoked')).waitFor();
  assert.equal(await page.getByRole('row').filter({ hasText: 'monthly report' }).count(), 0);
});
