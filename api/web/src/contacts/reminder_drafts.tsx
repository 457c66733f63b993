// Reminders that are written together with the client, and the reminders that a contact is linked to by the
// client's mandate or consent.
import { useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { command_labels } from '#generated/commands';
import type { CasePageAnswer } from '~/case_page/case_page';
import { contents_of, text_in, type Value } from '~/case_page/contents';
import { contact_on, Doer, type Doing } from '~/contacts/doer';
import { useDraft } from '~/contacts/use_draft';
import { Check } from '~/forms/checks';
import { Choice } from '~/forms/choice';
import { DateField } from '~/forms/date_field';
import { SelectField } from '~/forms/select_field';
import { LongTextField, TextField } from '~/forms/text_field';
import { as_words, Printed, usePrinting } from '~/letters/printed';
import { today, type Unit, useCodes, useUnits } from '~/reference/reference';
import { type Language, language_now, languages, useTexts, words_in } from '~/texts/texts';

const labels = command_labels.contacts;
const language_names: Record<Language, string> = { fi: 'Suomi', sv: 'Svenska', en: 'English' };

export function ReminderDrafts({ page }: { page: CasePageAnswer }) {
  const { t, named } = useTexts();
  const [writing, set_writing] = useState<string>();
  const { reminder_drafts } = contents_of(page);
  const may_write = page.possible.includes('reminder-draft');
  if (reminder_drafts.length === 0) return null;
  return (
    <section className="card stack" aria-labelledby="reminder-drafts">
      <h2 id="reminder-drafts">{t('web.reminder_drafts.title')}</h2>
      <ul className="related documents">
        {reminder_drafts.map((one) => (
          <OneDraft
            key={text_in(one.draft_id)}
            page={page}
            draft={one}
            change={may_write ? () => set_writing(text_in(one.draft_id)) : undefined}
          />
        ))}
      </ul>
      {may_write ? (
        <div className="on-screen">
          <Button variant="secondary" onClick={() => set_writing('')}>
            {named(labels['reminder-draft'])}
          </Button>
        </div>
      ) : null}
      {writing === undefined ? null : (
        <WriteReminder page={page} draft_id={writing} close={() => set_writing(undefined)} />
      )}
    </section>
  );
}

function OneDraft({
  page,
  draft,
  change,
}: {
  page: CasePageAnswer;
  draft: Value;
  change: (() => void) | undefined;
}) {
  const { t } = useTexts();
  const units = useUnits();
  const printing = usePrinting('contact', page.row?.case_id ?? '');
  const to = addressee_of(draft, units.all, language_now());
  const language = text_in(draft.language) as Language;
  return (
    <li className="stack closest">
      <span>{to}</span>
      <span className="small quiet">
        {[
          language_names[language],
          draft.finished === true ? t('web.reminder_drafts.finished') : t('web.reminder_drafts.unfinished'),
        ].join(' · ')}
      </span>
      <span className="row document-row on-screen">
        {change ? (
          <button
            type="button"
            className="plain-button small"
            aria-label={t('web.reminder_drafts.change_that', { to })}
            onClick={change}
          >
            {t('web.reminder_drafts.change')}
          </button>
        ) : null}
        <button
          type="button"
          className="plain-button small"
          aria-label={t('web.reminder_drafts.print_that', { to })}
          onClick={() =>
            void letter_of(page, draft, units.all).then((letter) => printing.make({ ...letter, language }))
          }
        >
          {t('web.reminder_drafts.print')}
        </button>
      </span>
      <Printed printing={printing} />
    </li>
  );
}

function addressee_of(draft: Value, units: Unit[], language: Language) {
  const name = units.find((unit) => unit.unit_id === draft.addressee_unit)?.name;
  return [name?.[language] || name?.fi, text_in(draft.addressee)].filter(Boolean).join(', ');
}

// The client's own letter, in the language that they chose.
async function letter_of(page: CasePageAnswer, draft: Value, units: Unit[]) {
  const language = text_in(draft.language) as Language;
  const { t, date } = await words_in(language);
  const client = contact_on(page)?.client_record?.client;
  const wanted = text_in(draft.wanted);
  const parts = [
    as_words(addressee_of(draft, units, language)),
    `# ${t('web.reminder_letter.title')}`,
    as_words(
      [client?.name, client?.birth_on && date(client.birth_on), client?.address, client?.phone]
        .filter(Boolean)
        .join('\n'),
    ),
    `## ${t('web.reminder_letter.happened')}`,
    as_words(text_in(draft.happened)),
    ...(wanted ? [`## ${t('web.reminder_letter.wanted')}`, as_words(wanted)] : []),
    t('web.reminder_letter.answer'),
    t('web.reminder_letter.signature'),
  ];
  return { title: t('web.reminder_letter.title'), markdown: parts.filter(Boolean).join('\n\n') };
}

export function WriteReminder({ page, draft_id, close }: Doing & { draft_id: string }) {
  const { t, named } = useTexts();
  const units = useUnits();
  const stands = contents_of(page).reminder_drafts.find((one) => one.draft_id === draft_id);
  const draft = useDraft(`reminder ${page.row?.case_id} ${draft_id}`, () => ({
    language: text_in(stands?.language) || language_now(),
    addressee_unit: text_in(stands?.addressee_unit) || (contact_on(page)?.matters ?? [])[0]?.unit || '',
    addressee: text_in(stands?.addressee),
    happened: text_in(stands?.happened),
    wanted: text_in(stands?.wanted),
    finished: stands?.finished === true,
  }));
  const { language, addressee_unit, addressee, happened, wanted, finished } = draft.value;
  return (
    <Doer
      path="/api/v1/contacts/{id}/reminder-draft"
      draft={draft}
      page={page}
      close={close}
      title={named(labels['reminder-draft'])}
      done={t('web.reminder_drafts.kept')}
      body={() => ({
        language,
        happened,
        ...(draft_id ? { draft_id } : {}),
        ...(addressee_unit ? { addressee_unit } : {}),
        ...(addressee ? { addressee } : {}),
        ...(wanted ? { wanted } : {}),
        ...(finished ? { finished } : {}),
      })}
    >
      <p className="quiet">{t('web.reminder_drafts.about')}</p>
      <Choice
        name="language"
        legend={t('web.reminder_drafts.language')}
        value={language}
        change={(language) => draft.set({ language })}
        options={languages.map((one) => [one, language_names[one]])}
      />
      <div className="field-grid">
        <SelectField
          name="addressee_unit"
          label={named('label.addressee_unit')}
          value={addressee_unit}
          change={(addressee_unit) => draft.set({ addressee_unit })}
          none={t('web.reminder_drafts.not_ours')}
          options={units.options()}
        />
        <TextField
          name="addressee"
          label={t('web.reminder_drafts.addressee')}
          value={addressee}
          change={(addressee) => draft.set({ addressee })}
          required={addressee_unit === ''}
        />
      </div>
      <div className="letter">
        <LongTextField
          name="happened"
          label={named('label.happened')}
          hint={t('web.reminder_drafts.happened_hint')}
          value={happened}
          change={(happened) => draft.set({ happened })}
          required
        />
      </div>
      <LongTextField
        name="wanted"
        label={named('label.wanted')}
        value={wanted}
        change={(wanted) => draft.set({ wanted })}
      />
      <Check
        name="finished"
        label={named('label.finished')}
        value={finished}
        change={(finished) => draft.set({ finished })}
      />
    </Doer>
  );
}

export function Links({ page }: { page: CasePageAnswer }) {
  const { t, date } = useTexts();
  const codes = useCodes();
  const { links } = contents_of(page);
  if (links.length === 0) return null;
  return (
    <section className="card stack" aria-labelledby="links">
      <h2 id="links">{t('web.reminder_links.title')}</h2>
      <ul className="related">
        {links.map((one) => (
          <li key={one.link_id}>
            {one.reminder}
            <span className="small quiet block">
              {[
                codes.label('link_ground', one.ground),
                one.document,
                one.ended_on
                  ? t('web.reminder_links.ended', { date: date(one.ended_on) })
                  : t('web.reminder_links.since', { date: date(one.given_on) }),
              ].join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function LinkToReminder({ page, close }: Doing) {
  const { t, named } = useTexts();
  const codes = useCodes();
  const draft = useDraft(`link ${page.row?.case_id}`, () => ({
    ground: '',
    reminder: '',
    document: '',
    given_on: today(),
    scope: '',
  }));
  const { ground, reminder, document, given_on, scope } = draft.value;
  return (
    <Doer
      path="/api/v1/contacts/{id}/link-reminder"
      draft={draft}
      page={page}
      close={close}
      title={named(labels['link-reminder'])}
      done={t('web.reminder_links.linked')}
      body={() => ({ ground, reminder, document, given_on, ...(scope ? { scope } : {}) })}
    >
      <p className="quiet">{t('web.reminder_links.about')}</p>
      <div className="field-grid">
        <SelectField
          name="ground"
          label={named('label.ground')}
          value={ground}
          change={(ground) => draft.set({ ground })}
          none={t('web.case.choose')}
          options={codes.options('link_ground')}
          required
        />
        <TextField
          name="reminder"
          label={t('web.reminder_links.number')}
          value={reminder}
          change={(reminder) => draft.set({ reminder })}
          autoComplete="off"
          required
        />
        <DateField
          name="given_on"
          label={named('label.given_on')}
          value={given_on}
          change={(given_on) => draft.set({ given_on })}
          required
        />
      </div>
      <TextField
        name="document"
        label={t('web.reminder_links.document')}
        value={document}
        change={(document) => draft.set({ document })}
        required
      />
      <TextField
        name="scope"
        label={named('label.scope')}
        value={scope}
        change={(scope) => draft.set({ scope })}
      />
    </Doer>
  );
}
