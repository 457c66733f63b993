// A case: what it is, where it stands, by when and why, and everything that has happened to it.
import { Subject } from '~/components/subject';
import '~/case_page/case_page.css';
import { Link, useLocation } from 'wouter';
import type { AnswerOf } from '~/api/client';
import { useRead } from '~/api/reading';
import { Refusal } from '~/api/refusal';
import { PrintButton, Timeline } from '~/case_page/timeline';
import { CaseParts } from '~/case_steps/case_parts';
import { Similar } from '~/case_steps/similar';
import { Steps } from '~/case_steps/steps';
import { useAddress } from '~/components/address';
import { Loaded } from '~/components/loaded';
import { Notice } from '~/components/notice';
import { Urgency } from '~/components/urgency';
import { Links, ReminderDrafts } from '~/contacts/reminder_drafts';
import { DocumentsCard } from '~/documents/documents_card';
import { Page } from '~/frame/page';
import { BreakGlass, may_break_glass, OpenInEmergency } from '~/looked/break_glass';
import { ReceiptCard } from '~/proof/receipt_card';
import { type KindPath, kind_texts, path_of_case } from '~/reference/kinds';
import { useAuthorities, useCodes, useColleagues, useUnits } from '~/reference/reference';
import { useTexts } from '~/texts/texts';

export type CasePageAnswer = AnswerOf<'/api/v1/reminders/{id}', 'get'>;

export default function CasePage({ params }: { params: Record<string, string> }) {
  const { id = '' } = params;
  const [location] = useLocation();
  const kind = location.split('/')[1] as KindPath;
  const { t } = useTexts();
  const reading = useRead(`/api/v1/${kind}/{id}` as '/api/v1/reminders/{id}', { path: { id } });
  return (
    <div className="stack">
      <p className="on-screen">
        <Link href="/work">{t('web.case_page.back')}</Link>
      </p>
      <Loaded reading={reading} title={t('web.case_page.title')}>
        {(page) => <Shown page={page} />}
      </Loaded>
      {reading.error instanceof Refusal && reading.error.status === 404 ? (
        <>
          {kind === 'contacts' ? null : <p className="quiet">{t('web.unit.closed_to')}</p>}
          {may_break_glass(kind) ? (
            <BreakGlass key={id} kind={kind} id={id} opened={() => void reading.refetch()} />
          ) : null}
        </>
      ) : null}
    </div>
  );
}

const step_address = ['step', 'document'] as const;

function Shown({ page }: { page: CasePageAnswer }) {
  const { t, named } = useTexts();
  const [, go] = useAddress(step_address);
  const row = page.row;
  if (!row) return null;
  const kind = t(kind_texts[row.kind] ?? 'web.case_page.title');
  return (
    <Page
      title={<Subject of={row} otherwise={kind} />}
      tab_title={kind}
      beside={<PrintButton />}
      lead={
        <>
          {[kind, row.diary_number, named(row.stage)].filter(Boolean).join(' · ')}
          {row.disclosure_banned ? <strong className="ban"> {t('web.work_list.ban')}</strong> : null}
        </>
      }
    >
      <OpenInEmergency id={row.case_id} />
      <Similar page={page} />
      {page.key_gone ? <Notice kind="info" title={t('web.case_page.key_gone')} /> : null}
      <div className="case-columns">
        {page.key_gone ? null : <Steps page={page} />}
        <div className="stack wide case-facts">
          <State page={page} />
          {row.kind === 'contact' && page.due_dates.length === 0 ? null : <Dues page={page} />}
          <CaseParts page={page} />
          {row.kind === 'contact' ? <ReminderDrafts page={page} /> : null}
          {row.kind === 'contact' ? <Links page={page} /> : null}
          <DocumentsCard page={page} attach={() => go({ step: 'documents', document: '' })} />
          <Related page={page} />
          <ReceiptCard page={page} />
        </div>
        <Timeline page={page} />
      </div>
    </Page>
  );
}

function State({ page }: { page: CasePageAnswer }) {
  const { t, named, date } = useTexts();
  const units = useUnits();
  const people = useColleagues();
  const codes = useCodes();
  const authorities = useAuthorities();
  const row = page.row;
  if (!row) return null;
  const where = (row.units.length > 0 ? row.units : row.department ? [row.department] : []).map(
    units.name_of,
  );
  const acting =
    page.acting_handler && page.acting_handler !== row.handler ? people.name_of(page.acting_handler) : '';
  const facts: [string, string][] = [
    [t('web.case_page.next'), row.next_step ? named(row.next_step) : ''],
    [
      t('web.case_page.handler'),
      [
        people.name_of(row.handler) || t('web.work_list.nobody'),
        acting && t('web.work_list.acting', { name: acting }),
      ]
        .filter(Boolean)
        .join(', '),
    ],
    [t('web.case_page.units'), where.join(', ')],
    [t('web.case_page.authority'), row.authority ? authorities.name_of(row.authority) : ''],
    [t('web.case_page.cause'), row.cause ? codes.label(['cause', 'cause_contact'], row.cause) : ''],
    [t('web.case_page.arrived'), row.arrived_on ? date(row.arrived_on) : row.month],
  ];
  return (
    <section className="card stack" aria-labelledby="state">
      <h2 id="state">{t('web.case_page.state')}</h2>
      <dl className="facts">
        {facts
          .filter(([, value]) => value)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </section>
  );
}

function Dues({ page }: { page: CasePageAnswer }) {
  const { t, date, day } = useTexts();
  const name_of_due = useDueName();
  return (
    <section className="card stack" aria-labelledby="dues">
      <h2 id="dues">{t('web.case_page.dues')}</h2>
      {page.due_dates.length === 0 ? <p className="quiet">{t('web.case_page.no_dues')}</p> : null}
      {page.due_dates.map((due) => (
        <article key={due.what} className="due">
          <h3>{name_of_due(due.what)}</h3>
          <p className="due-date">
            <time dateTime={due.due_by}>{day(due.due_by)}</time>
            {due.met_on ? (
              <span className="quiet">{t('web.case_page.met', { date: date(due.met_on) })}</span>
            ) : (
              <Urgency urgency={due.urgency} />
            )}
          </p>
          {due.closes_at ? (
            <p className="small quiet">{t('web.case_page.closes', { time: due.closes_at })}</p>
          ) : null}
          {due.calendar_due_by ? (
            <p className="small quiet">
              {t('web.case_page.by_calendar', { date: date(due.calendar_due_by) })}
            </p>
          ) : null}
          {due.paused_on ? (
            <p className="small quiet">{t('web.case_page.paused', { date: date(due.paused_on) })}</p>
          ) : null}
          {due.why.length > 0 ? (
            <details>
              <summary>{t('web.case_page.why')}</summary>
              <ol className="why">
                {due.why.map((sentence) => (
                  <li key={sentence}>{sentence}</li>
                ))}
              </ol>
            </details>
          ) : null}
        </article>
      ))}
    </section>
  );
}

// "statement s1" is the word of statements and the id within the case.
function useDueName() {
  const { named } = useTexts();
  return (what: string) => {
    const [name, id] = what.split(' ');
    return [named(`due.${name}`), id].filter(Boolean).join(' ');
  };
}

function Related({ page }: { page: CasePageAnswer }) {
  const { t, named } = useTexts();
  const codes = useCodes();
  // What only looked alike belongs to neither; that somebody said so stands in the timeline.
  const related = page.related.filter(({ relation }) => relation !== 'separate');
  if (related.length === 0) return null;
  return (
    <section className="card stack" aria-labelledby="related">
      <h2 id="related">{t('web.case_page.related')}</h2>
      <ul className="related">
        {related.map(({ row, relation }) =>
          row ? (
            <li key={row.case_id}>
              <Link href={path_of_case(row.kind, row.case_id)}>
                <Subject of={row} otherwise={row.diary_number || t('web.work_list.no_subject')} />
              </Link>
              <span className="small quiet block">
                {[
                  t(kind_texts[row.kind] ?? 'web.case_page.title'),
                  codes.label('relation', relation),
                  named(row.stage),
                ].join(' · ')}
              </span>
            </li>
          ) : null,
        )}
      </ul>
    </section>
  );
}
