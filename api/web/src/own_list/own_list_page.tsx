// Where an ombudsman's day begins: who waits for a call, what is open and what comes next, what is offered.
import { Subject } from '~/components/subject';
import '~/own_list/own_list.css';
import { type ReactNode, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { Link } from 'wouter';
import { type AnswerOf, call } from '~/api/client';
import { touched } from '~/api/live_updates';
import { useRead } from '~/api/reading';
import { Refusal, Unreachable } from '~/api/refusal';
import { session_now } from '~/api/session';
import { Loaded } from '~/components/loaded';
import { Urgency } from '~/components/urgency';
import { OwnFigures } from '~/figures/own_figures';
import { Page } from '~/frame/page';
import { toast } from '~/frame/toasts';
import { path_of_case } from '~/reference/kinds';
import { useCodes, useColleagues } from '~/reference/reference';
import { useTexts } from '~/texts/texts';

type Answer = AnswerOf<'/api/v1/work-list', 'get'>;
type Row = Answer['rows'][number];

const rows_max = 200;
const calling_back = 'next.call-back';
const client_matter = 'stage.client-matter';

export default function OwnListPage() {
  const { t } = useTexts();
  const own = useRead('/api/v1/work-list', { query: { kind: ['contact'], limit: rows_max } as never });
  const all = useRead('/api/v1/work-list', {
    query: { kind: ['contact'], scope: 'everything', limit: rows_max } as never,
  });
  return (
    <Page title={t('web.own_list.title')}>
      <Loaded reading={own}>{(answer) => <Own rows={answer.rows} />}</Loaded>
      <Loaded reading={all}>{(answer) => <Others rows={answer.rows} />}</Loaded>
      <OwnFigures />
    </Page>
  );
}

function Own({ rows }: { rows: Row[] }) {
  const { t, number } = useTexts();
  const me = session_now()?.user_id ?? '';
  const offered = rows.filter((row) => row.hand_over_to === me);
  const mine = rows.filter((row) => row.handler === me || row.acting_handler === me);
  const call_backs = mine.filter((row) => row.next_step === calling_back);
  const matters = mine.filter((row) => row.stage === client_matter && row.next_step !== calling_back);
  const late = mine.filter((row) => ['overdue', 'escalated', 'critical'].includes(row.urgency)).length;
  return (
    <>
      <section aria-label={t('web.own_figures.title')}>
        <dl className="own-figures">
          <Figure name={t('web.own_list.call_backs')} value={number(call_backs.length)} />
          <Figure name={t('web.own_figures.open')} value={number(mine.length)} />
          <Figure name={t('web.own_figures.late')} value={number(late)} pressing={late > 0} />
        </dl>
      </section>
      {offered.length > 0 ? (
        <Section id="offered" title={t('web.own_list.offered')}>
          <Rows rows={offered} end={(row) => <Offer row={row} />} />
        </Section>
      ) : null}
      <div className="own-columns">
        <Section id="call-backs" title={t('web.own_list.call_backs')}>
          {call_backs.length > 0 ? (
            <Rows rows={call_backs} />
          ) : (
            <p className="quiet">{t('web.own_list.no_call_backs')}</p>
          )}
        </Section>
        <Section id="matters" title={t('web.own_list.matters')}>
          {matters.length > 0 ? (
            <Rows rows={matters} />
          ) : (
            <p className="quiet">{t('web.own_list.no_matters')}</p>
          )}
        </Section>
      </div>
    </>
  );
}

function Figure({ name, value, pressing = false }: { name: string; value: string; pressing?: boolean }) {
  return (
    <div className={pressing ? 'pressing' : undefined}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Section({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section className="card stack" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

function Rows({ rows, end }: { rows: Row[]; end?: (row: Row) => ReactNode }) {
  const { t, tn, named, day } = useTexts();
  const codes = useCodes();
  return (
    <ul className="own-rows">
      {rows.map((row) => (
        <li key={row.case_id}>
          <div className="stack close">
            <Link href={path_of_case(row.kind, row.case_id)}>
              <Subject
                of={row}
                otherwise={row.cause ? codes.label('cause_contact', row.cause) : t('web.kind.contact')}
              />
            </Link>
            <p className="small">
              {row.next_step
                ? row.due_by
                  ? t('web.own_list.at', { what: named(row.next_step), date: day(row.due_by) })
                  : named(row.next_step)
                : named(row.stage)}
              {row.disclosure_banned ? <strong className="ban"> {t('web.work_list.ban')}</strong> : null}
            </p>
            <p className="small quiet">
              {row.diary_number}
              {row.idle_days > 0 ? ` · ${tn('web.own_list.idle', row.idle_days)}` : null}
            </p>
          </div>
          {end ? end(row) : row.due_by ? <Urgency urgency={row.urgency} /> : null}
        </li>
      ))}
    </ul>
  );
}

// Yes or no, on the case as it stands: who takes it over has read it.
function Offer({ row }: { row: Row }) {
  const { t } = useTexts();
  const [sending, set_sending] = useState(false);
  async function answer(with_yes: boolean) {
    set_sending(true);
    try {
      const path = { id: row.case_id };
      const page = await call('get', '/api/v1/contacts/{id}', { path });
      const extra = { body: {}, version: String(page.version), key: crypto.randomUUID() };
      if (with_yes) await call('post', '/api/v1/contacts/{id}/accept-hand-over', { path }, extra);
      else await call('post', '/api/v1/contacts/{id}/decline-hand-over', { path }, extra);
      touched('/api/v1/contacts/{id}', row.case_id);
      toast({ text: with_yes ? t('web.own_list.accepted') : t('web.own_list.declined') });
    } catch (wrong) {
      if (wrong instanceof Refusal) toast({ text: wrong.detail || wrong.title });
      else if (wrong instanceof Unreachable) toast({ text: t('web.unreachable.title') });
      else throw wrong;
    } finally {
      set_sending(false);
    }
  }
  return (
    <div className="row">
      <Button aria-disabled={sending} onClick={() => void answer(true)}>
        {t('web.own_list.accept')}
      </Button>
      <Button variant="secondary" aria-disabled={sending} onClick={() => void answer(false)}>
        {t('web.own_list.decline')}
      </Button>
    </div>
  );
}

function Others({ rows }: { rows: Row[] }) {
  const { t, tn, date } = useTexts();
  const people = useColleagues();
  const me = session_now()?.user_id ?? '';
  const of = new Map<string, Row[]>();
  for (const row of rows) {
    const who = row.acting_handler || row.handler;
    if (who !== me) of.set(who, [...(of.get(who) ?? []), row]);
  }
  return (
    <Section id="others" title={t('web.own_list.others')}>
      {of.size === 0 ? <p className="quiet">{t('web.own_list.no_others')}</p> : null}
      <ul className="own-rows">
        {[...of].map(([who, theirs]) => {
          const first = theirs
            .map((row) => row.due_by)
            .filter(Boolean)
            .sort()[0];
          return (
            <li key={who}>
              <Link href={`/work?scope=everything&handler=${who || '-'}`}>
                {people.name_of(who) || t('web.work_list.nobody')}
              </Link>
              <span className="small">
                {tn('web.own_list.open_of', theirs.length)}
                {first ? `, ${t('web.own_list.first_due', { date: date(first) })}` : null}
              </span>
            </li>
          );
        })}
      </ul>
      <p>
        <Link href="/work?scope=everything">{t('web.own_list.all_open')}</Link>
      </p>
    </Section>
  );
}
