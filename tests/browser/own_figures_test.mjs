// One's own statistics at a glance, and the own unit's answer times and causes.
import assert from 'node:assert/strict';
import { languages, stage } from './harness.mjs';
import { api_of } from './server.mjs';

const story = stage();

for (const language of languages) {
  story('an ombudsman sees what they have done, by month and cause', { language, login: 'ombudsman' }, async ({ page, t, server, screens }) => {
    const api = await api_of(server, 'ombudsman');
    await api.post('/api/v1/contacts', {
      contacted_on: new Date().toISOString().slice(0, 10),
      channel: 'phone',
      who: 'client',
      minutes: 25,
      matters: [{ sectors: ['health'], causes: ['patient-care'], measures: ['advice'] }],
    });
    const own = await api.get('/api/v1/own-figures');
    await page.goto('/own');
    const figures = page.getByRole('region', { name: t('web.own_statistics.title') });
    const today = figures.locator('.headline > div', { hasText: t('web.own_statistics.today') });
    assert.equal((await today.locator('.value').innerText()).trim(), String(own.contacts_today));
    await figures.getByText(t('web.own_statistics.more')).click();
    const months = figures.getByRole('table', { name: t('web.own_statistics.by_month') });
    assert.equal(await months.getByRole('rowheader').count(), own.months.length);
    await figures.getByText(own.basis.definition).waitFor({ state: language === 'fi' ? 'visible' : 'detached' });
    await screens('own figures');
  });

  story("a unit head sees the own unit's answer times and causes", { language, login: 'head-health' }, async ({ page, t, server, screens }) => {
    const api = await api_of(server, 'head-health');
    const now = new Date().toISOString().slice(0, 7);
    const told = await api.get(`/api/v1/deadlines?kind=reminder&last_month=${now}&limit=1`);
    assert.equal(told.answer_days_median ?? 0, 0, 'of none answered there is no answer time');
    await page.goto('/unit');
    const times = page.getByRole('region', { name: t('web.unit.times') });
    await times.getByText(t('web.unit.answered'), { exact: true }).waitFor();
    assert.equal(await times.getByText(t('web.unit.median')).count(), 0);
    // A year in which something was answered.
    await page.route('**/api/v1/deadlines?*', (route) =>
      route.fulfill({ json: { ...told, answered: '12', kept: '9', kept_share: 0.75, kept_credited_share: 0.83, answer_days_median: 24, answer_days_longest: 41 } }),
    );
    await page.reload();
    await times.getByText(t('web.unit.days.other', { n: 24 })).waitFor();
    await page.getByRole('region', { name: t('web.unit.causes') }).waitFor();
    await screens('own unit figures');
  });
}
