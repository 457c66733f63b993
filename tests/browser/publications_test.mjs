// Publications as those write them who work in their area: opened, written by several, with the report's figures.
import assert from 'node:assert/strict';
import { languages, stage } from './harness.mjs';
import { api_of } from './server.mjs';

const story = stage();

// A draft of its own for a story, with words in it.
const drafted = async (server, words = {}) => {
  const ombudsman = await api_of(server, 'ombudsman');
  const opened = await ombudsman.post('/api/v1/publications', {
    publication_kind: 'annual',
    first_month: '2018-01',
    last_month: '2018-12',
    languages: ['fi', 'sv'],
  });
  let { version } = opened;
  for (const [language, markdown] of Object.entries(words))
    ({ version } = await ombudsman.post(
      `/api/v1/publications/${opened.case_id}/texts`,
      { section: 'summary', language, markdown },
      version,
    ));
  return { id: opened.case_id, version, ombudsman };
};

for (const language of languages) {
  // Every state is looked at in one language; the pages themselves in each.
  const in_one = (screens) => (language === 'fi' ? screens : async () => undefined);

  story('an ombudsman opens a report and writes in it with figures that the report fills in', { language, login: 'ombudsman' }, async ({ page, t, screens }) => {
    await page.getByRole('link', { name: t('web.publications.title'), exact: true }).click();
    await page.getByRole('table', { name: t('web.publications.title') }).waitFor();
    await screens('publications');
    await page.getByRole('button', { name: t('web.publications.new') }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio').first().waitFor();
    await dialog.getByLabel(t('web.publications.year'), { exact: true }).selectOption('2018');
    await screens('a new publication');
    await dialog.getByRole('button', { name: t('web.publications.open') }).click();
    await page.waitForURL(/\/publications\/[0-9a-f-]{36}$/);
    await page.getByRole('heading', { level: 1, name: /2018/ }).waitFor();
    await page.getByRole('heading', { name: t('web.publications.sections') }).waitFor();
    const summary = { fi: 'Tiivistelmä', sv: 'Sammanfattning', en: 'Summary' }[language];
    await page.getByRole('link', { name: summary, exact: true }).click();
    await page.getByRole('heading', { level: 1, name: summary }).waitFor();
    const field = page.getByRole('textbox', { name: t('web.publications.language.fi') });
    await field.fill('**Yhteydenottoja** oli ');
    await page.getByRole('button', { name: t('web.publications.figure.add') }).click();
    const search = page.getByRole('searchbox', { name: t('web.publications.figure.search') });
    await search.fill('key-figures/contacts');
    await page.getByRole('dialog').getByRole('listitem').first().waitFor();
    await in_one(screens)('choosing a figure');
    await page.getByRole('dialog').getByRole('listitem').first().getByRole('button').click();
    assert.match(await field.inputValue(), /\{\{key-figures\/contacts\}\}$/);
    const preview = page.getByRole('region', { name: t('web.publications.preview') });
    await preview.locator('.figure-in-text').waitFor();
    assert.match(await preview.innerText(), /oli 1\D?565/);
    // A name that the report does not have is said at once.
    await field.press('End');
    await field.pressSequentially(' ja {{no/such/figure}}');
    await page.getByText(t('web.publications.figure.none', { names: 'no/such/figure' })).waitFor();
    await screens('writing with an unknown figure');
    await page.getByRole('button', { name: t('web.publications.save') }).click();
    await page.getByText(t('web.publications.all_saved')).waitFor();
    // What is not saved is there again after a crash.
    await field.pressSequentially(' Kesken jäi');
    await page.waitForTimeout(600);
    await page.reload();
    await page.getByText(t('web.publications.draft_found')).waitFor();
    assert.match(await field.inputValue(), /Kesken jäi$/);
    await page.getByRole('button', { name: t('web.publications.draft_give_up') }).click();
    assert.doesNotMatch(await field.inputValue(), /Kesken jäi/);
    // What stands in the way of a signature is told in plain words.
    await page.getByRole('link', { name: t('web.publications.back_to_it') }).click();
    const missing = page.getByText(t('web.publications.missing'));
    await missing.waitFor();
    assert.equal(await page.locator('ul.missing > li').count(), 2);
    await screens('a draft');
  });

  story('two who write in the same text keep their words', { language, login: 'ombudsman', refusals: [409, 412] }, async ({ page, t, screens, another, server }) => {
    const { id } = await drafted(server, { fi: 'Alku.\n\nLoppu.' });
    const place = `/publications/${id}/sections/summary?language=fi`;
    const other = await another({});
    await other.sign_in('ombudsman-social');
    const [mine, theirs] = [page, other.page].map((of) => of.getByRole('textbox', { name: t('web.publications.language.fi') }));
    await page.goto(place);
    await other.page.goto(place);
    await mine.fill('Alku.\n\nMinun lauseeni.\n\nLoppu.');
    await theirs.fill('Toisen alku.\n\nLoppu.');
    await other.page.getByRole('button', { name: t('web.publications.save') }).click();
    await other.page.getByText(t('web.publications.all_saved')).waitFor();
    // The page learns of it by itself, and says who.
    const merge = page.getByRole('button', { name: t('web.publications.meeting.put_together') });
    await merge.waitFor();
    await in_one(screens)('two have written');
    await merge.click();
    assert.equal(await mine.inputValue(), 'Toisen alku.\n\nMinun lauseeni.\n\nLoppu.');
    await page.getByRole('button', { name: t('web.publications.save') }).click();
    await page.getByText(t('web.publications.all_saved')).waitFor();
    // In the same place: somebody chooses.
    await other.page.waitForFunction(() => document.querySelector('textarea').value.includes('Minun'));
    await mine.fill('Minun alku.\n\nMinun lauseeni.\n\nLoppu.');
    await theirs.fill('Kolmas alku.\n\nMinun lauseeni.\n\nLoppu.');
    await other.page.getByRole('button', { name: t('web.publications.save') }).click();
    await page.getByRole('radio', { name: t('web.publications.meeting.mine') }).check();
    await screens('two have written in one place');
    await merge.click();
    await page.getByRole('button', { name: t('web.publications.save') }).click();
    await page.getByText(t('web.publications.all_saved')).waitFor();
    assert.equal(await mine.inputValue(), 'Minun alku.\n\nMinun lauseeni.\n\nLoppu.');
    // Every version is there, and one can be taken back.
    await page.getByText(t('web.publications.versions.other', { n: 5 })).click();
    await page.getByRole('button', { name: t('web.publications.version_show'), exact: true }).nth(1).click();
    await page.getByText('Kolmas alku.').first().waitFor();
    await in_one(screens)('versions of a text');
    await page.getByRole('button', { name: t('web.publications.version_restore', { n: 1 }) }).click();
    assert.equal(await mine.inputValue(), 'Alku.\n\nLoppu.');
  });

}
