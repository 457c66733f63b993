// A server that fails, hangs or is cut off: it is said, it is tried again, and nothing is lost.
import assert from 'node:assert/strict';
import { day } from './cases.mjs';
import { languages, stage } from './harness.mjs';
import { api_of, password } from './server.mjs';

const story = stage();

const failing = ['away', 500, 503];
const problem = (status) => ({ status, contentType: 'application/problem+json', body: JSON.stringify({ type: 'urn:vastine:problem:fault', title: `Fault ${status}`, status }) });
const list = '**/api/v1/work-list*';

for (const language of languages) {
  story('a list that cannot be read says so and is read again by hand or by itself', { language, login: 'lawyer', refusals: failing }, async ({ page, t, context, screens }) => {
    await page.goto('/account');
    // A fault is not tried again by itself.
    await context.route(list, (route) => route.fulfill(problem(500)));
    await page.getByRole('link', { name: t('web.work_list.title') }).click();
    await page.getByText('Fault 500').waitFor();
    await screens('list with a fault');
    await context.unroute(list);
    await page.getByRole('button', { name: t('web.loading.again') }).click();
    await page.getByRole('table').waitFor();
    // A connection that is cut is.
    await context.route('**/api/v1/**', (route) => route.abort('internetdisconnected'));
    await page.getByLabel(t('web.work_list.urgency')).selectOption('overdue');
    await page.getByText(t('web.frame.away')).waitFor();
    await page.getByText(t('web.unreachable.title')).waitFor();
    await screens('list without a server');
    await context.unroute('**/api/v1/**');
    await page.getByText(t('web.frame.away')).waitFor({ state: 'detached' });
    await page.getByRole('table').waitFor();
  });
}

story('an overloaded server is asked again when it says, without a word from anybody', { login: 'lawyer', refusals: failing }, async ({ page, t, context }) => {
  let asked = 0;
  await context.route(list, (route) =>
    ++asked <= 2 ? route.fulfill({ ...problem(503), headers: { 'Retry-After': '1' } }) : route.fallback(),
  );
  await page.goto('/work?scope=everything');
  await page.getByText('Fault 503').waitFor();
  await page.getByText(t('web.loading.trying')).waitFor();
  await page.getByRole('table').waitFor();
  assert.equal(asked, 3);
});

story('the rest of a long list that does not come is asked for again, and what is there stays', { login: 'lawyer', refusals: failing }, async ({ page, t, context, accessible, picture }) => {
  await context.route(list, (route) => (route.request().url().includes('cursor=') ? route.fulfill(problem(500)) : route.fallback()));
  await page.goto('/work?scope=everything&state=all');
  await page.getByRole('table').waitFor();
  await page.evaluate(() => window.scrollTo(0, 6000));
  await page.getByText(t('web.work_list.more_failed')).waitFor();
  await accessible('on a list without its rest');
  await picture('list without its rest');
  await context.unroute(list);
  await page.getByRole('button', { name: t('web.loading.again') }).click();
  await page.getByText(t('web.work_list.more_failed')).waitFor({ state: 'detached' });
  await page.locator('[aria-rowindex="70"] a').waitFor();
});

async function letter(page, t, subject) {
  await page.goto('/register');
  await page.getByLabel(t('label.channel')).selectOption('letter');
  await page.getByLabel(t('label.maker'), { exact: true }).selectOption('client');
  await page.getByRole('group', { name: t('label.client') }).getByRole('textbox', { name: new RegExp(`^${t('label.name')}`) }).fill('Åke Ääri');
  await page.getByRole('textbox', { name: new RegExp(`^${t('label.subject')}`) }).fill(subject);
  await page.getByLabel(t('label.units'), { exact: true }).selectOption('terveysasemat');
  await page.getByLabel(/^Terveydenhuolto/).first().check();
  await page.getByLabel(t('label.cause'), { exact: true }).first().selectOption('access');
}
const registered = (page, t) => page.getByRole('heading', { level: 2, name: t('web.register.done', { kind: t('web.kind.reminder') }) });
const how_many = async (server, subject) => {
  const registrar = await api_of(server, 'registrar');
  const { rows } = await registrar.get('/api/v1/work-list?scope=everything&unit=terveysasemat&limit=200');
  return rows.filter((row) => row.subject === subject).length;
};

story('a letter is registered once by a server that fails first and loses its answer', { login: 'registrar', refusals: failing }, async ({ page, t, context, server }) => {
  const keys = [];
  let held;
  await context.route('**/api/v1/reminders', async (route) => {
    if (route.request().method() !== 'POST') return route.fallback();
    keys.push(route.request().headers()['idempotency-key']);
    if (keys.length === 1) return route.fulfill(problem(503));
    // It arrives, and its answer is heard by nobody.
    if (keys.length === 2) {
      held = route.request().postDataJSON();
      const registrar = await api_of(server, 'registrar');
      await registrar.post('/api/v1/reminders', held, undefined, keys[0]);
      return route.abort('internetdisconnected');
    }
    return route.fallback();
  });
  await letter(page, t, 'Kerran vain');
  await page.keyboard.press('Control+Enter');
  await registered(page, t).waitFor();
  assert.equal(new Set(keys).size, 1, 'under one key, however often it was sent');
  assert.equal(await how_many(server, 'Kerran vain'), 1);
});

for (const language of languages) {
  story('a form that the server cannot take says so, keeps what was typed, and is sent again', { language, login: 'registrar', refusals: failing }, async ({ page, t, context, screens }) => {
    await page.goto('/account');
    await page.getByLabel(t('web.tokens.label')).first().fill(`Raportti ${language}`);
    await context.route('**/api/v1/tokens', (route) => (route.request().method() === 'POST' ? route.fulfill(problem(500)) : route.fallback()));
    await page.getByRole('button', { name: t('web.tokens.make') }).click();
    await page.getByText('Fault 500').waitFor();
    await screens('form with a fault');
    assert.equal(await page.getByLabel(t('web.tokens.label')).first().inputValue(), `Raportti ${language}`);
    await context.unroute('**/api/v1/tokens');
    await page.getByLabel(t('web.tokens.label')).first().press('Enter');
    await page.getByText(t('web.tokens.secret_text')).waitFor();
  });
}

story('a server that takes half a minute is waited for, and says nothing is lost', { login: 'registrar' }, async ({ page, t, context, accessible, server }) => {
  let sent = 0;
  await context.route('**/api/v1/reminders', async (route) => {
    if (route.request().method() !== 'POST') return route.fallback();
    ++sent;
    await new Promise((done) => setTimeout(done, 30_000));
    return route.fallback();
  });
  await letter(page, t, 'Hidas palvelin');
  await page.keyboard.press('Control+Enter');
  await page.getByText(t('web.case.slow')).waitFor();
  await accessible('on a form that waits');
  // Impatience sends nothing twice.
  await page.keyboard.press('Control+Enter');
  await registered(page, t).waitFor({ timeout: 60_000 });
  assert.equal(sent, 1);
  assert.equal(await how_many(server, 'Hidas palvelin'), 1);
});

story('a session that ends while a case is handled goes on where it was', { login: 'lawyer', refusals: [401] }, async ({ page, t, context, server }) => {
  const registrar = await api_of(server, 'registrar');
  const { case_id } = await registrar.post('/api/v1/reminders', {
    opening: { arrived_on: day(-6), channel: 'letter', units: ['terveysasemat'], sectors: ['health'], cause: 'care', maker: 'client', subject: 'Istunto päättyi', client: { name: 'Anna Åkerlund' } },
  });
  await page.goto(`/reminders/${case_id}?step=assign`);
  const form = page.getByRole('region', { name: t('command.Assign') });
  await form.getByLabel(t('label.handler')).selectOption({ label: 'Henrik Berg' });
  await form.getByRole('textbox').first().fill('Kirjoitettu ennen istunnon loppua');
  await context.clearCookies();
  await form.getByRole('button', { name: t('command.Assign'), exact: true }).click();
  const again = page.getByRole('dialog', { name: t('web.sign_in.again.title') });
  await again.getByLabel(t('web.sign_in.login')).fill('lawyer');
  await again.getByLabel(t('web.sign_in.password')).fill(password);
  await page.keyboard.press('Enter');
  await page.getByText(t('web.case.done', { step: t('command.Assign') })).waitFor();
  const { timeline } = await registrar.get(`/api/v1/reminders/${case_id}`);
  assert.equal(JSON.parse(timeline.at(-1).event_json).given.note, 'Kirjoitettu ennen istunnon loppua');
});
