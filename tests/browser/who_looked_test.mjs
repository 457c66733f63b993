// Who looked: a file opened in an emergency, those who are told of it, the auditor's search, a person's own extract.
import assert from 'node:assert/strict';
import { a_reminder, steps_of } from './cases.mjs';
import { languages, stage } from './harness.mjs';
import { api_of } from './server.mjs';

const story = stage();

// The lawyer works with social services alone from here on: reminders of health are not theirs to see.
async function only_social(server) {
  const administrator = await api_of(server, 'administrator');
  const { version, users } = await administrator.get('/api/v1/reference/users');
  const lawyer = users.find(({ login }) => login === 'lawyer');
  if (lawyer.sectors.includes('social') && lawyer.sectors.length === 1) return;
  await administrator.post('/api/v1/reference/users/users', { ...lawyer, sectors: ['social'] }, version);
}

for (const language of languages) {
  story('a file is opened in an emergency with a reason, read and not changed, and those who are told see it', { language, login: 'lawyer', refusals: [404, 422] }, async ({ page, t, server, another, screens }) => {
    await only_social(server);
    const { id } = await a_reminder(server, `Kiireellinen (${language})`);
    await page.goto(`/reminders/${id}`);
    await page.getByText(t('web.emergency.offer')).waitFor();
    await screens('no case, or not yours');
    await page.getByRole('button', { name: t('web.emergency.begin') }).click();
    await page.getByRole('button', { name: t('web.emergency.open') }).click();
    await page.getByRole('region', { name: t('web.emergency.begin') }).getByRole('alert').waitFor();
    await screens('stating the reason');
    await page.getByRole('textbox', { name: new RegExp(`^${t('web.emergency.reason')}`) }).fill(`Lapsi vaarassa ${language}`);
    await page.getByRole('button', { name: t('web.emergency.open') }).click();
    await page.getByRole('heading', { level: 1, name: `Kiireellinen (${language})` }).waitFor();
    await page.getByText(t('web.emergency.stated', { reason: `Lapsi vaarassa ${language}` })).waitFor();
    assert.equal(await page.getByRole('button', { name: t('command.AcknowledgeReminder'), exact: true }).count(), 0);
    await screens('open in an emergency');

    const registrar = await another({});
    await registrar.sign_in('registrar');
    await registrar.page.goto('/emergencies');
    await registrar.page.getByText(`Lapsi vaarassa ${language}`).waitFor();
    await registrar.screens('those who are told');
  });

  story('a case that is not there is offered in the same words, and opens nothing', { language, login: 'lawyer', refusals: [404] }, async ({ page, t }) => {
    await page.goto('/reminders/99999999-0000-4000-8000-000000000001');
    await page.getByText(t('web.emergency.offer')).waitFor();
    await page.getByRole('button', { name: t('web.emergency.begin') }).click();
    await page.getByRole('textbox', { name: new RegExp(`^${t('web.emergency.reason')}`) }).fill('Kiire');
    await page.getByRole('button', { name: t('web.emergency.open') }).click();
    await page.getByText(t('access.no_such_case')).first().waitFor();
  });

  story('the auditor finds who looked, by whom and what, and takes it as a file', { language, login: 'auditor-legal' }, async ({ page, t, server, screens }) => {
    const { registrar, id } = await a_reminder(server, `Kuka katsoi (${language})`);
    for (let i = 0; i < 3; ++i) await registrar.get(`/api/v1/reminders/${id}`);
    await page.goto('/audit');
    await page.getByRole('heading', { level: 2, name: t('web.audit.days') }).waitFor();
    await screens('all of the log');
    await page.getByLabel(t('web.emergency.case')).fill(id);
    await page.getByLabel(t('web.looked.what')).selectOption('page');
    await page.getByText(t('web.audit.found.other', { n: 3 })).waitFor();
    await page.getByRole('table', { name: t('web.audit.entries') }).locator('summary').first().click();
    await screens('of one case');
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: t('web.audit.file') }).click()]);
    assert.equal(file.suggestedFilename(), 'vastine-log.csv');
  });

  story('an extract is reviewed, one entry is withheld, and what is given is printed again', { language, login: 'registrar', refusals: [422] }, async ({ page, t, server, screens }) => {
    const { registrar, id } = await a_reminder(server, `Ote (${language})`);
    await registrar.get(`/api/v1/reminders/${id}`);
    await registrar.get(`/api/v1/reminders/${id}`);
    await page.goto(`/reminders/${id}`);
    await steps_of(page).waitFor();
    await page.locator('.all-steps > summary').click();
    await steps_of(page).getByRole('button', { name: t('command.ReleaseLogExtract'), exact: true }).click();
    const form = page.getByRole('region', { name: t('command.ReleaseLogExtract') });
    await form.getByRole('checkbox').first().check();
    await screens('reviewing an extract');
    await form.getByRole('button', { name: t('command.ReleaseLogExtract'), exact: true }).click();
    await form.getByRole('alert').waitFor();
    await form.getByRole('textbox', { name: new RegExp(`^${t('web.extract.why_withheld')}`) }).fill('Vaarantaisi');
    await form.getByRole('textbox', { name: new RegExp(`^${t('web.extract.ground')}`) }).fill('703/2023');
    await form.getByRole('textbox', { name: new RegExp(`^${t('label.recipient')}`) }).fill('Anna Åkerlund');
    await form.getByRole('button', { name: t('command.ReleaseLogExtract'), exact: true }).click();
    await page.getByRole('heading', { name: t('event.LogExtractReleased') }).waitFor();
    const text = await registrar.get(`/api/v1/reminders/${id}/log-extract`);
    assert.equal(text.released.length, 1);
    assert.equal(text.released[0].withheld, 1);
    await screens('released');
  });
}
