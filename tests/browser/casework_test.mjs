// A reminder from paper to closed, by those whose work each step is.
import assert from 'node:assert/strict';
import { a_reminder, day, step } from './cases.mjs';
import { languages, stage } from './harness.mjs';
import { api_of } from './server.mjs';

const story = stage();

const registered = async (server, subject, more = {}) => (await a_reminder(server, subject, more)).id;

for (const language of languages) {
  story('a reminder goes from paper to closed: registrar, lawyer and unit head', { language, login: 'registrar', refusals: [422] }, async ({ page, t, screens, accessible, picture, another, language: spoken }) => {
    await page.goto('/register');
    await page.getByRole('heading', { level: 1, name: t('web.register.title') }).waitFor();
    await screens('register');

    // Sent too early: what is missing is said at its field.
    await page.keyboard.press('Control+Enter');
    await page.getByRole('alert').waitFor();
    const cause = page.getByLabel(t('label.cause'), { exact: true }).first();
    assert.equal(await cause.getAttribute('aria-invalid'), 'true');
    await screens('register with errors');

    await page.getByLabel(t('label.channel')).selectOption('letter');
    await page.getByLabel(t('label.maker'), { exact: true }).selectOption('client');
    await page.getByRole('group', { name: t('label.client') }).getByRole('textbox', { name: new RegExp(`^${t('label.name')}`) }).fill('Åke Ääri');
    await page.getByRole('textbox', { name: new RegExp(`^${t('label.subject')}`) }).fill(`Hoitoon pääsy viivästyi ${spoken}`);
    await page.getByLabel(t('label.units'), { exact: true }).selectOption('terveysasemat');
    await page.getByLabel(new RegExp('^(Terveydenhuolto|Hälso|Health)')).first().check();
    await cause.selectOption('access');
    await page.getByRole('button', { name: t('web.case.add', { label: t('label.matters') }) }).click();
    await page.getByRole('group', { name: t('web.case.number', { label: t('label.matters'), n: 1 }) }).getByRole('textbox').last().fill('Aikaa ei saanut kolmessa kuukaudessa.');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('heading', { level: 2, name: t('web.register.done', { kind: t('web.kind.reminder') }) }).waitFor();
    await page.locator('strong.big').getByText(/^\d{4}-\d{6}$/).waitFor();
    await page.getByText(/785\/1992/).first().waitFor();
    await screens('registered');

    await page.getByRole('link', { name: t('web.register.open') }).click();
    await step(page, t, 'AcknowledgeReminder');
    await step(page, t, 'CheckReminder');
    const address = new URL(page.url()).pathname;
    await screens('case of the registrar');
    await page.locator('.all-steps > summary').click();
    await screens('case with all steps');
    await step(page, t, 'Assign', (form) => form.getByLabel(t('label.handler')).selectOption({ label: 'Henrik Berg' }));
    await page.getByText(t('web.case.done', { step: t('command.Assign') })).waitFor();

    const lawyer = await another({});
    await lawyer.sign_in('lawyer');
    await lawyer.page.goto(address);
    await step(lawyer.page, t, 'RequestStatement', async (form) => {
      assert.equal(await form.getByLabel(t('label.unit')).inputValue(), 'terveysasemat');
      await form.getByRole('textbox', { name: new RegExp(`^${t('label.question')}`) }).fill('Milloin aika olisi ollut annettavissa?');
      await lawyer.screens('asking a statement');
    });
    await step(lawyer.page, t, 'ReceiveStatement', (form) =>
      form.getByRole('textbox', { name: new RegExp(`^${t('label.content')}`) }).fill('Jono oli poikkeuksellisen pitkä.'));

    const head = await another({});
    await head.sign_in('head-health');
    await head.page.goto(address);
    await step(head.page, t, 'DraftReply', async (form) => {
      await form.getByText(/terveysasemat|Terveysasemat|Hälsostationer|Health/i).first().waitFor();
      await form.getByRole('textbox').fill('Pahoittelemme viivettä. Aika on nyt annettu.');
      await head.screens('drafting');
    });
    await lawyer.page.reload();
    await step(lawyer.page, t, 'ReviewReply', async (form) => {
      await form.getByLabel(t('web.case.review.approve')).check();
      await lawyer.screens('reviewing');
    });
    await head.page.reload();
    await step(head.page, t, 'SignReply', async (form) => {
      // Signed without an outcome: said at the matter's own fields.
      await form.getByRole('button', { name: t('command.SignReply'), exact: true }).click();
      await head.page.getByRole('alert').waitFor();
      assert.equal(await form.getByLabel(t('label.outcome')).getAttribute('aria-invalid'), 'true');
      await head.screens('signing with errors');
      await form.getByLabel(t('label.outcome')).selectOption('partly');
      await form.getByRole('textbox', { name: t('label.reasons') }).fill('Aika olisi pitänyt antaa aiemmin.');
    });

    await page.goto(address);
    await step(page, t, 'SendReply', async (form) => {
      assert.equal(await form.getByRole('textbox', { name: t('label.recipient'), exact: true }).inputValue(), 'Åke Ääri');
      await accessible('on the form for sending');
    });
    await step(page, t, 'Close');
    await page.getByRole('region', { name: t('web.case_page.timeline') }).getByRole('heading', { name: t('event.Closed') }).waitFor();
    await screens('case closed');
    await page.emulateMedia({ media: 'print' });
    assert.ok(!(await page.getByRole('link', { name: t('web.case_page.back') }).isVisible()), 'paper has no links to elsewhere');
    await picture('case on paper');
    await page.emulateMedia({ media: 'screen' });
    const timeline = page.getByRole('region', { name: t('web.case_page.timeline') });
    await timeline.getByLabel(t('web.case.history.statements')).check();
    await timeline.getByRole('heading', { name: t('event.StatementReceived') }).waitFor();
    assert.equal(await timeline.getByRole('heading', { name: t('event.Closed') }).count(), 0);
    await timeline.getByLabel(t('web.case.history.clock')).check();
    await timeline.getByText(/21|20/).first().waitFor();
    for (const one of [lawyer, head]) {
      assert.deepEqual(one.faults, []);
      await one.context.close();
    }
  });
}

story('two people on one case: what the other saved is shown beside what is typed, and nothing is lost', { login: 'lawyer', refusals: [412] }, async ({ page, t, server, screens }) => {
  const id = await registered(server, 'Two of us');
  await page.goto(`/reminders/${id}?step=correct`);
  const form = page.getByRole('region', { name: t('command.CorrectOpening') });
  const subject = form.getByRole('textbox', { name: new RegExp(`^${t('label.subject')}`) });
  await subject.fill('As I would have it');
  await form.getByLabel(t('label.cause'), { exact: true }).first().selectOption('conduct');
  await form.getByRole('textbox', { name: t('web.case.reason'), exact: true }).fill('The paper was misread');
  const registrar = await api_of(server, 'registrar');
  const now = await registrar.get(`/api/v1/reminders/${id}`);
  const opening = JSON.parse(now.timeline[0].event_json).given.opening;
  await registrar.post(`/api/v1/reminders/${id}/correct`, { opening: { ...opening, subject: 'As the other has it', channel: 'email' }, reason: 'Another reading' }, now.version);
  await page.getByText(t('web.case.merge.title')).waitFor();
  assert.equal(await subject.inputValue(), 'As I would have it');
  await form.locator('.sides').getByText('As the other has it').waitFor();
  await screens('merging');
  await form.getByRole('button', { name: t('web.case.merge.with_choices') }).click();
  assert.equal(await subject.inputValue(), 'As I would have it', 'mine stands unless I say otherwise');
  assert.equal(await form.getByLabel(t('label.channel')).first().inputValue(), 'email', 'what I left alone is the other\'s');
  await form.getByRole('button', { name: t('command.CorrectOpening'), exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'As I would have it' }).waitFor();
  const after = await registrar.get(`/api/v1/reminders/${id}`);
  const kept = JSON.parse(after.timeline.at(-1).event_json).given.opening;
  assert.equal(kept.channel, 'email');
  assert.equal(kept.cause, 'conduct');
  // And back again, as a correcting event.
  await page.getByRole('button', { name: t('web.toast.undo'), exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'As the other has it' }).waitFor();
});

story('what was typed and not sent waits until one comes back to it', { login: 'lawyer' }, async ({ page, t, server }) => {
  const id = await registered(server, 'Unfinished');
  await page.goto(`/reminders/${id}?step=transfer`);
  const to = page.getByRole('textbox', { name: t('label.to'), exact: true });
  await to.fill('Kela');
  await page.getByRole('link', { name: t('web.work_list.title') }).first().click();
  await page.getByRole('table').waitFor();
  await page.goBack();
  assert.equal(await to.inputValue(), 'Kela');
  await page.getByRole('button', { name: t('web.case.give_up') }).click();
  await page.locator('section[aria-labelledby=steps]').waitFor();
});

story('a step is found, filled in and sent with the keyboard alone', { login: 'registrar' }, async ({ page, t, server }) => {
  const id = await registered(server, 'By keyboard');
  await page.goto(`/reminders/${id}`);
  await page.getByRole('heading', { level: 1, name: 'By keyboard' }).waitFor();
  await page.keyboard.press('e');
  await page.getByRole('region', { name: t('command.AcknowledgeReminder') }).waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { name: t('event.ReminderAcknowledged'), exact: true }).waitFor();
  assert.match(await page.evaluate(() => document.activeElement?.id), /steps/, 'the focus is where one goes on');
});

story('what is offered to one is the first thing one is asked, and can be taken back until then', { login: 'lawyer' }, async ({ page, t, server, another, accessible }) => {
  const id = await registered(server, 'Offered');
  await page.goto(`/reminders/${id}`);
  const offer = (form) => form.getByLabel(t('label.to'), { exact: true }).selectOption({ label: 'Leena Kallio' });
  await step(page, t, 'OfferHandOver', offer);
  await page.getByRole('heading', { name: t('event.HandOverOffered') }).waitFor();
  await page.getByRole('button', { name: t('web.toast.undo'), exact: true }).click();
  await page.getByRole('heading', { name: t('event.HandOverDeclined') }).waitFor();
  await step(page, t, 'OfferHandOver', offer);
  const head = await another({});
  await head.sign_in('head-health');
  await head.page.goto('/unit');
  await head.page.getByRole('region', { name: t('web.unit.offered') }).getByRole('link', { name: 'Offered' }).click();
  await head.page.getByRole('heading', { level: 2, name: t('web.case.next', { step: t('command.AcceptHandOver') }) }).waitFor();
  await head.accessible('on a case that is offered');
  await step(head.page, t, 'AcceptHandOver');
  await head.page.getByRole('heading', { name: t('event.HandOverAccepted') }).waitFor();
  await accessible('on the case that was handed over');
  assert.deepEqual(head.faults, []);
  await head.context.close();
});

story('a ruling has an outcome for each addressee, and what is missing is said at each', { login: 'lawyer', refusals: [422] }, async ({ page, t, server, accessible, picture }) => {
  const registrar = await api_of(server, 'registrar');
  const { case_id } = await registrar.post('/api/v1/complaints', {
    opening: { arrived_on: day(-6), channel: 'letter', units: ['psykiatria'], sectors: ['health'], cause: 'care', maker: 'client', subject: 'Ruled upon', client: { name: 'Anna Åkerlund' } },
    authority: 'lvv',
  });
  await page.goto(`/complaints/${case_id}?step=ruling`);
  const form = page.getByRole('region', { name: t('command.RecordRuling') });
  await form.getByRole('button', { name: t('command.RecordRuling'), exact: true }).click();
  await page.getByRole('alert').waitFor();
  const outcome = form.getByLabel(t('label.outcome'), { exact: true });
  assert.equal(await outcome.getAttribute('aria-invalid'), 'true');
  await accessible('on a ruling that was refused');
  await outcome.selectOption('attention-drawn');
  await form.getByRole('button', { name: t('web.case.add', { label: t('label.parts') }) }).click();
  await outcome.nth(1).selectOption('no-cause');
  await picture('ruling');
  await form.getByRole('button', { name: t('command.RecordRuling'), exact: true }).click();
  await page.getByRole('heading', { name: t('event.RulingRecorded') }).waitFor();
});
