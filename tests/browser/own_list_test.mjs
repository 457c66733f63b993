import assert from 'node:assert/strict';
import { day } from './cases.mjs';
import { languages, stage } from './harness.mjs';
import { api_of } from './server.mjs';

const story = stage();

for (const language of languages) {
  story('the day begins with who waits for a call, what is open and what comes next', { language, login: 'ombudsman' }, async ({ page, t, screens }) => {
    await page.getByRole('heading', { level: 1, name: t('web.own_list.title') }).waitFor();
    const calls = page.getByRole('region', { name: t('web.own_list.call_backs') });
    await calls.getByRole('listitem').first().getByText(t('next.call-back')).waitFor();
    await page.getByRole('region', { name: t('web.own_list.matters') }).getByRole('listitem').first().waitFor();
    await page.getByRole('region', { name: t('web.own_list.others') }).getByRole('link').first().waitFor();
    await screens('own list');
  });
}

for (const [yes, word] of [[true, 'accept'], [false, 'decline']]) {
  story(`a hand-over that is offered takes a yes or a no (${word})`, { login: 'ombudsman' }, async ({ page, t, server, screens }) => {
    const social = await api_of(server, 'ombudsman-social');
    const me = (await social.get('/api/v1/colleagues')).colleagues.find((one) => one.name === 'Aino Virta');
    const made = await social.post('/api/v1/contacts', {
      contacted_on: new Date().toISOString().slice(0, 10),
      channel: 'phone',
      who: 'client',
      minutes: 5,
      call_back_on: day(9),
      matters: [{ sectors: ['social'], causes: ['social-advice'], measures: ['advice'] }],
    });
    await social.post(`/api/v1/contacts/${made.case_id}/offer-hand-over`, { to: me.user_id }, made.version);
    await page.goto('/own');
    const offered = page.getByRole('region', { name: t('web.own_list.offered') });
    await offered.getByRole('button', { name: t('web.own_list.accept'), exact: true }).waitFor();
    if (yes) await screens('own list offered');
    await offered.getByRole('button', { name: t(`web.own_list.${word}`), exact: true }).click();
    await page.getByText(t(yes ? 'web.own_list.accepted' : 'web.own_list.declined')).waitFor();
    await offered.waitFor({ state: 'detached' });
    const row = (await social.get(`/api/v1/contacts/${made.case_id}`)).row;
    assert.equal(row.handler === me.user_id, yes);
  });
}
