// A unit head: asked for a statement by others, and answering reminders of the own unit with a lawyer's review.
import assert from 'node:assert/strict';
import { a_reminder, day, step, steps_of } from './cases.mjs';
import { languages, stage } from './harness.mjs';
import { api_of } from './server.mjs';

const story = stage();

for (const language of languages) {
  story('whose unit is only asked for a statement gives it, and nothing else of the case is theirs', { language, login: 'head-family' }, async ({ page, t, server, screens }) => {
    const { id } = await a_reminder(server, `Asked of another (${language})`);
    const lawyer = await api_of(server, 'lawyer');
    const { version } = await lawyer.get(`/api/v1/reminders/${id}`);
    await lawyer.post(`/api/v1/reminders/${id}/statements`, { unit: 'neuvola-kouluterveys', asked_on: day(), question: 'Milloin lähete pyydettiin?' }, version);
    await page.goto('/unit');
    await page.getByRole('link', { name: `Asked of another (${language})` }).first().click();
    await steps_of(page).waitFor();
    for (const command of ['DraftReply', 'SignReply', 'SendReply', 'Assign', 'Disqualify', 'Transfer'])
      assert.equal(await page.getByRole('button', { name: t(`command.${command}`), exact: true }).count(), 0, `${command} is not theirs`);
    await step(page, t, 'ReceiveStatement', async (form) => {
      await form.getByText('Milloin lähete pyydettiin?').waitFor();
      await screens('giving a statement');
      await form.getByRole('textbox', { name: new RegExp(`^${t('label.content')}`) }).fill('Lähetettä ei pyydetty meiltä.');
    });
    await page.getByRole('region', { name: t('web.case_page.timeline') }).getByRole('heading', { name: t('event.StatementReceived') }).waitFor();
    const { contents } = await lawyer.get(`/api/v1/reminders/${id}`);
    assert.equal(contents.statements[0].content, 'Lähetettä ei pyydetty meiltä.');
  });
}

story('where policy asks for it, a reply is reviewed by a lawyer before its unit head signs and sends it', { login: 'head-health' }, async ({ page, t, server, another, screens }) => {
  const administrator = await api_of(server, 'administrator');
  const { version, policies } = await administrator.get('/api/v1/reference/policies');
  const { given } = policies.find((one) => one.given.policy === 'reminder.answer');
  await administrator.post('/api/v1/reference/policies/policies', { ...given, valid_from: day(), legal_review: true }, version);
  const { id } = await a_reminder(server, 'To be reviewed', { arrived_on: day() });
  await page.goto(`/reminders/${id}`);
  await step(page, t, 'DraftReply', (form) => form.getByRole('textbox').fill('Pahoittelemme.'));
  await page.getByText(t('web.case.next_is_anothers')).waitFor();
  await steps_of(page).getByText(t('web.case.why_not')).click();
  await steps_of(page).getByText(t('reminder.review_missing')).waitFor();
  await screens('draft waits for review');

  const lawyer = await another({});
  await lawyer.sign_in('lawyer');
  await lawyer.page.goto(`/reminders/${id}`);
  await step(lawyer.page, t, 'ReviewReply', async (form) => {
    await form.getByLabel(t('web.case.review.return')).check();
    await form.getByRole('textbox').fill('Perustelut puuttuvat.');
  });
  await page.getByRole('heading', { name: t('event.ReplyReviewed') }).waitFor();
  await step(page, t, 'DraftReply', async (form) => {
    assert.equal(await form.getByRole('textbox').inputValue(), 'Pahoittelemme.', 'it goes on from what it was');
    await form.getByRole('textbox').fill('Pahoittelemme. Lähete olisi pitänyt tehdä.');
  });
  await lawyer.page.getByRole('heading', { name: t('web.case.next', { step: t('next.review') }) }).waitFor();
  await step(lawyer.page, t, 'ReviewReply', (form) => form.getByLabel(t('web.case.review.approve')).check());
  await page.getByRole('heading', { name: t('event.ReplyReviewed') }).nth(1).waitFor();
  await step(page, t, 'SignReply', async (form) => {
    await form.getByLabel(t('label.outcome')).selectOption('well-founded');
    await form.getByRole('textbox', { name: t('label.reasons') }).fill('Lähete puuttui.');
  });
  // Signed too early: undone on the timeline, and the draft is to be reviewed again.
  const timeline = page.getByRole('region', { name: t('web.case_page.timeline') });
  await timeline.getByRole('button', { name: t('web.case.undo_that', { title: t('event.ReplySigned') }) }).click();
  await page.getByRole('dialog').getByRole('button', { name: t('web.case.undo_do') }).click();
  await page.getByText(t('web.case.undone_now')).waitFor();
  await step(lawyer.page, t, 'ReviewReply', (form) => form.getByLabel(t('web.case.review.approve')).check());
  await page.getByRole('heading', { name: t('event.ReplyReviewed') }).nth(2).waitFor();
  await step(page, t, 'SignReply', async (form) => {
    await form.getByLabel(t('label.outcome')).selectOption('well-founded');
    await form.getByRole('textbox', { name: t('label.reasons') }).fill('Lähete puuttui.');
  });
  await step(page, t, 'SendReply');
  await timeline.getByRole('heading', { name: t('event.ReplySent') }).waitFor();
  const found = await (await api_of(server, 'lawyer')).get(`/api/v1/reminders/${id}`);
  assert.equal(found.row.stage, 'stage.answered');
  assert.deepEqual(lawyer.faults, []);
  await lawyer.context.close();
});
