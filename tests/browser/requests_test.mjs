// Authorities' requests by due date, many cases assigned at once, and a unit head's own page.
import assert from 'node:assert/strict';
import { languages, stage } from './harness.mjs';
import { api_of } from './server.mjs';

const story = stage();

const day = (days) => {
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Helsinki' }).format(new Date());
  return new Date(Date.parse(`${today}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
};

const asked = async (server, subject, due_by) => {
  const registrar = await api_of(server, 'registrar');
  const { case_id } = await registrar.post('/api/v1/authority-requests', {
    opening: {
      arrived_on: day(-3),
      channel: 'letter',
      units: ['psykiatria'],
      sectors: ['health'],
      cause: 'care',
      maker: 'authority',
      subject,
      matters: [{ unit: 'psykiatria', description: 'Hoidon perusteet.' }, { unit: 'psykiatria', description: 'Kirjaukset.' }],
    },
    authority: 'lvv',
    authority_diary_number: `LVV/${subject.length}/2026`,
    request_kind: 'clarification',
    due_by,
  });
  return case_id;
};

for (const language of languages) {
  story('requests stand by their due date, and the arrows go from one to another', { language, login: 'lawyer' }, async ({ page, t, screens, server, language: spoken }) => {
    await asked(server, `Far away ${spoken}`, day(40));
    await page.goto('/requests');
    const overdue = page.getByRole('region', { name: new RegExp(`^${t('web.requests.overdue')}`) });
    await overdue.getByRole('listitem').first().waitFor();
    const later = page.getByRole('region', { name: new RegExp(`^${t('web.requests.later')}`) });
    await later.getByRole('link', { name: `Far away ${spoken}` }).waitFor();
    await screens('requests');
    await page.getByText(t('web.requests.times')).first().click();
    await page.getByRole('table').waitFor();
    await screens('requests with times');
    await overdue.getByRole('link').first().focus();
    await page.keyboard.press('ArrowRight');
    for (let presses = 0; presses < 8; ++presses) {
      if ((await page.evaluate(() => document.activeElement?.textContent)) === `Far away ${spoken}`) break;
      await page.keyboard.press(presses % 2 ? 'ArrowRight' : 'ArrowDown');
    }
    assert.ok(await page.evaluate(() => document.activeElement?.closest('.request') !== null), 'the focus stays on the board');
    await later.getByRole('link', { name: `Far away ${spoken}` }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: `Far away ${spoken}` }).waitFor();
  });

  story('a unit head sees what waits for the unit, its answer times and its causes', { language, login: 'head-health' }, async ({ page, t, screens }) => {
    await page.goto('/unit');
    await page.getByRole('heading', { level: 1, name: t('web.unit.title') }).waitFor();
    await page.getByRole('region', { name: t('web.unit.reminders') }).getByRole('link').first().waitFor();
    await page.getByRole('region', { name: t('web.unit.causes') }).getByRole('table').waitFor();
    await page.getByRole('region', { name: t('web.unit.times') }).getByText(t('web.unit.answered')).waitFor();
    await screens('own unit');
  });
}

story('an authority is answered matter by matter, after more time was asked and given', { login: 'lawyer', refusals: [422] }, async ({ page, t, server, accessible, picture }) => {
  const id = await asked(server, 'Matter by matter', day(5));
  await page.goto(`/authority-requests/${id}?step=confirm-receipt`);
  const send = async (command) => {
    const form = page.getByRole('region', { name: t(`command.${command}`) });
    await form.getByRole('button', { name: t(`command.${command}`), exact: true }).click();
  };
  await page.getByRole('region', { name: t('command.ConfirmReceipt') }).waitFor();
  await send('ConfirmReceipt');
  await page.getByRole('heading', { name: t('event.ReceiptConfirmed') }).waitFor();

  await page.goto(`/authority-requests/${id}?step=ask-extension`);
  await send('AskExtension');
  await page.getByRole('alert').waitFor();
  await accessible('on the form that was refused');
  const until = page.getByRole('textbox', { name: t('label.until') });
  await until.fill(day(20));
  await page.getByRole('textbox', { name: t('web.case.reason'), exact: true }).fill('Selvitys puuttuu vielä.');
  await send('AskExtension');
  await page.getByRole('heading', { name: t('event.ExtensionAsked') }).waitFor();

  await page.goto(`/authority-requests/${id}?step=record-extension`);
  await page.getByLabel(t('label.decision'), { exact: true }).selectOption('granted');
  await page.getByRole('textbox', { name: new RegExp(`^${t('label.due_by')}`) }).fill(day(20));
  await send('RecordExtension');
  await page.getByRole('heading', { name: t('event.ExtensionRecorded') }).waitFor();

  await page.goto(`/authority-requests/${id}?step=send`);
  await page.getByRole('textbox', { name: new RegExp(`^${t('web.requests.answer_to', { n: 1 })}`) }).fill('Perusteet olivat olemassa.');
  await page.getByRole('textbox', { name: new RegExp(`^${t('web.requests.answer_to', { n: 2 })}`) }).fill('Kirjauksia täydennetään.');
  await accessible('on the reply to an authority');
  await picture('reply to an authority');
  await send('SendRequestReply');
  await page.getByRole('heading', { name: t('event.RequestReplySent') }).waitFor();
  const registrar = await api_of(server, 'registrar');
  const { timeline } = await registrar.get(`/api/v1/authority-requests/${id}`);
  assert.equal(
    JSON.parse(timeline.at(-1).event_json).given.content,
    '1. Hoidon perusteet.\nPerusteet olivat olemassa.\n\n2. Kirjaukset.\nKirjauksia täydennetään.',
  );
});

story('a case that is closed to the disqualified says so', { login: 'head-health', refusals: [404] }, async ({ page, t, server, accessible, picture }) => {
  const registrar = await api_of(server, 'registrar');
  const { case_id } = await registrar.post('/api/v1/reminders', {
    opening: { arrived_on: day(-1), channel: 'letter', units: ['terveysasemat'], sectors: ['health'], cause: 'conduct', maker: 'client', subject: 'About the head', client: { name: 'Anna Åkerlund' } },
  });
  const { colleagues } = await registrar.get('/api/v1/colleagues');
  const of = (name) => colleagues.find((one) => one.name === name).user_id;
  await registrar.post(`/api/v1/reminders/${case_id}/disqualify`, { user: of('Leena Kallio'), superior: of('Henrik Berg'), ground: 'Asia koskee häntä.' }, '1');
  await page.goto(`/reminders/${case_id}`);
  await page.getByText(t('web.unit.closed_to')).waitFor();
  await accessible('on a case that is closed to one');
  await picture('closed to one');
});
