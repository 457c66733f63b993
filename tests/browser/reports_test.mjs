// Those who make reports: chosen, read on the screen, reconciled, fetched in every form, given up, refused.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { languages, stage } from './harness.mjs';

const story = stage();
const year = { report: 'annual', from: '2018-01', to: '2018-12' };
const view_of = (route, state) => ({ rendering_id: route.request().url().split('/').at(-1), text: '', file_name: '', media_type: '', size: '0', sha256: '', url: '', ...state });
const address = (given) => `/reports?${new URLSearchParams(given)}`;

for (const language of languages) {
  story('a report is chosen and read on the screen', { language, login: 'ombudsman' }, async ({ page, t, screens }) => {
    await page.getByRole('navigation').getByRole('link', { name: t('web.reports.title') }).click();
    await page.getByRole('heading', { level: 1, name: t('web.reports.title') }).waitFor();
    await page.getByLabel(t('web.reports.year'), { exact: true }).selectOption('2018');
    await page.getByLabel(t('web.reports.kind.summary_ombudsman')).check();
    await page.getByRole('button', { name: t('web.reports.show'), exact: true }).click();
    const report = page.locator('.report-place');
    await report.getByRole('table').first().waitFor();
    assert.match(page.url(), /from=2018-01&to=2018-12&report=summary-ombudsman/);
    await screens('reports read');
  });
}

story('the annual report has its figures to the digit, and its contents lead to its parts', { login: 'ombudsman' }, async ({ page, t, accessible }) => {
  await page.goto(address(year));
  await page.getByRole('button', { name: t('web.reports.show'), exact: true }).click();
  const report = page.locator('.report-place');
  await report.getByText(/1\s565/).first().waitFor();
  const part = report.getByRole('navigation').getByRole('link').nth(5);
  await part.click();
  await page.waitForFunction(() => globalThis.scrollY > 1000);
  await accessible('with an annual report');
});

story('the parts sum to the whole, on the screen', { login: 'lawyer' }, async ({ page, t, accessible }) => {
  await page.goto(address({ ...year, report: 'legal' }));
  await page.getByRole('button', { name: t('web.reports.reconcile') }).click();
  await page.locator('.report-place').getByRole('table').first().waitFor();
  await page.getByRole('heading', { level: 2, name: new RegExp(t('web.reports.reconciliation')) }).waitFor();
  await accessible('with a reconciliation');
});

story('a public form keeps small figures back, and each form is a file of its own', { login: 'lawyer' }, async ({ page, t, screens }) => {
  await page.goto(address({ ...year, report: 'legal', level: 'public' }));
  const files = page.getByRole('region', { name: t('web.reports.files') });
  for (const [form, begins] of [['pdf', '%PDF'], ['docx', 'PK'], ['xlsx', 'PK'], ['csv', 'section,'], ['json', '{']]) {
    const saved = page.waitForEvent('download', { timeout: 60_000 });
    await files.getByRole('button', { name: t(`web.reports.form.${form}`), exact: true }).click();
    const download = await saved;
    assert.match(download.suggestedFilename(), new RegExp(`^report-legal-2018-fi.*\\.${form}$`));
    const text = readFileSync(await download.path(), 'latin1');
    assert.ok(text.startsWith(begins), `${form} begins with ${text.slice(0, 8)}`);
  }
  assert.equal(await files.getByRole('link', { name: new RegExp(t('web.reports.fetch')) }).count(), 5, 'each can be saved again');
  await screens('reports files');
  await files.getByRole('button', { name: t('web.reports.remove') }).first().click();
  await page.waitForFunction(() => document.querySelectorAll('.renderings > li').length === 4);
});

story('a report that takes long says how far it is, and can be given up', { login: 'ombudsman' }, async ({ page, t, screens }) => {
  await page.goto(address(year));
  const files = page.getByRole('region', { name: t('web.reports.files') });
  await page.route('**/renderings/*/progress', (route) => route.fulfill({ status: 200, contentType: 'text/event-stream', body: 'event: progress\ndata: {"state":"rendering","percent":60}\n\n' }));
  await page.route(/renderings\/[^/]+$/, async (route) => {
    if (route.request().method() !== 'GET') return route.continue();
    await route.fulfill({ json: view_of(route, { state: 'rendering', percent: 60 }) });
  });
  await files.getByRole('button', { name: t('web.reports.form.pdf'), exact: true }).click();
  await files.getByRole('progressbar').waitFor();
  await files.getByText(t('web.reports.state.rendering')).waitFor();
  await screens('reports waiting');
  const gone = page.waitForRequest((request) => request.method() === 'DELETE');
  await files.getByRole('button', { name: t('web.reports.cancel') }).click();
  await gone;
  await files.getByRole('listitem').waitFor({ state: 'detached' });
});

story('months that do not go together are refused at the field, and nothing chosen is lost', { login: 'lawyer', refusals: [422] }, async ({ page, t, screens }) => {
  await page.goto(address({ report: 'legal', from: '2018-05', to: '2018-02' }));
  await page.getByRole('button', { name: t('web.reports.show'), exact: true }).click();
  const last = page.getByLabel(t('web.reports.to'));
  await page.getByText(t('report_request.months')).waitFor();
  assert.equal(await last.getAttribute('aria-invalid'), 'true');
  await screens('reports refused');
  await last.selectOption('2018-08');
  await page.getByRole('button', { name: t('web.reports.show'), exact: true }).click();
  await page.locator('.report-place').getByRole('table').first().waitFor();
});

story('a report that could not be made says why, and is tried again', { login: 'ombudsman' }, async ({ page, t, accessible }) => {
  await page.goto(address(year));
  const files = page.getByRole('region', { name: t('web.reports.files') });
  const failing = /renderings\/[^/]+$/;
  await page.route(failing, (route) => route.fulfill({ json: view_of(route, { state: 'failed', percent: 80, text: t('rendering.not_made') }) }));
  await files.getByRole('button', { name: t('web.reports.form.csv'), exact: true }).click();
  await files.getByText(t('rendering.not_made')).waitFor();
  await accessible('with a failure');
  await page.unroute(failing);
  const saved = page.waitForEvent('download');
  await files.getByRole('button', { name: t('web.reports.again') }).click();
  await saved;
});
