// Everything that has happened to a case, newest first: its events, documents, statements and parties, and what
// the clock did, in one line of days; one looks at all of it or at some.
import { useState } from 'react';
import type { CasePageAnswer } from '~/case_page/case_page';
import { contents_of, is_value, read_value, text_in, type_of } from '~/case_page/contents';
import { EventDetails } from '~/case_page/event_details';
import { UndoButton } from '~/case_steps/undo';
import { FileLinks } from '~/documents/documents_card';
import { Choice } from '~/forms/choice';
import { useTexts } from '~/texts/texts';

type Filter = 'all' | 'documents' | 'statements' | 'parties' | 'clock';
const of_filter: Record<Exclude<Filter, 'all'>, RegExp> = {
  documents:
    /^(Document|ReplyDrafted|ReplySigned|ReplySent|RequestReplySent|Notified|RulingRecorded|CopiedTo|ReminderDrafted)/,
  statements: /^(Statement|AdviceAdded)/,
  parties:
    /(Registered|RequestReceived|CaseImported|Corrected|ContactLogged|ClientMatterRecorded|Notified|Inquiry|Disqualified|Assigned|HandOver|ReminderLinked|ReminderUnlinked|Transferred|ReferralAdvice)/,
  clock: /^(DuesRecomputed|ReminderExtended|Extension|Completion|Reopened|HandlingEnded|HandlingResumed)/,
};

const helsinki = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Helsinki' });
const day_of = (moment: string | undefined) => (moment ? helsinki.format(new Date(moment)) : '');

export function Timeline({ page }: { page: CasePageAnswer }) {
  const { t } = useTexts();
  const [filter, set_filter] = useState<Filter>('all');
  const events = page.timeline
    .filter((entry) => filter === 'all' || of_filter[filter].test(type_of(entry.type)))
    .map((entry) => ({ entry, clock: undefined, on: day_of(entry.recorded_at) }));
  const clock =
    filter === 'all' || filter === 'clock'
      ? page.clock.map((clock) => ({ entry: undefined, clock, on: clock.on }))
      : [];
  // Of one day, the clock's line comes after what moved it; that it began, before everything.
  const lines = [...events, ...clock]
    .map((line, order) => ({ ...line, order: line.clock?.what === 'started' ? -1 : order }))
    .sort((a, b) => (a.on === b.on ? b.order - a.order : a.on < b.on ? 1 : -1));
  const contact = page.row?.kind === 'contact';
  const options: [Filter, string][] = [
    ['all', t('web.case.history.all')],
    ['documents', t('web.case.history.documents')],
    ['statements', contact ? t('web.case.history.advice') : t('web.case.history.statements')],
    ['parties', t('web.case.history.parties')],
    ['clock', contact ? t('web.case.history.handling') : t('web.case.history.clock')],
  ];
  return (
    <section className="card stack" aria-labelledby="timeline">
      <div className="row spread">
        <h2 id="timeline">{t('web.case_page.timeline')}</h2>
        <span className="small quiet">{t('web.case_page.newest')}</span>
      </div>
      <div className="on-screen history-filter">
        <Choice
          name="history"
          legend={t('web.case.history.show')}
          value={filter}
          change={set_filter}
          options={options}
        />
      </div>
      {lines.length === 0 ? <p className="quiet">{t('web.case.history.none')}</p> : null}
      <ol className="timeline">
        {lines.map(({ entry, clock }) =>
          entry ? (
            <li key={entry.version}>
              <Happened page={page} entry={entry} />
            </li>
          ) : clock ? (
            <li key={`clock ${clock.on} ${clock.what}`} className="of-the-clock">
              <p className="small">
                <span className="out-of-sight">{t('web.case.history.on_the_clock')}: </span>
                {clock.text}
              </p>
            </li>
          ) : null,
        )}
      </ol>
    </section>
  );
}

function Happened({ page, entry }: { page: CasePageAnswer; entry: CasePageAnswer['timeline'][number] }) {
  const { t, moment, date } = useTexts();
  const entered = type_of(entry.type) === 'DocumentEntered' ? read_value(entry.event_json) : undefined;
  const document =
    entered && page.documents.find(({ document_id }) => document_id === text_in(entered.document_id));
  const had_file = entered && is_value(entered.given) && is_value(entered.given.attachment);
  return (
    <article className="stack close">
      <h3>{entry.title}</h3>
      <p className="small quiet">
        {t('web.case_page.recorded', {
          who: entry.actor_name,
          when: entry.recorded_at ? moment(entry.recorded_at) : '',
        })}
      </p>
      {entry.presumed_received_on ? (
        <p className="small">{t('web.case_page.presumed', { date: date(entry.presumed_received_on) })}</p>
      ) : null}
      <EventDetails json={entry.event_json} />
      {document ? (
        <p className="row document-row">
          <FileLinks one={document} />
        </p>
      ) : null}
      {entered && !document && !page.key_gone ? (
        <p className="small quiet">
          {had_file ? t('web.documents.retracted_file') : t('web.documents.retracted')}
        </p>
      ) : null}
      <WhatDocument page={page} json={entry.event_json} />
      <UndoButton page={page} entry={entry} />
    </article>
  );
}

// A step that names a document says which one.
function WhatDocument({ page, json }: { page: CasePageAnswer; json: string }) {
  const { t } = useTexts();
  const { given } = read_value(json);
  const id = is_value(given) ? text_in(given.document_id) : '';
  const document = id && contents_of(page).documents.find(({ document_id }) => document_id === id);
  if (!document) return null;
  return <p className="small">{t('web.documents.names', { title: document.title })}</p>;
}

// All that is folded away stands open on paper.
export function PrintButton() {
  const { t } = useTexts();
  return (
    <button
      type="button"
      className="plain-button"
      onClick={() => {
        const folded = [
          ...document.querySelectorAll<HTMLDetailsElement>('main details:not([open]):not(.on-screen *)'),
        ];
        for (const one of folded) one.open = true;
        window.print();
        for (const one of folded) one.open = false;
      }}
    >
      {t('web.case.history.print')}
    </button>
  );
}
