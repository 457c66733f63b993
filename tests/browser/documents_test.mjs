// Documents of a case: attached, refused, looked at, taken back.
import assert from 'node:assert/strict';
import { a_reminder } from './cases.mjs';
import { languages, stage } from './harness.mjs';

const story = stage();

const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n');
const picture_of_a_dot = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const page_of_a_stranger = Buffer.from('<!doctype html><html><body><script>alert(1)</script></body></html>');
const file = (name, buffer) => ({ name, mimeType: 'application/octet-stream', buffer });

for (const language of languages) {
  story('files are attached: what cannot be is said before, and what is something else after', { language, login: 'registrar', refusals: [422] }, async ({ page, t, server, screens }) => {
    const { registrar, id } = await a_reminder(server, 'With documents');
    await page.goto(`/reminders/${id}`);
    const card = page.getByRole('region', { name: t('web.documents.title'), exact: true });
    await card.getByRole('button', { name: t('web.documents.attach_title') }).click();
    const form = page.getByRole('region', { name: t('web.documents.attach_title') });
    const choose = form.getByLabel(t('web.documents.choose'));
    await choose.setInputFiles([
      file('Selvitys hoidosta.pdf', pdf),
      file('kuva.png', picture_of_a_dot),
      file('ohjelma.exe', Buffer.from('MZ')),
      file('sivu.pdf', page_of_a_stranger),
      file('liian_suuri.pdf', Buffer.alloc(21 * 1024 * 1024, 1)),
    ]);
    const row = (name) => form.getByRole('listitem').filter({ hasText: name });
    await row('ohjelma.exe').getByText(t('web.documents.wrong_kind')).waitFor();
    await row('liian_suuri.pdf').getByText(new RegExp(t('web.documents.too_large', { size: '', most: '' }).slice(0, 12))).waitFor();
    const send = form.getByRole('button', { name: t('web.documents.attach.other', { n: 3 }) });
    await form.getByLabel(t('web.documents.sender')).fill('');
    await send.click();
    await form.getByText(t('web.documents.needed')).waitFor();
    assert.equal(await form.getByLabel(t('web.documents.sender')).getAttribute('aria-invalid'), 'true');
    await screens('documents chosen');
    await form.getByLabel(t('web.documents.sender')).fill('Anna Åkerlund');
    assert.equal(await row('Selvitys hoidosta.pdf').getByRole('textbox').inputValue(), 'Selvitys hoidosta', 'the name is the first title');
    await send.click();
    await form.getByText(t('web.documents.some_left', { done: 2, left: 3 })).waitFor();
    await row('sivu.pdf').getByRole('alert').waitFor();
    await screens('documents refused');
    const { documents } = await registrar.get(`/api/v1/reminders/${id}`);
    assert.deepEqual(documents.map(({ title, media_type, party }) => [title, media_type, party]), [
      ['Selvitys hoidosta', 'application/pdf', 'Anna Åkerlund'],
      ['kuva', 'image/png', 'Anna Åkerlund'],
    ]);
    for (const name of ['ohjelma.exe', 'sivu.pdf', 'liian_suuri.pdf'])
      await form.getByRole('button', { name: t('web.documents.take_away', { name }) }).click();
    await form.getByRole('button', { name: t('web.documents.give_up') }).click();
    await card.getByText('Selvitys hoidosta', { exact: true }).waitFor();
    const timeline = page.getByRole('region', { name: t('web.case_page.timeline') });
    await timeline.getByLabel(t('web.case.history.documents')).check();
    await timeline.getByRole('heading', { name: t('event.DocumentEntered') }).first().waitFor();
    await screens('case with documents');

    // Taken back with a reason: the entry stays and says so.
    await card.getByRole('button', { name: t('web.documents.retract_that', { title: 'kuva' }) }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: t('web.case.undo_do') }).click();
    await dialog.getByRole('alert').waitFor();
    await screens('document retracted without a reason');
    await dialog.getByLabel(t('web.case.reason')).fill('Väärä kuva');
    await dialog.getByRole('button', { name: t('web.case.undo_do') }).click();
    await timeline.getByText(t('web.documents.retracted_file')).waitFor();
    assert.equal(await card.getByText('kuva', { exact: true }).count(), 0);
  });
}

story('a document is saved as it was sent, and what is looked at cannot run', { login: 'lawyer' }, async ({ page, t, server, context }) => {
  const { id } = await a_reminder(server, 'Looked at');
  await page.goto(`/reminders/${id}?step=documents`);
  const form = page.getByRole('region', { name: t('web.documents.attach_title') });
  await form.getByLabel(t('web.documents.choose')).setInputFiles([
    file('muistio.txt', Buffer.from('Ääkköset ja <b>sanoja</b>\n')),
  ]);
  await form.getByRole('button', { name: t('web.documents.attach.one') }).click();
  await page.getByText(t('web.documents.attached.one')).waitFor();
  const card = page.getByRole('region', { name: t('web.documents.title'), exact: true });
  const look = card.getByRole('link', { name: t('web.documents.look_at', { name: 'muistio.txt' }) });
  const answer = await page.evaluate(async (url) => {
    const response = await fetch(url);
    return { policy: response.headers.get('Content-Security-Policy'), type: response.headers.get('Content-Type'), sniff: response.headers.get('X-Content-Type-Options') };
  }, await look.getAttribute('href'));
  assert.match(answer.policy, /sandbox/);
  assert.match(answer.policy, /default-src 'none'/);
  assert.equal(answer.sniff, 'nosniff');
  const [tab] = await Promise.all([context.waitForEvent('page'), look.click()]);
  await tab.waitForLoadState();
  assert.match(await tab.innerText('body'), /<b>sanoja/, 'words, and nothing else');
  await tab.close();
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    card.getByRole('link', { name: t('web.documents.save_that', { name: 'muistio.txt' }) }).click(),
  ]);
  assert.equal(saved.suggestedFilename(), 'muistio.txt');
});

story('what was attached is undone at once, and a paper that is kept elsewhere is entered with the keyboard', { login: 'registrar' }, async ({ page, t, server }) => {
  const { registrar, id } = await a_reminder(server, 'Undone');
  await page.goto(`/reminders/${id}?step=documents`);
  const form = page.getByRole('region', { name: t('web.documents.attach_title') });
  await form.getByLabel(t('web.documents.choose')).setInputFiles([file('a.pdf', pdf), file('b.pdf', pdf)]);
  await form.getByRole('button', { name: t('web.documents.attach.other', { n: 2 }) }).click();
  await page.getByText(t('web.documents.attached.other', { n: 2 })).waitFor();
  await page.getByRole('button', { name: t('web.toast.undo'), exact: true }).click();
  await page.getByText(t('web.case.undone_now')).waitFor();
  assert.deepEqual((await registrar.get(`/api/v1/reminders/${id}`)).documents, []);

  await page.getByRole('button', { name: t('web.documents.attach_title') }).focus();
  await page.keyboard.press('Enter');
  await form.getByLabel(t('web.documents.paper')).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Alkuperäinen muistutus');
  await page.keyboard.press('Control+Enter');
  await page.getByText(t('web.documents.attached.one')).waitFor();
  const { documents } = await registrar.get(`/api/v1/reminders/${id}`);
  assert.equal(documents[0].title, 'Alkuperäinen muistutus');
  assert.equal(documents[0].file_name, '');
});

story('files that are dropped on the documents are on their way', { login: 'registrar' }, async ({ page, t, server }) => {
  const { id } = await a_reminder(server, 'Dropped');
  await page.goto(`/reminders/${id}`);
  const card = page.getByRole('region', { name: t('web.documents.title'), exact: true });
  await card.waitFor();
  const dropped = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(['Saapunut viesti'], 'viesti.txt'));
    return data;
  });
  await card.dispatchEvent('drop', { dataTransfer: dropped });
  const form = page.getByRole('region', { name: t('web.documents.attach_title') });
  await form.getByRole('listitem').filter({ hasText: 'viesti.txt' }).waitFor();
  await form.getByRole('button', { name: t('web.documents.attach.one') }).click();
  await card.getByText('viesti', { exact: true }).waitFor();
});
