// A unit head's own: what waits for the unit, how long its answers take, and why people remind it.
import { Subject } from '~/components/subject';
import '~/case_page/case_page.css';
import '~/own_unit/own_unit.css';
import '~/requests/requests.css';
import { Link } from 'wouter';
import type { AnswerOf } from '~/api/client';
import { useRead } from '~/api/reading';
import { session_now } from '~/api/session';
import { Loaded } from '~/components/loaded';
import { Urgency } from '~/components/urgency';
import { Page } from '~/frame/page';
import { kind_texts, path_of_case } from '~/reference/kinds';
import { today, useCodes } from '~/reference/reference';
import { type PlainTextId, useTexts } from '~/texts/texts';

type Row = AnswerOf<'/api/v1/work-list', 'get'>['rows'][number];

export default function OwnUnitPage() {
  const { t } = useTexts();
  const reading = useRead('/api/v1/work-list', { query: { scope: 'everything', limit: 200 } as never });
  return (
    <Page title={t('web.unit.title')}>
      <div className="own-unit">
        <div className="stack wide">
          <Loaded reading={reading}>{({ rows }) => <Waiting rows={rows} />}</Loaded>
        </div>
        <div className="stack wide">
          <Times />
          <Causes />
          <p className="small quiet">{t('web.unit.closed_to')}</p>
        </div>
      </div>
    </Page>
  );
}

function Waiting({ rows }: { rows: Row[] }) {
  const { t } = useTexts();
  const me = session_now()?.user_id ?? '';
  const taken = new Set<string>();
  const take = (which: (row: Row) => boolean) => {
    const found = rows.filter((row) => !taken.has(row.case_id) && which(row));
    for (const row of found) taken.add(row.case_id);
    return found;
  };
  // Somebody else's case that waits for a statement is in one's list because one's unit gives it.
  const groups: [PlainTextId, Row[]][] = [
    ['web.unit.offered', take((row) => row.hand_over_to === me)],
    ['web.unit.statements', take((row) => row.next_step === 'next.await-statement' && row.handler !== me)],
    ['web.unit.measures', take((row) => /measure$/.test(row.next_step))],
    ['web.unit.reminders', take((row) => row.kind === 'reminder')],
    ['web.unit.others', take(() => true)],
  ];
  if (rows.length === 0) return <p className="card">{t('web.unit.nothing')}</p>;
  return groups
    .filter(([, held]) => held.length > 0)
    .map(([title, held]) => (
      <section key={title} className="card stack" aria-label={t(title)}>
        <h2>{t(title)}</h2>
        {title === 'web.unit.statements' ? (
          <p className="small quiet">{t('web.unit.statements_only')}</p>
        ) : null}
        <ul className="waiting-rows">
          {held.map((row) => (
            <OneRow key={row.case_id} row={row} />
          ))}
        </ul>
      </section>
    ));
}

function OneRow({ row }: { row: Row }) {
  const { t, named, date } = useTexts();
  return (
    <li>
      <div className="stack close">
        <Link href={path_of_case(row.kind, row.case_id)}>
          <Subject of={row} otherwise={t('web.work_list.no_subject')} />
        </Link>
        <span className="small quiet">
          {[
            t(kind_texts[row.kind] ?? 'web.kind.reminder'),
            row.diary_number,
            row.next_step ? t('web.requests.next', { step: named(row.next_step) }) : named(row.stage),
          ]
            .filter(Boolean)
            .join(' · ')}
          {row.disclosure_banned ? <strong className="ban"> {t('web.work_list.ban')}</strong> : null}
        </span>
      </div>
      <div className="small when">
        {row.due_by ? <time dateTime={row.due_by}>{date(row.due_by)}</time> : null}
        <Urgency urgency={row.urgency} />
        <span className="quiet">{row.urgency_reason}</span>
      </div>
    </li>
  );
}

const months_back = (month: string, months: number) => {
  const at = new Date(`${month}-01T00:00:00Z`);
  at.setUTCMonth(at.getUTCMonth() - months);
  return at.toISOString().slice(0, 7);
};

function Times() {
  const { t, tn, number, percent } = useTexts();
  const now = today().slice(0, 7);
  const reading = useRead('/api/v1/deadlines', {
    query: { kind: ['reminder'], first_month: months_back(now, 11), last_month: now, limit: 1 } as never,
  });
  return (
    <section className="card stack" aria-labelledby="times">
      <div>
        <h2 id="times">{t('web.unit.times')}</h2>
        <p className="small quiet">{t('web.unit.period')}</p>
      </div>
      <Loaded reading={reading}>
        {(data) => {
          const answered = Number(data.answered);
          const facts: [string, string][] = [
            [t('web.unit.open'), number(Number(data.open))],
            [t('web.unit.overdue'), number(Number(data.overdue))],
            [t('web.unit.answered'), number(answered)],
          ];
          if (answered > 0) {
            facts.push(
              [t('web.unit.median'), tn('web.unit.days', data.answer_days_median)],
              [t('web.unit.longest'), tn('web.unit.days', data.answer_days_longest)],
              [t('web.unit.kept'), percent(data.kept_share)],
              [t('web.unit.kept_credited'), percent(data.kept_credited_share)],
            );
          }
          return (
            <>
              <dl className="facts">
                {facts.map(([name, value]) => (
                  <div key={name}>
                    <dt>{name}</dt>
                    <dd>
                      <strong>{value}</strong>
                    </dd>
                  </div>
                ))}
              </dl>
              <details>
                <summary>{t('web.unit.how')}</summary>
                <p className="small">{data.basis?.definition}</p>
              </details>
            </>
          );
        }}
      </Loaded>
    </section>
  );
}

function Causes() {
  const { t, number } = useTexts();
  const codes = useCodes();
  const year = Number(today().slice(0, 4));
  const reading = useRead('/api/v1/cause-breakdown', {
    query: {
      kind: ['reminder'],
      period: 'year',
      first_month: `${year - 2}-01`,
      last_month: `${year}-12`,
      limit: 1,
    } as never,
  });
  const years = [year - 2, year - 1, year].map(String);
  return (
    <section className="card stack" aria-labelledby="causes">
      <h2 id="causes">{t('web.unit.causes')}</h2>
      <Loaded reading={reading}>
        {(data) => {
          const counts = new Map<string, Record<string, number>>();
          for (const cell of data.cells) {
            const row = counts.get(cell.cause) ?? {};
            row[cell.period] = (row[cell.period] ?? 0) + Number(cell.count);
            counts.set(cell.cause, row);
          }
          const sum = (row: Record<string, number>) => Object.values(row).reduce((a, b) => a + b, 0);
          const rows = [...counts].sort(([, a], [, b]) => sum(b) - sum(a));
          if (rows.length === 0) return <p className="quiet">{t('web.unit.no_causes')}</p>;
          return (
            <>
              <table className="figures causes">
                <thead>
                  <tr>
                    <th scope="col">{t('web.unit.cause')}</th>
                    {years.map((one) => (
                      <th scope="col" key={one}>
                        {one}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {rows.map(([cause, row]) => (
                    <tr key={cause}>
                      <th scope="row">{codes.label('cause', cause)}</th>
                      {years.map((one) => (
                        <td key={one}>{number(row[one] ?? 0)}</td>
                      ))}
                    </tr>
                  ))}
                  <tr className="sum">
                    <th scope="row">{t('web.unit.total')}</th>
                    {years.map((one) => (
                      <td key={one}>{number(rows.reduce((all, [, row]) => all + (row[one] ?? 0), 0))}</td>
                    ))}
                  </tr>
                </tbody>
              </table>
              <details>
                <summary>{t('web.unit.how')}</summary>
                <p className="small">{data.basis?.definition}</p>
              </details>
            </>
          );
        }}
      </Loaded>
    </section>
  );
}
