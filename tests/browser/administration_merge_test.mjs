// Somebody else saved first, on every form of the administrator: the difference is shown, both sides stand to be
// chosen from, and nothing typed is lost.
import assert from 'node:assert/strict';
import { languages, stage } from './harness.mjs';
import { api_of } from './server.mjs';

const story = stage();
const save = (page, t) => page.getByRole('button', { name: t('web.administration.save'), exact: true }).click();

for (const language of languages) {
  story('two administrators change the same unit', { language, login: 'administrator', refusals: [412] }, async ({ page, t, server, screens }) => {
    const administrator = await api_of(server, 'administrator');
    const { units, version } = await administrator.get('/api/v1/reference/units');
    const unit = units.find((one) => one.unit_id === 'vammaistyo');
    await page.goto('/administration/units/vammaistyo');
    await page.getByLabel(t('web.administration.name.in_english')).fill(`Mine ${language}`);
    await page.getByLabel(t('web.administration.valid_until')).fill('31.12.2030');
    await administrator.post('/api/v1/reference/units/units', { ...unit, sector: 'social', name: { ...unit.name, en: `Theirs ${language}`, sv: `Deras ${language}` } }, version);
    await save(page, t);
    await page.getByRole('definition').getByText(`Theirs ${language}`).waitFor();
    await screens('difference of a unit');
    await page.getByLabel(t('web.case.merge.take_mine')).check();
    await page.getByRole('button', { name: t('web.case.merge.with_choices') }).click();
    await page.getByRole('heading', { level: 1, name: t('web.units.title') }).waitFor();
    const after = (await administrator.get('/api/v1/reference/units')).units.find((one) => one.unit_id === 'vammaistyo');
    assert.deepEqual(
      { en: after.name.en, sv: after.name.sv, until: after.valid_until },
      { en: `Mine ${language}`, sv: `Deras ${language}`, until: '2030-12-31' },
    );
  });
}

story('the other\'s change of a user, a code, a policy, the organisation and a letter is not written over', { login: 'administrator', refusals: [412] }, async ({ page, t, server, accessible }) => {
  const administrator = await api_of(server, 'administrator');
  const overtaken = async (name) => {
    await save(page, t);
    await page.getByRole('button', { name: t('web.case.merge.with_choices') }).waitFor();
    await accessible(`on a difference of ${name}`);
  };
  const go_on = async () => {
    await page.getByRole('button', { name: t('web.case.merge.with_choices') }).click();
    await page.getByText(t('web.administration.saved')).first().waitFor();
  };

  const { users, version: of_users } = await administrator.get('/api/v1/reference/users');
  const user = users.find((one) => one.login === 'registrar');
  await page.goto(`/administration/users/${user.user_id}`);
  await page.getByLabel(t('web.users.team')).fill('oma tiimi');
  await administrator.post('/api/v1/reference/users/users', { ...user, team: 'toinen tiimi', email: 'muu@example.invalid' }, of_users);
  await overtaken('a user');
  assert.equal(await page.getByLabel(t('web.users.team')).inputValue(), 'oma tiimi');
  await page.getByLabel(t('web.case.merge.take_theirs')).check();
  await go_on();
  const user_after = (await administrator.get('/api/v1/reference/users')).users.find((one) => one.login === 'registrar');
  assert.deepEqual([user_after.team, user_after.email], ['toinen tiimi', 'muu@example.invalid']);

  const codes = await administrator.get('/api/v1/reference/codes');
  const cause = codes.code_sets.filter((set) => set.given.code_set === 'cause').at(-1).given;
  await page.goto('/administration/codes/cause');
  const row = page.locator('.code').first();
  await row.locator('summary').click();
  await row.getByLabel(t('web.administration.name.in_english')).fill('Mine');
  const theirs = { ...cause, codes: cause.codes.map((code, at) => (at === 0 ? { ...code, name: { ...code.name, en: 'Theirs', sv: 'Deras' } } : code)) };
  await administrator.post('/api/v1/reference/codes/code-sets', theirs, codes.version);
  await overtaken('a code set');
  await go_on();
  const code = (await administrator.get('/api/v1/reference/codes')).code_sets.filter((set) => set.given.code_set === 'cause').at(-1).given.codes[0];
  assert.deepEqual([code.name.en, code.name.sv], ['Mine', 'Deras']);

  const policies = await administrator.get('/api/v1/reference/policies');
  const policy = policies.policies.find(({ given }) => given.policy === 'inquiry.progress').given;
  await page.goto('/administration/policies/inquiry.progress');
  await page.getByLabel(t('web.policies.ground')).fill('oma peruste');
  await administrator.post('/api/v1/reference/policies/policies', { ...policy, valid_from: '2026-11-01', ground: 'toisen peruste', legal_review: true }, policies.version);
  await overtaken('a policy');
  await go_on();
  const policy_after = (await administrator.get('/api/v1/reference/policies')).policies.find(({ given }) => given.policy === 'inquiry.progress').given;
  assert.deepEqual([policy_after.ground, policy_after.legal_review], ['oma peruste', true]);

  const organisation = await administrator.get('/api/v1/reference/organisation');
  await page.goto('/administration/organisation');
  await page.getByLabel(t('web.administration.name.in_finnish')).first().fill('Oma alue');
  await administrator.post('/api/v1/reference/organisation/organisation', { ...organisation.given, name: { fi: 'Toisen alue', sv: 'Deras område', en: 'Their county' } }, organisation.version);
  await overtaken('the organisation');
  await go_on();
  const named = (await administrator.get('/api/v1/reference/organisation')).given.name;
  assert.deepEqual([named.fi, named.sv], ['Oma alue', 'Deras område']);

  const letters = await administrator.get('/api/v1/reference/letters');
  const letter = letters.letters[0].given;
  await page.goto(`/administration/letters/${letter.template_id}`);
  await page.getByLabel(t('web.letter_templates.body'), { exact: false }).first().fill('Oma teksti');
  await administrator.post('/api/v1/reference/letters/letters', { ...letter, valid_from: '2026-11-01', body: { ...letter.body, fi: 'Toisen teksti', sv: 'Deras text' } }, letters.version);
  await overtaken('a letter');
  await go_on();
  const letter_after = (await administrator.get('/api/v1/reference/letters')).letters.find(({ given }) => given.template_id === letter.template_id).given;
  assert.deepEqual([letter_after.body.fi, letter_after.body.sv], ['Oma teksti', 'Deras text']);
});
