// Letters of a case: filled, completed by hand, kept as a PDF, and the step that they belong to.
import assert from 'node:assert/strict';
import { a_reminder, day } from './cases.mjs';
import { languages, stage } from './harness.mjs';

const story = stage();

// A letter that the case is not ready for: it has not been transferred.
const of_something_to_come = 'transfer';
async function choose(template, part) {
  await template.selectOption(await template.locator('option').evaluateAll((all, id) => all.find((one) => one.value.includes(id)).value, part));
}

for (const language of languages) {
  story('an acknowledgement is filled, completed, kept as a PDF and recorded as sent', { language, login: 'registrar' }, async ({ page, t, server, screens }) => {
    const { registrar, id } = await a_reminder(server, 'To be acknowledged');
    await page.goto(`/reminders/${id}?step=letters`);
    const form = page.getByRole('region', { name: t('web.letter.write') });
    const text = form.getByRole('textbox', { name: new RegExp(`^${t('web.letter.text')}`) });
    await text.waitFor();
    const { row } = await registrar.get(`/api/v1/reminders/${id}`);
    assert.match(await text.inputValue(), new RegExp(row.diary_number), 'it is filled from the case');
    assert.ok(await form.getByLabel({ fi: 'Suomi', sv: 'Svenska', en: 'English' }[language]).isChecked());
    const template = form.getByLabel(t('web.letter.template'));
    const likely = await template.inputValue();
    await choose(template, of_something_to_come);
    await form.getByText(t('web.letter.gaps'), { exact: true }).waitFor();
    await screens('letter with gaps');
    await form.getByRole('button', { name: t('web.letter.keep') }).click();
    await form.getByText(t('web.letter.still_gaps')).waitFor();
    await choose(template, likely);
    await form.getByRole('button', { name: t('web.letter.keep') }).click();
    const go_on = form.getByRole('button', { name: t('web.letter.record_sent', { step: t('command.AcknowledgeReminder') }) });
    await go_on.waitFor({ timeout: 60_000 });
    await screens('letter kept');
    const { documents } = await registrar.get(`/api/v1/reminders/${id}`);
    assert.equal(documents.length, 1);
    assert.equal(documents[0].media_type, 'application/pdf');
    assert.equal(documents[0].direction, 'outgoing');
    await go_on.click();
    const step = page.getByRole('region', { name: t('command.AcknowledgeReminder') });
    await step.getByRole('button', { name: t('command.AcknowledgeReminder'), exact: true }).click();
    await page.getByRole('heading', { name: t('event.ReminderAcknowledged'), exact: true }).waitFor();
  });
}

story('a request for a statement, a transfer and a reply have their letters; what was changed waits', { login: 'lawyer' }, async ({ page, t, server, accessible }) => {
  const { registrar, id } = await a_reminder(server, 'With letters');
  const base = `/api/v1/reminders/${id}`;
  const { colleagues } = await registrar.get('/api/v1/colleagues');
  const steps = {
    assign: { handler: colleagues.find(({ name }) => name === 'Henrik Berg').user_id },
    acknowledge: { acknowledged_on: day(-5), channel: 'letter' },
    check: { checked_on: day(-4), nature: 'reminder', right_addressee: true, complete: true },
    statements: { unit: 'terveysasemat', asked_on: day(-2), question: 'Miksi lähete jäi tekemättä?' },
  };
  for (const [step, body] of Object.entries(steps)) await registrar.post(`${base}/${step}`, body, (await registrar.get(base)).version);
  await page.goto(`/reminders/${id}?step=letters`);
  const form = page.getByRole('region', { name: t('web.letter.write') });
  const text = form.getByRole('textbox', { name: new RegExp(`^${t('web.letter.text')}`) });
  const template = form.getByLabel(t('web.letter.template'));
  await text.waitFor();
  assert.match(await text.inputValue(), /Miksi lähete jäi tekemättä\?/, 'the letter that is likely next is there');
  await text.fill('Muutettu käsin.');
  const options = await template.locator('option').allTextContents();
  assert.ok(options.length >= 4, options.join(', '));
  for (const value of await template.locator('option').evaluateAll((all) => all.map((one) => one.value))) {
    await template.selectOption(value);
    await text.waitFor();
  }
  await accessible('on each letter');
  await template.selectOption({ index: 0 });
  await text.waitFor();
  await choose(template, 'statement');
  assert.equal(await text.inputValue(), 'Muutettu käsin.');
  await form.getByRole('button', { name: t('web.letter.look') }).click();
  await form.getByRole('link', { name: t('web.letter.open_paper') }).waitFor({ timeout: 60_000 });
  await form.getByRole('button', { name: t('web.letter.again') }).click();
  await form.getByText(t('web.letter.gaps'), { exact: true }).or(text).first().waitFor();
  await page.waitForFunction(() => !document.querySelector('textarea')?.value.includes('Muutettu käsin.'));
});
