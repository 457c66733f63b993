import assert from 'node:assert/strict';
import { languages, stage } from './harness.mjs';
import { api_of } from './server.mjs';

const story = stage();

// Every key that goes down is counted, Control too.
function keyboard(page) {
  let pressed = 0;
  return {
    async type(...keys) {
      for (const key of keys) {
        pressed += key.split('+').length;
        await (key.length === 1 ? page.keyboard.type(key) : page.keyboard.press(key));
      }
    },
    count: () => pressed,
  };
}
const how_many = async (server) => Number((await (await api_of(server, 'ombudsman')).get('/api/v1/contacts?limit=1')).total);

// What the caller says, and what is typed for it in each language.
const call = {
  fi: ['p', 'a', 'te', 'pä'],
  sv: ['t', 'k', 'hä', 'till'],
  en: ['p', 'c', 'he', 'acc'],
};

for (const language of languages) {
  story('an anonymous advice call is logged by the keyboard alone, in 20 seconds and 15 keystrokes', { language, login: 'ombudsman' }, async ({ page, t, server }) => {
    await page.getByRole('button', { name: t('web.contact.title') }).waitFor();
    const before = await how_many(server);
    const sent = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/api/v1/contacts'));
    const keys = keyboard(page);
    const [channel, who, service_task, cause] = call[language];
    const began = Date.now();
    await keys.type('n');
    await page.locator('dialog [role=combobox]:focus').waitFor();
    await keys.type(...channel, 'Tab', ...who, 'Tab', ...service_task, 'Tab', ...cause, 'Control+Enter');
    await page.getByText(t('web.contact.logged')).waitFor();
    const seconds = (Date.now() - began) / 1000;
    assert.ok(keys.count() <= 15, `${keys.count()} keystrokes`);
    assert.ok(seconds < 20, `${seconds} seconds`);
    assert.equal(await how_many(server), before + 1);
    const { channel: by_way_of, who: from, minutes, matters } = (await sent).postDataJSON();
    const [{ service_task: task, causes, measures, sectors }] = matters;
    assert.deepEqual(
      { channel: by_way_of, who: from, minutes, service_task: task, causes, measures, sectors },
      { channel: 'phone', who: 'client', minutes: 1, service_task: 'health-station', causes: ['patient-access'], measures: ['advice'], sectors: ['health'] },
    );
  });
}

for (const language of languages) {
  story('the form says what is missing at the fields, in every width, light and dark', { language, login: 'ombudsman', refusals: [422] }, async ({ page, t, screens }) => {
    await page.getByRole('button', { name: t('web.contact.title') }).waitFor();
    await page.keyboard.press('n');
    await page.locator('dialog [role=combobox]:focus').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('option').first().waitFor();
    await screens('contact choosing');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('dialog').getByRole('alert').waitFor();
    await screens('contact refused');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });
}

