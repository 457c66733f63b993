// Letters' templates: fields put in from a list, a preview with values made up, an unknown field said.
import assert from 'node:assert/strict';
import { languages, stage } from './harness.mjs';
import { api_of } from './server.mjs';

const story = stage();
const save = (page, t) => page.getByRole('button', { name: t('web.administration.save'), exact: true }).click();

for (const language of languages) {
  story('a template is written with the case\'s details, and looked at', { language, login: 'administrator', refusals: [422] }, async ({ page, t, server, screens, accessible }) => {
    await page.goto('/administration/letters');
    await page.getByRole('table').waitFor();
    await screens('letters');
    await page.getByRole('link', { name: t('web.letter_templates.new') }).click();
    await page.getByLabel(t('web.administration.id'), { exact: true }).fill(`oma-${language}`);
    await page.getByRole('group', { name: t('web.administration.name') }).getByLabel(t('web.administration.name.in_finnish')).fill(`Oma kirje ${language}`);
    await page.getByLabel(t('web.kind.reminder')).check();
    await page.getByLabel(t(`web.administration.name.in_${{ fi: 'finnish', sv: 'swedish', en: 'english' }[language]}`)).last().check();
    const body = page.locator('.letter-body textarea');
    await body.fill('');
    await body.pressSequentially('Hei ');
    await page.getByLabel(t('web.letter_templates.put_in')).selectOption({ label: t('letter.field.client') });
    assert.equal(await body.inputValue(), 'Hei {{client}}');
    await page.locator('.letter-paper').getByText(`Hei ${t('letter.sample.client')}`).waitFor();
    await body.press('End');
    await body.pressSequentially(', {{tuntematon}}');
    await page.getByText(t('web.letter_templates.unknown', { names: 'tuntematon' })).waitFor();
    await screens('letter with an unknown field');
    const refused = page.waitForResponse((response) => response.status() === 422);
    await save(page, t);
    await refused;
    await body.and(page.locator('[aria-invalid=true]')).waitFor();
    await accessible('on a letter that was refused');
    await body.fill('Hei {{client}}, {{organisation}}');
    await save(page, t);
    await page.getByRole('heading', { level: 1, name: t('web.letter_templates.title') }).waitFor();
    await page.getByRole('link', { name: `Oma kirje ${language}` }).waitFor();
    const { letters } = await (await api_of(server, 'administrator')).get('/api/v1/reference/letters');
    assert.equal(letters.find(({ given }) => given.template_id === `oma-${language}`).given.body[language], 'Hei {{client}}, {{organisation}}');
  });
}

story('a template is taken out of use', { login: 'administrator' }, async ({ page, t }) => {
  await page.goto('/administration/letters/reminder-acknowledgement');
  await page.getByLabel(t('web.letter_templates.withdraw')).check();
  await save(page, t);
  await page.getByRole('row').filter({ hasText: t('web.letter_templates.withdrawn') }).waitFor();
});
