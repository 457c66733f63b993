// A letter's template in three languages: fields of the case are put in from a list, and what becomes of it is
// shown beside, with values made up.
import '~/administration/administration.css';
import { useEffect, useId, useRef, useState } from 'react';
import { Link } from 'wouter';
import { useDraft } from '~/administration/draft';
import { IdField } from '~/administration/id_field';
import { type Letter, type Letters, newest_letters } from '~/administration/letters_page';
import { NameFields, type Names, no_names } from '~/administration/name_fields';
import { SavedForm } from '~/administration/saved_form';
import { useSaving } from '~/administration/saving';
import { type AnswerOf, type CommandBody, call } from '~/api/client';
import { useRead } from '~/api/reading';
import { Refusal } from '~/api/refusal';
import { Loaded } from '~/components/loaded';
import { Check, Checks } from '~/forms/checks';
import { Choice } from '~/forms/choice';
import { DateField } from '~/forms/date_field';
import { Select } from '~/forms/select';
import { SelectField } from '~/forms/select_field';
import { LongTextField } from '~/forms/text_field';
import { Page } from '~/frame/page';
import { kind_of_enumeration, kind_texts } from '~/reference/kinds';
import { Name } from '~/reference/names';
import { today, useCodes } from '~/reference/reference';
import { useTexts } from '~/texts/texts';

const list = '/administration/letters';
type Given = CommandBody<'/api/v1/reference/letters/letters'>;
type Kind = NonNullable<Given['for_kinds']>[number];
type Preview = AnswerOf<'/api/v1/reference/letters/preview', 'post'>;
const kinds: Kind[] = ['REMINDER', 'COMPLAINT', 'AUTHORITY_REQUEST', 'CONTACT'];
const pause_ms = 400;

export default function LetterPage({ params }: { params: Record<string, string> }) {
  const { t } = useTexts();
  const reading = useRead('/api/v1/reference/letters', {});
  const id = params.id === undefined ? undefined : decodeURIComponent(params.id);
  return (
    <div className="stack">
      <p>
        <Link href={list}>{t('web.letter_templates.title')}</Link>
      </p>
      <Loaded reading={reading} title={t('web.letter_templates.single')}>
        {(letters) => {
          const one = newest_letters(letters).find(({ given }) => given?.template_id === id);
          return (
            <Page
              title={
                one ? (
                  <Name of={one.given?.name} otherwise={one.given?.template_id ?? ''} />
                ) : (
                  t('web.letter_templates.new')
                )
              }
              tab_title={t('web.letter_templates.single')}
              lead={one ? t('web.policies.new_version') : ''}
            >
              <LetterForm key={one?.given?.template_id} one={one} letters={letters} />
            </Page>
          );
        }}
      </Loaded>
    </div>
  );
}

function LetterForm({ one, letters }: { one: Letter | undefined; letters: Letters }) {
  const { t } = useTexts();
  const codes = useCodes();
  const given = one?.given;
  const from = given && given.valid_from > today() ? given.valid_from : today();
  const draft = useDraft({
    template_id: given?.template_id ?? '',
    name: (given?.name ?? no_names) as Names,
    letter: given?.letter ?? 'acknowledgement',
    for_kinds: (given?.for_kinds ?? []) as string[],
    body: (given?.body ?? no_names) as Names,
    valid_from: from,
    withdrawn: given?.withdrawn ?? false,
  });
  const { mine, set } = draft;
  const save = useSaving('/api/v1/reference/letters/letters', { version: letters.version }, list);
  const labels = {
    name: t('web.administration.name'),
    letter: t('web.letter_templates.letter'),
    for_kinds: t('web.letter_templates.for_kinds'),
    body: t('web.letter_templates.body'),
    valid_from: t('web.administration.valid_from'),
    withdrawn: t('web.letter_templates.withdraw'),
  };
  const kind_label = (kind: string) => t(kind_texts[kind_of_enumeration(kind)] ?? 'web.kind.contact');
  const taken_id =
    !one && newest_letters(letters).some((other) => other.given?.template_id === mine.template_id);
  return (
    <SavedForm
      save={save}
      draft={draft}
      body_of={(now) => ({ ...now, for_kinds: now.for_kinds as Kind[] })}
      labels={labels}
      said={([field], value) =>
        field === 'letter'
          ? codes.label('letter', String(value))
          : field === 'for_kinds'
            ? (value as string[]).map(kind_label).join(', ')
            : undefined
      }
      back={list}
      wide
    >
      {one ? null : (
        <IdField
          name="template_id"
          hint={t('web.letter_templates.id_hint')}
          value={mine.template_id}
          change={(template_id) => set({ template_id })}
          taken={taken_id}
        />
      )}
      <NameFields name="name" value={mine.name} change={(name) => set({ name })} />
      <div className="field-pair">
        <SelectField
          name="letter"
          label={labels.letter}
          value={mine.letter}
          change={(letter) => set({ letter })}
          options={codes.options('letter')}
        />
        <DateField
          name="valid_from"
          label={labels.valid_from}
          value={mine.valid_from}
          change={(valid_from) => set({ valid_from })}
          required
        />
      </div>
      <Checks
        name="for_kinds"
        label={labels.for_kinds}
        value={mine.for_kinds}
        change={(for_kinds) => set({ for_kinds })}
        options={kinds.map((kind) => ({ value: kind, label: kind_label(kind) }))}
      />
      <Body
        value={mine.body}
        change={(body) => set({ body })}
        fields={letters.fields}
        refusal={save.refusal instanceof Refusal ? save.refusal : undefined}
      />
      {one ? (
        <Check
          name="withdrawn"
          label={labels.withdrawn}
          hint={t('web.letter_templates.withdraw_hint')}
          value={mine.withdrawn}
          change={(withdrawn) => set({ withdrawn })}
        />
      ) : null}
    </SavedForm>
  );
}

type Language = 'fi' | 'sv' | 'en';

function Body({
  value,
  change,
  fields,
  refusal,
}: {
  value: Names;
  change: (value: Names) => void;
  fields: Letters['fields'];
  refusal: Refusal | undefined;
}) {
  const { t, language: of_page } = useTexts();
  const [language, set_language] = useState<Language>(of_page);
  const [preview, set_preview] = useState<Preview>();
  const place = useRef<HTMLDivElement>(null);
  const heading = useId();
  const body = value[language];
  const wrong = refusal?.fields.find(({ field }) => field.startsWith('body.'))?.field.slice(5);
  // The language that something is wrong in comes forward.
  useEffect(() => {
    if (wrong === 'fi' || wrong === 'sv' || wrong === 'en') set_language(wrong);
  }, [wrong]);
  useEffect(() => {
    let given_up = false;
    const timer = setTimeout(async () => {
      const seen = await call(
        'post',
        '/api/v1/reference/letters/preview',
        {},
        {
          body: { markdown: body, language },
        },
      ).catch(() => undefined);
      if (!given_up) set_preview(seen);
    }, pause_ms);
    return () => {
      given_up = true;
      clearTimeout(timer);
    };
  }, [body, language]);
  // Where the cursor stands, or stood last.
  const put_in = (name: string) => {
    const area = place.current?.querySelector('textarea');
    const at = area?.selectionStart ?? body.length;
    const until = area?.selectionEnd ?? at;
    const field = `{{${name}}}`;
    change({ ...value, [language]: body.slice(0, at) + field + body.slice(until) });
    requestAnimationFrame(() => {
      area?.focus();
      area?.setSelectionRange(at + field.length, at + field.length);
    });
  };
  const unknown = preview?.unknown ?? [];
  return (
    <div className="letter-body">
      <div className="stack" ref={place}>
        <Choice<Language>
          name="body language"
          legend={t('web.letter_templates.body_language')}
          value={language}
          change={set_language}
          options={[
            ['fi', t('web.administration.name.in_finnish')],
            ['sv', t('web.administration.name.in_swedish')],
            ['en', t('web.administration.name.in_english')],
          ]}
        />
        <Select
          label={t('web.letter_templates.put_in')}
          value=""
          all={t('web.letter_templates.choose_field')}
          options={fields.map(({ name, label }) => ({ value: name, label }))}
          change={(name) => {
            if (name) put_in(name);
          }}
        />
        <LongTextField
          key={language}
          name={`body.${language}`}
          label={t('web.letter_templates.body')}
          hint={t('web.letter_templates.body_hint')}
          value={body}
          change={(words) => change({ ...value, [language]: words })}
          error={
            unknown.length > 0 ? t('web.letter_templates.unknown', { names: unknown.join(', ') }) : undefined
          }
          lang={language}
          required
        />
      </div>
      <section className="letter-preview stack close" aria-labelledby={heading}>
        <h2 id={heading} className="part-heading">
          {t('web.letter_templates.preview')}
        </h2>
        <p className="small quiet">{t('web.letter_templates.preview_hint')}</p>
        <div className="letter-paper" lang={language}>
          {preview?.text}
        </div>
      </section>
    </div>
  );
}
