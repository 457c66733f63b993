import { useEffect, useMemo, useRef, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { Notice } from '~/components/notice';
import { useDraft } from '~/contacts/use_draft';
import { Form, useField } from '~/forms/form';
import { useShortcut } from '~/frame/shortcuts';
import { toast } from '~/frame/toasts';
import { FigureChoice } from '~/publications/figure_choice';
import { useFigures } from '~/publications/figures';
import { Markdown } from '~/publications/markdown';
import { Meeting } from '~/publications/meeting';
import { language_texts, type PublicationAnswer } from '~/publications/publication';
import { usePublicationCommand } from '~/publications/publication_command';
import { TextVersions } from '~/publications/text_versions';
import { useColleagues } from '~/reference/reference';
import { type Language, useTexts } from '~/texts/texts';

interface Written {
  markdown: string;
  stood: string; // what it was written upon
  replaces: number; // and its version
}

export function SectionEditor({
  page,
  section,
  language,
}: {
  page: PublicationAnswer;
  section: string;
  language: Language;
}) {
  const { t, moment } = useTexts();
  const people = useColleagues();
  const id = page.row?.publication_id ?? '';
  const may_write = page.possible.includes('texts');
  const now = page.texts.find((text) => text.section === section && text.language === language);
  const as_it_stands = (): Written => ({
    markdown: now?.markdown ?? '',
    stood: now?.markdown ?? '',
    replaces: now?.version ?? 0,
  });
  const draft = useDraft<Written>(`publication ${id} text ${section} ${language}`, as_it_stands);
  const { markdown, stood, replaces } = draft.value;
  const figures = useFigures(page.row, language);
  const area = useRef<HTMLTextAreaElement | null>(null);
  const [choosing, set_choosing] = useState(false);
  // Where a text was taken out, its versions count on.
  const taken_out = useRef(0);

  const sent = useRef({ markdown, replaces });

  const save = usePublicationCommand(id, 'texts', page.version, () => {
    toast({ text: t('web.publications.text_saved') });
    const saved = { markdown, stood: sent.current.markdown, replaces: sent.current.replaces + 1 };
    // What was typed while it was being saved stays a draft.
    if (saved.markdown !== saved.stood) return draft.set(saved);
    draft.give_up();
    draft.put(saved);
  });

  const typed = markdown !== stood;
  const theirs = now?.markdown ?? '';
  const behind = (now?.version ?? 0) > replaces;
  const meeting = behind && typed && theirs !== markdown;
  // Nothing typed here: what the other wrote stands at once.
  useEffect(() => {
    if (behind && (!typed || theirs === markdown))
      draft.put({ markdown: theirs, stood: theirs, replaces: now?.version ?? 0 });
  });
  const send = () => {
    if (save.sending || meeting || !typed) return;
    sent.current = { markdown, replaces: !now && stood === '' ? taken_out.current : replaces };
    void save.send({ section, language, ...sent.current });
  };
  useShortcut('ctrl+enter', t('web.publications.save_key'), send);
  const put_in = (words: string) => {
    const at = area.current;
    const [from, to] = at ? [at.selectionStart, at.selectionEnd] : [markdown.length, markdown.length];
    draft.set({ markdown: markdown.slice(0, from) + words + markdown.slice(to) });
    requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(from + words.length, from + words.length);
    });
  };
  const unknown = useMemo(
    () =>
      figures.ready
        ? [...markdown.matchAll(/\{\{\s*([^{}]*?)\s*\}\}/g)]
            .map(([, name]) => name ?? '')
            .filter((name) => figures.figure_of(name) === undefined)
        : [],
    [markdown, figures],
  );

  const preview_of = (text: string) => (
    <section className="preview stack close" aria-label={t('web.publications.preview')}>
      <p className="small quiet">{t('web.publications.preview')}</p>
      {text.trim() ? (
        <Markdown text={text} lang={language} figure_of={figures.figure_of} />
      ) : (
        <p className="quiet">{t('web.publications.nothing_written')}</p>
      )}
    </section>
  );
  if (!may_write)
    return (
      <div className="card stack">
        <p className="quiet">{t('web.publications.only_read')}</p>
        {preview_of(theirs)}
        {typed ? (
          <details open>
            <summary>{t('web.publications.yours_unsaved')}</summary>
            <p className="read-text version-text" lang={language}>
              {markdown}
            </p>
          </details>
        ) : null}
        <TextVersions id={id} section={section} language={language} now={theirs} />
      </div>
    );
  return (
    <>
      {meeting ? (
        <Meeting
          stood={stood}
          mine={markdown}
          theirs={theirs}
          who={people.name_of(now?.written_by ?? '')}
          when={now?.written_at ? moment(now.written_at) : ''}
          lang={language}
          go_on={(text) => {
            save.forget();
            draft.set({ markdown: text, stood: theirs, replaces: now?.version ?? 0 });
            area.current?.focus();
          }}
        />
      ) : null}
      <div className="card">
        <Form refusal={save.stale || meeting ? undefined : save.refusal} submit={send}>
          {draft.restored && typed ? (
            <Notice kind="info" title={t('web.publications.draft_found')}>
              <p>
                <button
                  type="button"
                  className="plain-button"
                  onClick={() => {
                    draft.give_up();
                    draft.put(as_it_stands());
                  }}
                >
                  {t('web.publications.draft_give_up')}
                </button>
              </p>
            </Notice>
          ) : null}
          <div className="writing">
            <div className="stack close">
              <TextArea
                element={area}
                label={t(language_texts[language])}
                lang={language}
                value={markdown}
                change={(text) => {
                  draft.set({ markdown: text });
                  if (text === stood) draft.give_up();
                }}
              />
              <div className="row">
                <Button type="button" variant="secondary" onClick={() => set_choosing(true)}>
                  {t('web.publications.figure.add')}
                </Button>
              </div>
              {unknown.length > 0 ? (
                <p className="field-error" role="status">
                  {t('web.publications.figure.none', { names: [...new Set(unknown)].join(', ') })}
                </p>
              ) : null}
            </div>
            {preview_of(markdown)}
          </div>
          <div className="form-end">
            <Button type="submit" aria-disabled={save.sending || meeting || !typed}>
              {save.sending ? t('web.case.sending') : t('web.publications.save')}
            </Button>
            <span className="quiet small" role="status">
              {typed ? t('web.publications.kept_here') : t('web.publications.all_saved')}
            </span>
            {save.slow ? <span className="quiet">{t('web.case.slow')}</span> : null}
          </div>
        </Form>
      </div>
      <div className="card stack">
        <HowToWrite />
        <TextVersions
          id={id}
          section={section}
          language={language}
          now={markdown}
          newest={(version, taken) => {
            taken_out.current = taken ? version : 0;
          }}
          restore={(text) => {
            draft.set({ markdown: text });
            area.current?.focus();
          }}
        />
      </div>
      {choosing ? (
        <FigureChoice
          figures={figures.all}
          ready={figures.ready}
          close={() => set_choosing(false)}
          choose={(name) => {
            set_choosing(false);
            put_in(`{{${name}}}`);
          }}
        />
      ) : null}
    </>
  );
}

function TextArea({
  element,
  label,
  lang,
  value,
  change,
}: {
  element: React.RefObject<HTMLTextAreaElement | null>;
  label: string;
  lang: string;
  value: string;
  change: (value: string) => void;
}) {
  const field = useField('markdown');
  return (
    <label className="writing-area">
      <span>{label}</span>
      <textarea
        ref={(found) => {
          element.current = found;
          field.element.current = found;
        }}
        name="markdown"
        lang={lang}
        spellCheck
        value={value}
        aria-invalid={field.message ? true : undefined}
        aria-describedby={field.message ? 'markdown-wrong' : undefined}
        onChange={(event) => change(event.currentTarget.value)}
      />
      {field.message ? (
        <span id="markdown-wrong" className="field-error">
          {field.message}
        </span>
      ) : null}
    </label>
  );
}

function HowToWrite() {
  const { t } = useTexts();
  const rows: [string, string][] = [
    [t('web.publications.how.empty_line'), t('web.publications.how.paragraph')],
    [`**${t('web.publications.how.words')}**`, t('web.publications.how.strong')],
    [`*${t('web.publications.how.words')}*`, t('web.publications.how.emphasis')],
    [`## ${t('web.publications.how.words')}`, t('web.publications.how.heading')],
    [`- ${t('web.publications.how.words')}`, t('web.publications.how.list')],
    [`1. ${t('web.publications.how.words')}`, t('web.publications.how.numbered')],
    ['{{key-figures/contacts}}', t('web.publications.how.figure')],
  ];
  return (
    <details>
      <summary>{t('web.publications.how.title')}</summary>
      <dl className="facts how-to-write">
        {rows.map(([typed, becomes]) => (
          <div key={typed}>
            <dt>
              <code>{typed}</code>
            </dt>
            <dd>{becomes}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
