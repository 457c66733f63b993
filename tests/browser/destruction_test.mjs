// What is destroyed when its time of keeping is over: the list that two persons approve, its certificate, and the
// holds that keep a case.
import assert from 'node:assert/strict';
import { languages, stage } from './harness.mjs';
import { api_of } from './server.mjs';
import { step, this_year } from './cases.mjs';

// The demo is of 2018: reminders are kept for five years here, so that those of then are due.
const story = stage({
  ready: async (server) => {
    const administrator = await api_of(server, 'administrator');
    const { version } = await administrator.get('/api/v1/reference/retention');
    await administrator.post(
      '/api/v1/reference/retention/retention',
      { subject: 'reminder', valid_from: '2018-01-01', years: 5, ground: 'Kokeilu' },
      version,
    );
  },
});

const in_dialog = (page, name) => page.getByRole('dialog').getByRole('button', { name, exact: true });

for (const language of languages) {
  story('times of keeping, and the next version of one', { language, login: 'administrator' }, async ({ page, t, screens }) => {
    await page.goto('/administration/retention');
    await page.getByRole('table', { name: t('web.retention.title') }).waitFor();
    await screens('times of keeping');
    await page.getByRole('table').getByRole('link').nth(2).click();
    await page.getByLabel(t('web.retention.years')).fill('15');
    await screens('a time of keeping');
    await page.getByRole('button', { name: t('web.administration.save'), exact: true }).click();
    await page.getByRole('table', { name: t('web.retention.title') }).waitFor();
  });

  story('before a list is opened one sees what it would say', { language, login: 'lawyer' }, async ({ page, t, screens }) => {
    await page.goto('/destructions/new');
    await page.getByRole('heading', { name: t('web.destruction.new'), level: 1 }).waitFor();
    await page.getByLabel(t('web.destruction.year'), { exact: true }).selectOption(String(this_year - 3));
    await page.getByRole('heading', { name: new RegExp(`^${t('web.destruction.fate.waiting')}`) }).waitFor();
    await screens('a preview of a list');
  });
}

story('a list is opened, changed, approved by two and carried out', { login: 'registrar' }, async ({ page, t, screens, another, server }) => {
  await page.goto('/destructions');
  await page.getByText(t('web.destruction.none')).waitFor();
  await page.getByRole('link', { name: t('web.destruction.new') }).click();
  await page.getByRole('button', { name: t('web.destruction.open') }).click();
  await page.waitForURL(/\/destructions\/[0-9a-f-]{36}$/);
  // The service gathers the items by itself.
  await page.getByRole('heading', { name: new RegExp(`^${t('web.destruction.fate.waiting')}`) }).waitFor({ timeout: 60_000 });
  await page.getByText(t('web.destruction.no_approvals')).waitFor();
  await screens('a list that waits for approvals');

  // One is kept out of it, for a reason.
  await page.getByRole('button', { name: new RegExp(`^${t('command.WithholdItem')}`) }).first().click();
  await page.getByRole('dialog').getByLabel(t('web.case.reason')).fill('Kanne on vireillä');
  await screens('withholding an item');
  await in_dialog(page, t('command.WithholdItem')).click();
  await page.getByText(t('web.destruction.reason_given', { reason: 'Kanne on vireillä' })).waitFor();

  await page.getByRole('button', { name: t('command.ApproveDestruction'), exact: true }).click();
  await screens('approving');
  await in_dialog(page, t('command.ApproveDestruction')).click();
  await page.getByRole('button', { name: t('command.WithdrawDestructionApproval') }).waitFor();

  const lawyer = await another({});
  await lawyer.sign_in('lawyer');
  await lawyer.page.goto(page.url());
  await lawyer.page.getByRole('button', { name: t('command.ApproveDestruction'), exact: true }).click();
  await in_dialog(lawyer.page, t('command.ApproveDestruction')).click();
  // The service does the rest; the page follows it by itself.
  await page.getByRole('heading', { name: t('web.destruction.certificate'), exact: true }).waitFor({ timeout: 120_000 });
  await page.getByRole('heading', { name: new RegExp(`^${t('web.destruction.fate.destroyed')}`) }).waitFor();
  await screens('a completed list');

  const pdf = await page.getByRole('link', { name: t('web.destruction.certificate_pdf') }).getAttribute('href');
  const printed = await page.evaluate(async (path) => {
    const response = await fetch(path);
    return [response.headers.get('Content-Type'), (await response.text()).slice(0, 5)];
  }, pdf);
  assert.deepEqual(printed, ['application/pdf', '%PDF-']);
  // Somebody withheld one: it is still there, the others are not.
  const registrar = await api_of(server, 'registrar');
  const { items } = await registrar.get(`/api/v1/destructions/${page.url().split('/').at(-1)}`);
  const [kept, gone] = ['withheld', 'destroyed'].map((fate) => items.find((item) => item.fate === fate));
  assert.equal((await registrar.get(`/api/v1/reminders/${kept.item_id}`)).key_gone, false);
  assert.equal((await registrar.get(`/api/v1/reminders/${gone.item_id}`)).key_gone, true);
  await page.goto('/destructions');
  await page.getByRole('table').waitFor();
  await screens('destruction lists');
});

story('a hold is placed on a case, stands in the list of holds and is lifted', { login: 'lawyer' }, async ({ page, t, screens, server }) => {
  const lawyer = await api_of(server, 'lawyer');
  const { rows } = await lawyer.get('/api/v1/work-list?scope=everything&kind=reminder&limit=1');
  const place = `/reminders/${rows[0].case_id}`;
  await page.goto(place);
  await step(page, t, 'PlaceHold', async (form) => form.getByLabel(t('web.case.reason')).fill('Oikeudenkäynti on kesken'));
  await page.goto('/holds');
  await page.getByText('Oikeudenkäynti on kesken').waitFor();
  await screens('holds');
  await page.goto(place);
  await step(page, t, 'LiftHold', async (form) => {
    // The only one there is stands chosen.
    await form.getByLabel(t('label.hold_id')).getByText(/Oikeudenkäynti/).waitFor({ state: 'attached' });
    assert.equal(await form.getByLabel(t('label.hold_id')).inputValue(), 'h1');
    await form.getByLabel(t('web.case.reason')).fill('Tuomio on annettu');
  });
  await page.goto('/holds');
  await page.getByText(t('web.holds.none')).waitFor();
});
