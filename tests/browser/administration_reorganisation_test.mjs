// A reorganisation of the first of January, planned in autumn as one; and what a rule would do, seen before it is
// saved.
import assert from 'node:assert/strict';
import { next_year, this_year } from './cases.mjs';
import { languages, stage } from './harness.mjs';
import { api_of } from './server.mjs';

const story = stage();

for (const language of languages) {
  story('a reorganisation is planned, looked at and saved as one', { language, login: 'administrator', refusals: [422] }, async ({ page, t, server, screens, accessible }) => {
    const next = () => page.getByRole('button', { name: t('web.reorganisation.next') }).press('Enter');
    const step = (id) => page.getByRole('heading', { level: 2, name: t(id) }).waitFor();
    const in_finnish = `Lasten ja nuorten palvelut ${language}`;
    const id = `lasten-ja-nuorten-palvelut-${language}`;
    await page.goto('/administration/units');
    await page.getByRole('link', { name: t('web.reorganisation.title') }).click();
    await step('web.reorganisation.step.day');
    assert.equal(await page.getByLabel(t('web.reorganisation.day')).inputValue(), language === 'en' ? `01/01/${next_year}` : `1.1.${next_year}`);
    await page.getByLabel(t('web.reorganisation.day')).fill('joskus');
    await next();
    await page.getByText(t('web.reorganisation.day_wrong')).waitFor();
    await page.getByLabel(t('web.reorganisation.day')).fill(`1.1.${next_year}`);
    if (language === 'fi') await screens('reorganisation day');
    await next();

    await step('web.reorganisation.step.begin');
    await page.getByRole('button', { name: t('web.reorganisation.add_first') }).click();
    await next();
    await page.getByText(t('web.reorganisation.name_missing')).waitFor();
    await accessible('on a new unit without a name');
    await page.getByLabel(t('web.administration.name.in_finnish')).fill(in_finnish);
    await page.getByLabel(t('web.administration.name.in_swedish')).fill(`Tjänster för barn och unga ${language}`);
    await page.getByLabel(t('web.administration.name.in_english')).fill(`Services for the young ${language}`);
    assert.equal(await page.getByLabel(t('web.administration.id')).inputValue(), id);
    await page.getByLabel(t('web.units.parent')).selectOption('perhe-sosiaali');
    await screens('reorganisation new units');
    await next();

    await step('web.reorganisation.step.end');
    const named = { fi: in_finnish, sv: `Tjänster för barn och unga ${language}`, en: `Services for the young ${language}` }[language];
    const old = { fi: 'lastensuojelu', sv: 'lapsiperheet', en: 'vammaistyo' }[language];
    const { units } = await (await api_of(server, 'administrator')).get('/api/v1/reference/units');
    const old_name = units.find((unit) => unit.unit_id === old).name[language];
    await page.getByLabel(old_name, { exact: true }).check();
    await page.getByRole('group', { name: t('web.reorganisation.successors_of', { name: old_name }) }).getByLabel(named).check();
    await screens('reorganisation units that end');
    await next();

    await step('web.reorganisation.step.preview');
    await page.getByRole('row').filter({ hasText: old_name }).filter({ hasText: named }).waitFor();
    await page.getByText(t('web.reorganisation.organisation_on', { date: language === 'en' ? `01/01/${next_year}` : `1.1.${next_year}` })).click();
    await screens('reorganisation preview');
    await page.locator('button[type="submit"]').click();
    await page.getByRole('heading', { level: 1, name: t('web.units.title') }).waitFor();
    await page.getByRole('row').filter({ hasText: id }).waitFor();
    const after = (await (await api_of(server, 'administrator')).get('/api/v1/reference/units')).units;
    assert.deepEqual(after.find((unit) => unit.unit_id === old).successors, [id]);
    assert.equal(after.find((unit) => unit.unit_id === old).valid_until, `${this_year}-12-31`);
    assert.equal(after.find((unit) => unit.unit_id === id).valid_from, `${next_year}-01-01`);
  });
}

story('a department ends: what stood below it is given another place, and open cases are counted', { login: 'administrator' }, async ({ page, t, server, accessible, picture }) => {
  const next = () => page.getByRole('button', { name: t('web.reorganisation.next') }).press('Enter');
  await page.goto('/administration/units/reorganisation');
  await page.getByLabel(t('web.reorganisation.day')).fill('1.1.2028');
  await next();
  await page.getByRole('button', { name: t('web.reorganisation.add_first') }).click();
  await page.getByLabel(t('web.administration.name.in_finnish')).fill('Hyvinvoinnin toimiala');
  await next();
  const { units } = await (await api_of(server, 'administrator')).get('/api/v1/reference/units');
  const department = units.find((unit) => unit.unit_id === 'terveys-paihde').name.fi;
  const below = units.filter((unit) => unit.parent === 'terveys-paihde');
  assert.ok(below.length > 0);
  await page.getByLabel(department, { exact: true }).check();
  await page.getByRole('group', { name: t('web.reorganisation.successors_of', { name: department }) }).getByLabel('Hyvinvoinnin toimiala').check();
  const moved = page.getByLabel(t('web.reorganisation.new_parent', { name: below[0].name.fi }));
  assert.equal(await moved.locator('option:checked').textContent(), 'Hyvinvoinnin toimiala', 'the successor is suggested');
  await accessible('on units that lose their department');
  await picture('reorganisation of a department');
  await next();
  await page.getByRole('row').filter({ hasText: below[0].name.fi }).filter({ hasText: t('web.reorganisation.moves') }).waitFor();
  await page.locator('button[type="submit"]').click();
  await page.getByRole('heading', { level: 1, name: t('web.units.title') }).waitFor();
  const list = await (await api_of(server, 'administrator')).get('/api/v1/reference/units');
  const later = list.other_versions.find((unit) => unit.unit_id === below[0].unit_id && unit.valid_from === '2028-01-01');
  assert.equal(later.parent, 'hyvinvoinnin-toimiala');
  assert.equal(list.units.find((unit) => unit.unit_id === below[0].unit_id).parent, 'terveys-paihde', 'until then it stays');
});

for (const language of languages) {
  story('what a time limit would do is seen before it is saved', { language, login: 'administrator', refusals: [422] }, async ({ page, t, screens }) => {
    await page.goto('/administration/policies/reminder.answer');
    await page.getByLabel(t('web.policies.count'), { exact: true }).fill('14');
    await page.getByLabel(t('web.policies.warn')).fill('20');
    await page.getByRole('button', { name: t('web.policies.effect.look') }).click();
    await page.getByText(t('reference.warns_after_target')).waitFor();
    await page.getByLabel(t('web.policies.warn')).fill('7');
    await page.getByRole('button', { name: t('web.policies.effect.look') }).click();
    await page.getByText(t('web.policies.effect.how')).waitFor();
    await screens('effect of a policy');
    // What is typed further is not what was looked at.
    await page.getByLabel(t('web.policies.count'), { exact: true }).fill('15');
    await page.getByText(t('web.policies.effect.how')).waitFor({ state: 'detached' });
  });
}

story('a time limit of next year is there before it holds', { login: 'administrator' }, async ({ page, t }) => {
  await page.goto('/administration/policies/inquiry.progress');
  await page.getByLabel(t('web.administration.valid_from')).fill('1.1.2028');
  await page.getByLabel(t('web.policies.count'), { exact: true }).fill('9');
  await page.getByRole('button', { name: t('web.administration.save'), exact: true }).click();
  await page.getByRole('heading', { level: 1, name: t('web.policies.title') }).waitFor();
  const rows = page.getByRole('row').filter({ hasText: t('web.policy.inquiry_progress') });
  await rows.filter({ hasText: t('web.administration.begins', { date: '1.1.2028' }) }).waitFor();
  assert.equal(await rows.count(), 2, 'the one of today is there too');
});
