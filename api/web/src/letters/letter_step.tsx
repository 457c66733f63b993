// A letter of a case: filled by the server from a template, changed by hand, made into a PDF that is kept with
// the case; and then the step that it belongs to.
import '~/case_steps/case_steps.css';
import '~/letters/letters.css';
import { useEffect, useRef, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { type AnswerOf, call } from '~/api/client';
import { touched } from '~/api/live_updates';
import { useRead } from '~/api/reading';
import { Refusal, Unreachable } from '~/api/refusal';
import { session_now } from '~/api/session';
import { upload } from '~/api/uploading';
import type { CasePageAnswer } from '~/case_page/case_page';
import { contents_of, name_of_maker, open_statements, text_in } from '~/case_page/contents';
import { useCommandName } from '~/case_steps/other_steps';
import { useDone } from '~/case_steps/undo';
import { Loaded } from '~/components/loaded';
import { Notice, RefusalNotice } from '~/components/notice';
import { Choice } from '~/forms/choice';
import { Form } from '~/forms/form';
import { SelectField } from '~/forms/select_field';
import { LongTextField, TextField } from '~/forms/text_field';
import { file_name_of, Printed, usePrinting } from '~/letters/printed';
import { kind_paths } from '~/reference/kinds';
import { today, useNames } from '~/reference/reference';
import { type Language, language_now, languages, useTexts } from '~/texts/texts';

const language_names: Record<Language, string> = { fi: 'Suomi', sv: 'Svenska', en: 'English' };
const kind_names: Record<string, string | undefined> = {
  reminder: 'REMINDER',
  complaint: 'COMPLAINT',
  'authority-request': 'AUTHORITY_REQUEST',
  contact: 'CONTACT',
};
// Which step says that the letter has gone.
const step_of: Record<string, string[]> = {
  acknowledgement: ['acknowledge', 'confirm-receipt'],
  'statement-request': ['statements'],
  reply: ['send'],
  transfer: ['transfer'],
};
// And which letter one most likely wants before a step.
const letter_of: Record<string, string> = {
  acknowledge: 'acknowledgement',
  'confirm-receipt': 'acknowledgement',
  'await-statement': 'statement-request',
  'ask-statement': 'statement-request',
  send: 'reply',
  'send-request-reply': 'reply',
};

interface Written {
  title: string;
  markdown: string;
  missing: { field: string; label: string }[];
  changed: boolean;
}
// Changed by hand and not kept, of each case, template and language. Only in this tab's memory.
const kept = new Map<string, Written>();
window.addEventListener('beforeunload', (event) => {
  if ([...kept.values()].some(({ changed }) => changed)) event.preventDefault();
});

export function LetterStep({
  page,
  go_on,
  close,
}: {
  page: CasePageAnswer;
  go_on: (step: string, document: string) => void;
  close: () => void;
}) {
  const { t } = useTexts();
  const reading = useRead('/api/v1/reference/letters', {});
  const top = useRef<HTMLHeadingElement>(null);
  useEffect(() => top.current?.focus(), []);
  return (
    <section className="card stack steps step-form on-screen" aria-labelledby="step">
      <div className="row spread">
        <h2 id="step" ref={top} tabIndex={-1}>
          {t('web.letter.write')}
        </h2>
        <button type="button" className="plain-button" onClick={close}>
          {t('web.case.back_to_steps')}
        </button>
      </div>
      <Loaded reading={reading}>
        {({ letters }) => <Chosen page={page} letters={letters} go_on={go_on} close={close} />}
      </Loaded>
    </section>
  );
}

type Template = { template_id: string; letter: string; label: string };

function Chosen({
  page,
  letters,
  go_on,
  close,
}: {
  page: CasePageAnswer;
  letters: AnswerOf<'/api/v1/reference/letters', 'get'>['letters'];
  go_on: (step: string, document: string) => void;
  close: () => void;
}) {
  const { t } = useTexts();
  const name = useNames();
  const row = page.row;
  const next = row?.next_step.replace(/^next\./, '') ?? '';
  const templates: Template[] = letters
    .map(({ given }) => given)
    .filter((one) => one !== undefined)
    .filter(
      (one) =>
        !one.withdrawn &&
        (one.for_kinds.length === 0 || one.for_kinds.some((kind) => kind === kind_names[row?.kind ?? ''])),
    )
    .map((one) => ({
      template_id: one.template_id,
      letter: one.letter,
      label: name(one.name, one.template_id),
    }));
  const likely = templates.find(({ letter }) => letter === letter_of[next]) ?? templates[0];
  const [template_id, set_template] = useState(likely?.template_id ?? '');
  const [language, set_language] = useState<Language>(() => language_of(page));
  const template = templates.find((one) => one.template_id === template_id);
  if (!template) return <p className="quiet">{t('web.letter.no_templates')}</p>;
  return (
    <>
      <SelectField
        name="template"
        label={t('web.letter.template')}
        value={template_id}
        change={set_template}
        options={templates.map((one) => ({ value: one.template_id, label: one.label }))}
      />
      <Choice
        name="language"
        legend={t('web.letter.language')}
        value={language}
        change={set_language}
        options={languages.map((one) => [one, language_names[one]])}
      />
      <Filled
        key={`${template_id} ${language}`}
        page={page}
        template={template}
        language={language}
        go_on={go_on}
        close={close}
      />
    </>
  );
}

// As the person writes who gets it; of a language without letters, one's own.
function language_of(page: CasePageAnswer): Language {
  const said = text_in(contents_of(page).opening.language);
  return languages.find((one) => one === said) ?? language_now();
}

function Filled({
  page,
  template,
  language,
  go_on,
  close,
}: {
  page: CasePageAnswer;
  template: Template;
  language: Language;
  go_on: (step: string, document: string) => void;
  close: () => void;
}) {
  const { t } = useTexts();
  const id = page.row?.case_id ?? '';
  const kind = kind_paths[page.row?.kind ?? ''] ?? 'reminders';
  const key = `${id} ${template.template_id} ${language}`;
  const [written, set_written] = useState(() => kept.get(key));
  const [refusal, set_refusal] = useState<Refusal | Unreachable>();
  const [again, set_again] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once, and again when somebody wants it
  useEffect(() => {
    if (written && again === 0) return;
    let gone = false;
    call(
      'post',
      `/api/v1/${kind}/{id}/letters` as '/api/v1/reminders/{id}/letters',
      { path: { id } },
      { body: { template: template.template_id, language } },
    ).then(
      (letter) => {
        if (gone) return;
        set_refusal(undefined);
        set_written({ ...letter, changed: false });
      },
      (wrong) => {
        if (gone) return;
        if (wrong instanceof Refusal || wrong instanceof Unreachable) set_refusal(wrong);
      },
    );
    return () => {
      gone = true;
    };
  }, [again]);
  if (refusal)
    return (
      <>
        <RefusalNotice refusal={refusal} />
        <div>
          <Button variant="secondary" onClick={() => set_again(again + 1)}>
            {t('web.loading.again')}
          </Button>
        </div>
      </>
    );
  if (!written) return <p className="waiting">{t('web.letter.filling')}</p>;
  return (
    <Writing
      page={page}
      template={template}
      language={language}
      written={written}
      change={(next) => {
        kept.set(key, next);
        set_written(next);
      }}
      fill_again={() => {
        kept.delete(key);
        set_written(undefined);
        set_again(again + 1);
      }}
      kept_now={() => void kept.delete(key)}
      go_on={go_on}
      close={close}
    />
  );
}

function Writing({
  page,
  template,
  language,
  written,
  change,
  fill_again,
  kept_now,
  go_on,
  close,
}: {
  page: CasePageAnswer;
  template: Template;
  language: Language;
  written: Written;
  change: (next: Written) => void;
  fill_again: () => void;
  kept_now: () => void;
  go_on: (step: string, document: string) => void;
  close: () => void;
}) {
  const { t } = useTexts();
  const id = page.row?.case_id ?? '';
  const kind = kind_paths[page.row?.kind ?? ''] ?? 'reminders';
  const name_of = useCommandName(page.row?.kind ?? '');
  const done = useDone(kind, id);
  const printing = usePrinting(page.row?.kind ?? '', id);
  const [saving, set_saving] = useState(false);
  const [refusal, set_refusal] = useState<Refusal | Unreachable>();
  const [unsure, set_unsure] = useState(false);
  const [document, set_document] = useState('');
  const { title, markdown } = written;
  // What still stands as the template names it.
  const gaps = written.missing.filter(({ field }) => markdown.includes(`{{${field}}}`));
  const paper = { title: title.trim(), markdown, language };
  const steps = [
    ...(template.letter === 'statement-request' && open_statements(contents_of(page)).length > 0
      ? []
      : (step_of[template.letter] ?? [])),
    'notify',
  ].filter((step) => page.possible.includes(step));
  const next = steps[0];
  const may_keep = page.possible.includes('documents');
  const placed = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (document) placed.current?.focus();
  }, [document]);

  async function keep() {
    if (saving) return;
    if (gaps.length > 0 && !unsure) return set_unsure(true);
    set_saving(true);
    set_refusal(undefined);
    try {
      const blob = await printing.make(paper);
      if (!blob) return;
      const file = new File([blob], file_name_of(title), { type: 'application/pdf' });
      const attachment = await upload(`/api/v1/${kind}/${id}/attachments`, {
        file,
        progress: () => undefined,
        signal: new AbortController().signal,
      });
      const path = `/api/v1/${kind}/{id}/documents` as '/api/v1/reminders/{id}/documents';
      const one = `/api/v1/${kind}/{id}` as '/api/v1/reminders/{id}';
      const body = {
        direction: template.letter === 'statement-request' ? 'internal' : 'outgoing',
        dated_on: today(),
        title: title.trim(),
        party: session_now()?.name || name_of_maker(contents_of(page)),
        attachment,
      };
      const now = await call('get', one, { path: { id } });
      const taken = await call(
        'post',
        path,
        { path: { id } },
        { body, version: now.version, key: crypto.randomUUID() },
      );
      kept_now();
      touched(path, id);
      const then = await call('get', one, { path: { id } });
      set_document(
        then.documents.find(({ version }) => String(version) === String(taken.version))?.document_id ?? '-',
      );
      void done(t('web.letter.kept'), taken.version);
    } catch (wrong) {
      if (!(wrong instanceof Refusal) && !(wrong instanceof Unreachable)) throw wrong;
      set_refusal(wrong);
    } finally {
      set_saving(false);
    }
  }

  if (document)
    return (
      <div ref={placed} tabIndex={-1} className="stack registered">
        <Notice kind="success" title={t('web.letter.kept')}>
          <p>{t('web.letter.kept_about')}</p>
        </Notice>
        <Printed printing={printing} />
        <div className="row">
          {next ? (
            <Button onClick={() => go_on(next, document === '-' ? '' : document)}>
              {t('web.letter.record_sent', { step: name_of(next) })}
            </Button>
          ) : null}
          <button type="button" className="plain-button" onClick={close}>
            {t('web.case.back_to_steps')}
          </button>
        </div>
      </div>
    );
  return (
    <Form refusal={refusal} submit={keep}>
      {gaps.length > 0 ? (
        <Notice kind="warning" title={t('web.letter.gaps')}>
          <ul>
            {gaps.map(({ field, label }) => (
              <li key={field}>
                <span lang={language}>{label}</span> <span className="small quiet">{`{{${field}}}`}</span>
              </li>
            ))}
          </ul>
          <p className="small">{t('web.letter.gaps_about')}</p>
        </Notice>
      ) : null}
      <TextField
        name="title"
        label={t('web.letter.title')}
        value={title}
        change={(title) => change({ ...written, title, changed: true })}
        required
      />
      <div className="letter-body">
        <LongTextField
          name="markdown"
          label={t('web.letter.text')}
          hint={t('web.letter.text_hint')}
          value={markdown}
          change={(markdown) => {
            set_unsure(false);
            change({ ...written, markdown, changed: true });
          }}
          required
        />
      </div>
      {unsure ? (
        <Notice kind="warning" title={t('web.letter.still_gaps')}>
          <p>{t('web.letter.still_gaps_about')}</p>
        </Notice>
      ) : null}
      <div className="row">
        {may_keep ? (
          <Button type="submit" aria-disabled={saving}>
            {saving ? t('web.letter.making') : unsure ? t('web.letter.keep_anyway') : t('web.letter.keep')}
          </Button>
        ) : null}
        <Button
          type="button"
          variant="secondary"
          aria-disabled={printing.making}
          onClick={() => void printing.make(paper)}
        >
          {t('web.letter.look')}
        </Button>
        {written.changed ? (
          <button type="button" className="plain-button" onClick={fill_again}>
            {t('web.letter.again')}
          </button>
        ) : null}
      </div>
      <Printed printing={printing} />
    </Form>
  );
}
