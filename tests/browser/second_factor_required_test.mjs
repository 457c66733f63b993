// An organisation that asks everybody for a second factor.
import { languages, stage } from './harness.mjs';
import { password } from './server.mjs';

const story = stage({ serve: () => ['--require-second-factor'] });

for (const language of languages) {
  story('whoever has none sets one up before anything else', { language }, async ({ page, t, accessible, picture }) => {
    await page.goto('/');
    // Chosen here, it goes before the language of the person's account.
    await page.getByRole('button', { name: { fi: 'Suomi', sv: 'Svenska', en: 'English' }[language] }).click();
    await page.getByLabel(t('web.sign_in.login')).fill('lawyer');
    await page.getByLabel(t('web.sign_in.password')).fill(password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: t('web.second_factor.required.title') }).waitFor();
    await page.getByRole('button', { name: t('web.second_factor.show') }).click();
    await page.getByRole('img', { name: t('web.second_factor.picture') }).waitFor();
    await accessible('on the duty to set up a second factor');
    await picture('second factor required');
    await page.getByRole('button', { name: t('web.frame.sign_out') }).click();
    await page.getByRole('heading', { level: 1, name: t('web.sign_in.title') }).waitFor();
  });
}
