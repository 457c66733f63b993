import assert from 'node:assert/strict';
import { languages, stage } from './harness.mjs';
import { api_of } from './server.mjs';

const story = stage();
const today = () => new Date().toISOString().slice(0, 10);

async function a_contact(server, more = {}) {
  const api = await api_of(server, 'ombudsman');
  const made = await api.post('/api/v1/contacts', {
    contacted_on: today(),
    channel: 'phone',
    who: 'client',
    minutes: 5,
    matters: [{ sectors: ['health'], service_task: 'dental', causes: ['patient-access'], measures: ['advice'] }],
    ...more,
  });
  return { api, id: made.case_id };
}

for (const language of languages) {
  story('a contact grows into a client matter with what the law asks, and no more', { language, login: 'ombudsman', refusals: [422] }, async ({ page, t, server, screens }) => {
    const { api, id } = await a_contact(server);
    await page.goto(`/contacts/${id}`);
    await page.getByRole('button', { name: t('command.RecordClientMatter') }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: t('web.contact.save'), exact: true }).click();
    await dialog.getByRole('alert').waitFor();
    await screens('client matter refused');
    await dialog.getByLabel(t('web.record.client_name')).fill('Keksitty Anna Åkerlund');
    const tongue = dialog.getByRole('combobox', { name: t('label.mother_tongue') });
    await tongue.focus();
    await page.keyboard.type('sv');
    await page.keyboard.press('Tab');
    await dialog.getByLabel(t('web.record.asked')).fill('Miten ajan saa?');
    await dialog.getByLabel(t('web.record.advised')).fill('Neuvottiin hoitotakuusta.');
    await dialog.getByRole('button', { name: t('web.contact.save'), exact: true }).click();
    await page.getByText(t('web.record.recorded')).waitFor();
    const found = await api.get(`/api/v1/contacts/${id}`);
    assert.equal(found.row.stage, 'stage.client-matter');
    const given = JSON.parse(found.timeline.at(-1).event_json).given.client_record;
    assert.equal(given.client.mother_tongue, 'sv');
    assert.equal(given.language, 'sv', 'the language of the contact follows until it is said');
    assert.match(given.client.temporary_id, /^T-/, 'who tells no identity code gets a temporary id');
  });
}

story('a call back is promised, made and promised again, and handling ends', { login: 'ombudsman' }, async ({ page, t, server, screens, accessible }) => {
  const { api, id } = await a_contact(server, { call_back_on: today() });
  await page.goto(`/contacts/${id}`);
  const steps = page.getByRole('region', { name: t('web.contact_steps.title') });
  await steps.waitFor();
  await screens('contact page');
  await steps.getByRole('button', { name: t('web.contact_steps.called_back') }).click();
  await page.getByRole('dialog').getByLabel(t('label.advised'), { exact: true }).fill('Soitettiin, neuvottiin.');
  await screens('called back');
  await page.getByRole('dialog').getByRole('button', { name: t('web.contact.save'), exact: true }).click();
  await page.getByText(t('web.contact_steps.advised')).waitFor();
  assert.equal((await api.get(`/api/v1/contacts/${id}`)).row.ended, true, 'general advice ends with the last call');
  await accessible('after the call');
});

story('a follow-up goes on with the matters of an earlier contact and counts none again', { login: 'ombudsman' }, async ({ page, t, server, screens }) => {
  const { id } = await a_contact(server);
  await page.goto(`/contacts/${id}`);
  await page.getByRole('button', { name: t('web.contact_steps.follow_up') }).click();
  const dialog = page.getByRole('dialog', { name: t('web.contact.follow_up') });
  await dialog.locator('[role=combobox]').first().focus();
  await page.keyboard.type('p');
  await page.keyboard.press('Tab');
  await page.keyboard.type('a');
  await page.keyboard.press('Tab');
  await screens('follow-up');
  const sent = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/api/v1/contacts'));
  await page.keyboard.press('Control+Enter');
  const { follows_up, matters } = (await sent).postDataJSON();
  assert.deepEqual(follows_up, [{ contact_id: id, matter_id: 'm1', sectors: ['health'] }]);
  assert.deepEqual(matters, []);
  await page.getByText(t('web.contact.logged')).waitFor();
});

story('undo opens what was logged, and saves it as a correction with a reason', { login: 'ombudsman' }, async ({ page, t, server }) => {
  await page.getByRole('button', { name: t('web.contact.title') }).waitFor();
  await page.keyboard.press('n');
  await page.locator('dialog [role=combobox]:focus').waitFor();
  for (const typed of ['p', 'a', 'te', 'pä']) {
    await page.keyboard.type(typed);
    await page.keyboard.press('Tab');
  }
  const taken = page.waitForResponse((response) => response.request().method() === 'POST' && response.url().endsWith('/api/v1/contacts'));
  await page.keyboard.press('Control+Enter');
  const { case_id } = await (await taken).json();
  await page.getByRole('button', { name: t('web.toast.undo'), exact: true }).click();
  const dialog = page.getByRole('dialog', { name: t('web.contact.correct') });
  await dialog.getByRole('combobox').nth(1).focus();
  await page.keyboard.type('oma');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Control+Enter');
  await page.getByText(t('web.contact.corrected')).waitFor();
  const { timeline } = await (await api_of(server, 'ombudsman')).get(`/api/v1/contacts/${case_id}`);
  const corrected = JSON.parse(timeline.find((one) => one.type.endsWith('ContactCorrected')).event_json).given;
  assert.equal(corrected.contact.who, 'relative');
  assert.ok(corrected.reason);
});

story('what looks like an identity code is asked about, not refused', { login: 'ombudsman', refusals: [409] }, async ({ page, t, screens }) => {
  await page.getByRole('button', { name: t('web.contact.title') }).waitFor();
  await page.keyboard.press('n');
  await page.locator('dialog [role=combobox]:focus').waitFor();
  for (const typed of ['p', 'a', 'te', 'pä']) {
    await page.keyboard.type(typed);
    await page.keyboard.press('Tab');
  }
  await page.getByRole('dialog').locator('textarea').first().fill('Tunnus 131052-308T mainittiin');
  await page.keyboard.press('Control+Enter');
  await page.getByText(t('web.contact.identifiers_question')).waitFor();
  await screens('identifiers');
  await page.getByRole('button', { name: t('web.contact.identifiers_yes') }).click();
  await page.getByText(t('web.contact.logged')).waitFor();
});

story('a measure beyond advice asks for the record in place', { login: 'ombudsman', refusals: [422] }, async ({ page, t, screens }) => {
  await page.getByRole('button', { name: t('web.contact.title') }).waitFor();
  await page.keyboard.press('n');
  await page.locator('dialog [role=combobox]:focus').waitFor();
  for (const typed of ['p', 'a', 'te', 'pä', 'av']) {
    await page.keyboard.type(typed);
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Control+Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('heading', { name: t('web.record.title') }).waitFor();
  await screens('record asked for');
});
