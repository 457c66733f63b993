// What the administrator looks after beside units, codes and users: seen in three languages, and changed.
import assert from 'node:assert/strict';
import { next_year } from './cases.mjs';
import { languages, stage } from './harness.mjs';
import { api_of } from './server.mjs';

const story = stage();
const save = (page, t) => page.getByRole('button', { name: t('web.administration.save'), exact: true }).click();
const heading = (page, name) => page.getByRole('heading', { level: 1, name }).waitFor();

for (const language of languages) {
  story('the rest of the administrator\'s pages', { language, login: 'administrator' }, async ({ page, t, screens }) => {
    for (const [path, title, name] of [
      ['/administration', 'web.administration.title', 'overview'],
      ['/administration/organisation', 'web.organisation.title', 'organisation'],
      ['/administration/authorities', 'web.authorities.title', 'authorities'],
      ['/administration/authorities/avi-esavi', undefined, 'authority'],
      ['/administration/closing-days/new', 'web.closing_days.new', 'closing day'],
      ['/administration/absences/new', 'web.absences.new', 'absence'],
    ]) {
      await page.goto(path);
      await heading(page, title ? t(title) : undefined);
      await page.getByRole('table').or(page.locator('form')).or(page.locator('.overview')).first().waitFor();
      await screens(`administration ${name}`);
    }
  });
}

story('a closing day comes back every year, and is taken away again', { login: 'administrator', refusals: [422] }, async ({ page, t, accessible, picture }) => {
  await page.goto('/administration');
  await page.getByRole('main').getByRole('link', { name: t('web.closing_days.title') }).click();
  await page.getByText(t('web.closing_days.none')).waitFor();
  await page.getByRole('link', { name: t('web.closing_days.new') }).click();
  await page.getByLabel(t('web.administration.name.in_finnish')).fill('Välipäivä');
  await page.getByLabel(t('web.administration.name.in_swedish')).fill('Mellandag');
  await page.getByLabel(t('web.administration.name.in_english')).fill('Day between');
  await page.getByRole('textbox', { name: t('web.closing_days.on') }).fill(`28.12.${next_year}`);
  await page.getByLabel(t('web.closing_days.yearly_check')).check();
  await save(page, t);
  await page.locator('[name="reason"]:focus').waitFor();
  await accessible('on a closing day without a reason');
  await page.getByLabel(t('web.closing_days.reason')).fill('johtajan päätös 12/2026');
  await save(page, t);
  const row = page.getByRole('row').filter({ hasText: 'Välipäivä' });
  await row.getByText(t('web.closing_days.yearly')).waitFor();
  await accessible('on closing days');
  await picture('closing days');
  await row.getByRole('link').click();
  await page.getByRole('button', { name: t('web.closing_days.withdraw') }).click();
  await page.getByText(t('web.closing_days.none')).waitFor();
  // Taken away by mistake: it comes back as it was.
  await page.getByRole('button', { name: t('web.toast.undo'), exact: true }).click();
  await row.getByText(t('web.closing_days.yearly')).waitFor();
});

story('while somebody is away a colleague of the same side stands in', { login: 'administrator' }, async ({ page, t, server, accessible, picture }) => {
  const administrator = await api_of(server, 'administrator');
  const { users } = await administrator.get('/api/v1/reference/users');
  const of = (role) => users.filter((user) => user.active && user.roles.includes(role));
  const [away] = of('OMBUDSMAN');
  await page.goto('/administration/absences');
  await page.getByText(t('web.absences.none')).waitFor();
  await page.getByRole('link', { name: t('web.absences.new') }).click();
  await page.getByLabel(t('web.absences.who')).selectOption({ label: away.name });
  const substitutes = await page.getByLabel(t('web.absences.substitute')).locator('option').allTextContents();
  assert.ok(!substitutes.includes(of('LAWYER')[0].name), 'nobody of the other side');
  assert.ok(!substitutes.includes(away.name), 'not oneself');
  await page.getByLabel(t('web.absences.first_day')).fill(`1.7.${next_year}`);
  await page.getByLabel(t('web.absences.last_day')).fill(`31.7.${next_year}`);
  await page.getByLabel(t('web.absences.substitute')).selectOption({ index: 1 });
  await save(page, t);
  const row = page.getByRole('row').filter({ hasText: away.name });
  await row.waitFor();
  await accessible('on absences');
  await picture('absences');
  await row.getByRole('button', { name: t('web.absences.withdraw_one', { name: away.name }) }).click();
  await page.getByText(t('web.absences.withdrawn')).waitFor();
  await page.getByText(t('web.absences.none')).waitFor();
});

story('an authority ends, and another goes on in its place', { login: 'administrator' }, async ({ page, t, server }) => {
  await page.goto('/administration/authorities/new');
  await page.getByLabel(t('web.administration.id')).fill('lvv');
  await page.getByText(t('web.administration.id_taken')).waitFor();
  await page.getByLabel(t('web.administration.id')).fill('uusi-virasto');
  await page.getByLabel(t('web.administration.name.in_finnish')).fill('Uusi virasto');
  await page.getByLabel(t('web.administration.valid_from')).fill('1.1.2028');
  await save(page, t);
  await page.getByRole('link', { name: 'Uusi virasto' }).waitFor();
  await page.goto('/administration/authorities/lvv');
  await page.getByLabel(t('web.administration.valid_until')).fill(`31.12.${next_year}`);
  await page.getByLabel(t('web.authorities.successor')).selectOption({ label: 'Uusi virasto' });
  await save(page, t);
  await heading(page, t('web.authorities.title'));
  const { authorities } = await (await api_of(server, 'administrator')).get('/api/v1/reference/authorities');
  assert.equal(authorities.find((one) => one.authority_id === 'lvv').successor, 'uusi-virasto');
});

// The name of this unit stands in no other language, so on another page it is marked as Finnish.
story('words in another language than the page say which', { language: 'sv', login: 'administrator' }, async ({ page, t, server, accessible }) => {
  const administrator = await api_of(server, 'administrator');
  const { version } = await administrator.get('/api/v1/reference/units');
  await administrator.post('/api/v1/reference/units/units', { unit_id: 'vain-suomeksi', name: { fi: 'Vain suomeksi' }, valid_from: '2020-01-01' }, version);
  await page.goto('/administration/units');
  const row = page.getByRole('row').filter({ hasText: 'Vain suomeksi' });
  assert.equal(await row.locator('[lang="fi"]').textContent(), 'Vain suomeksi');
  assert.equal(await page.getByRole('table').locator('[lang]').count(), 1, 'and no other');
  await page.goto('/administration/units/new');
  await page.getByLabel(t('web.units.parent')).locator('option', { hasText: 'Vain suomeksi' }).waitFor({ state: 'attached' });
  assert.equal(await page.getByLabel(t('web.administration.name.in_finnish')).getAttribute('lang'), 'fi');
  await accessible('on fields in three languages');
});
