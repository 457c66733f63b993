// A board reads what is published: the figures at a glance, each chart with its table, the reports themselves.
import assert from 'node:assert/strict';
import { languages, stage } from './harness.mjs';
import { api_of } from './server.mjs';

// The service makes the files of what the demo has published after its start.
async function files_made(server) {
  const api = await api_of(server, 'board');
  for (;;) {
    const { rows } = await api.get('/api/v1/published');
    if (rows.length > 1 && rows.every(({ files_waiting }) => !files_waiting)) return;
    await new Promise((done) => setTimeout(done, 500));
  }
}

const story = stage({ ready: files_made });

for (const language of languages) {
  story('a board sees trends, causes and kept deadlines, each chart with its table', { language, login: 'board' }, async ({ page, t, screens, server }) => {
    await page.getByRole('heading', { level: 1, name: t('web.dashboard.title') }).waitFor();
    for (const part of ['trends', 'causes', 'deadlines']) {
      await page.getByRole('region', { name: t(`web.dashboard.${part}`), exact: true }).getByRole('figure').first().waitFor();
    }
    const causes = page.getByRole('region', { name: t('web.dashboard.causes'), exact: true });
    const chart = causes.getByRole('img').first();
    assert.ok((await chart.getAttribute('aria-labelledby')).includes('-desc'), 'a chart is described in words');
    await causes.getByText(t('web.figures.as_table')).first().click();
    await causes.getByRole('table').first().waitFor();

    // The same figures as published, to the letter.
    const api = await api_of(server, 'board');
    const { rows } = await api.get('/api/v1/published');
    const annual = rows.find((row) => row.publication_kind === 'annual');
    const published = await api.get(`/api/v1/published/${annual.publication_id}/tables/cause?lang=${language === 'en' ? 'fi' : language}`);
    const cells = await causes.getByRole('table').first().locator('tbody tr:first-child td').allInnerTexts();
    assert.deepEqual(
      cells.map((cell) => cell.split('\n')[0].replace(/\s/g, ' ').trim()),
      published.rows[0].cells.map((cell) => cell.written.replace(/\s/g, ' ')),
    );
    await causes.getByText(published.definition).first().waitFor();
    await screens('board');
  });
}

story('a suppressed figure says so where the board asks for a table', { login: 'board' }, async ({ page, t, server, accessible }) => {
  await page.goto('/figures');
  const all = page.getByRole('region', { name: t('web.dashboard.any_table') });
  const choice = all.getByLabel(t('web.dashboard.table'));
  await choice.waitFor();
  const api = await api_of(server, 'board');
  const { rows } = await api.get('/api/v1/published');
  const legal = rows.find((row) => row.publication_kind === 'legal');
  const { tables } = await api.get(`/api/v1/published/${legal.publication_id}/tables`);
  const kept_back = tables.find((table) => table.note !== '');
  await choice.selectOption(`legal.${kept_back.table}`);
  await all.getByText(t('web.figures.suppressed'), { exact: true }).first().waitFor();
  await all.getByText(kept_back.note).waitFor();
  assert.match(page.url(), new RegExp(`table=legal.${kept_back.table}`), 'what is shown can be sent to a colleague');
  await page.reload();
  await all.getByText(kept_back.note).waitFor();
  await accessible('with a table');
});

for (const language of languages) {
  story('a published report is read, and its files are there', { language, login: 'board' }, async ({ page, t, screens, accessible }) => {
    await page.getByRole('navigation').getByRole('link', { name: t('web.editions.title') }).click();
    await page.getByRole('heading', { level: 1, name: t('web.editions.title') }).waitFor();
    const link = page.getByRole('link', { name: /PDF/ }).first();
    const answer = await page.request.get(await link.getAttribute('href'), { ignoreHTTPSErrors: true });
    assert.equal(answer.headers()['content-type'], 'application/pdf');
    await screens('editions');
    await page.getByRole('link', { name: t('web.editions.read'), exact: true }).first().click();
    const report = page.locator('.report-place');
    await report.getByRole('table').first().waitFor();
    // Its list of contents leads to its parts.
    const part = report.getByRole('navigation').getByRole('link').nth(2);
    const name = (await part.innerText()).trim();
    await part.click();
    await report.getByRole('heading', { name }).first().waitFor();
    await page.waitForFunction(() => globalThis.scrollY > 200);
    if (language === 'sv') await screens('edition');
    else await accessible('with a published report');
  });
}

story('nobody but a board has the published figures in the way, and everybody may read them', { login: 'lawyer' }, async ({ page, t }) => {
  const navigation = page.getByRole('navigation', { name: t('web.frame.navigation') });
  await navigation.getByRole('link', { name: t('web.reports.title') }).waitFor();
  assert.equal(await navigation.getByRole('link', { name: t('web.dashboard.title'), exact: true }).count(), 0);
  await page.goto('/figures');
  await page.getByRole('figure').first().waitFor();
});

for (const language of languages) {
  story('whoever has no account finds what is published from the sign-in page', { language }, async ({ page, t }) => {
    await page.goto('/');
    await page.getByRole('button', { name: { fi: 'Suomi', sv: 'Svenska', en: 'English' }[language] }).click();
    await page.getByRole('link', { name: t('web.sign_in.published') }).click();
    await page.getByRole('heading', { level: 1, name: t('publishing.page.title') }).waitFor();
    assert.equal(await page.locator('html').getAttribute('lang'), language);
  });
}
