// Authorities' requests as a board by due date: what is late, what this week, what next, what later.
import { Subject } from '~/components/subject';
import '~/requests/requests.css';
import '~/work_list/work_list.css';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useMemo, useRef } from 'react';
import { Link } from 'wouter';
import { type AnswerOf, call } from '~/api/client';
import { useAddress } from '~/components/address';
import { Loaded } from '~/components/loaded';
import { Urgency } from '~/components/urgency';
import { Select } from '~/forms/select';
import { Page } from '~/frame/page';
import { path_of_case } from '~/reference/kinds';
import { today, useAuthorities, useCodes, useColleagues } from '~/reference/reference';
import { type PlainTextId, useTexts } from '~/texts/texts';

type Tracker = AnswerOf<'/api/v1/request-tracker', 'get'>;
type Row = Tracker['rows'][number];
type Column = 'overdue' | 'this_week' | 'next_week' | 'later';
const columns: [Column, PlainTextId][] = [
  ['overdue', 'web.requests.overdue'],
  ['this_week', 'web.requests.this_week'],
  ['next_week', 'web.requests.next_week'],
  ['later', 'web.requests.later'],
];
const filters = ['authority', 'request_kind'] as const;

const days_on = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

// Weeks begin on Monday.
export function column_of(due_by: string, on: string): Column {
  if (!due_by) return 'later';
  if (due_by < on) return 'overdue';
  const weekday = (new Date(`${on}T00:00:00Z`).getUTCDay() + 6) % 7;
  const next_monday = days_on(on, 7 - weekday);
  if (due_by < next_monday) return 'this_week';
  return due_by < days_on(next_monday, 7) ? 'next_week' : 'later';
}

export default function RequestsPage() {
  const { t, tn, language } = useTexts();
  const [address, change] = useAddress(filters);
  const authorities = useAuthorities();
  const codes = useCodes();
  const reading = useInfiniteQuery({
    queryKey: ['/api/v1/request-tracker', address, language],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      call(
        'get',
        '/api/v1/request-tracker',
        {
          query: {
            limit: 200,
            ...(address.authority ? { authority: address.authority } : {}),
            ...(address.request_kind ? { request_kind: address.request_kind } : {}),
            ...(pageParam ? { cursor: pageParam } : {}),
          } as never,
        },
        { signal },
      ),
    getNextPageParam: (last) => last.next_cursor || undefined,
    placeholderData: (before) => before,
  });
  const rows = useMemo(() => reading.data?.pages.flatMap((page) => page.rows) ?? [], [reading.data]);
  const total = Number(reading.data?.pages[0]?.total ?? 0);
  return (
    <Page
      title={t('web.requests.title')}
      lead={reading.data ? tn('web.requests.count', total) : ' '}
      beside={<Link href="/register?kind=authority-request">{t('web.requests.register')}</Link>}
    >
      <search className="filter-row on-screen">
        <Select
          label={t('web.work_list.authority')}
          value={address.authority}
          all={t('web.work_list.all')}
          change={(authority) => change({ authority })}
          options={authorities.options()}
        />
        <Select
          label={t('web.requests.kind')}
          value={address.request_kind}
          all={t('web.work_list.all')}
          change={(request_kind) => change({ request_kind })}
          options={codes.options('request_kind')}
        />
      </search>
      <Loaded reading={reading}>
        {(data) => (
          <>
            <Board rows={rows} />
            {reading.hasNextPage ? (
              <p>
                <button type="button" className="plain-button" onClick={() => void reading.fetchNextPage()}>
                  {t('web.requests.more')}
                </button>
              </p>
            ) : null}
            <Times groups={data.pages[0]?.groups ?? []} definition={data.pages[0]?.basis?.definition ?? ''} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Board({ rows }: { rows: Row[] }) {
  const { t, number } = useTexts();
  const board = useRef<HTMLDivElement>(null);
  const on = today();
  // From card to card by the arrows: up and down within a column, left and right to the nearest with any.
  const move = (event: KeyboardEvent) => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    const here = (event.target as HTMLElement).closest('.request');
    if (!step || !here || event.ctrlKey || event.altKey || event.metaKey) return;
    const all = [...(board.current?.querySelectorAll('ol') ?? [])].map((list) => [
      ...list.querySelectorAll<HTMLElement>('.request'),
    ]);
    let column = all.findIndex((cards) => cards.includes(here as HTMLElement));
    let card = all[column]?.indexOf(here as HTMLElement) ?? 0;
    card += step[1] ?? 0;
    if (step[0]) {
      do column += step[0];
      while (all[column]?.length === 0);
      card = Math.min(card, (all[column]?.length ?? 1) - 1);
    }
    const next = all[column]?.[card]?.querySelector<HTMLElement>('a');
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
  return (
    <>
      <p className="small quiet on-screen">{t('web.requests.keys')}</p>
      <div className="board" ref={board} onKeyDown={move}>
        {columns.map(([column, title]) => {
          const held = rows
            .filter((row) => column_of(row.due_by, on) === column)
            .sort((a, b) => (a.due_by < b.due_by ? -1 : a.due_by > b.due_by ? 1 : 0));
          return (
            <section key={column} aria-labelledby={`column-${column}`}>
              <h2 id={`column-${column}`} className={column}>
                {t(title)} <span className="quiet">{number(held.length)}</span>
              </h2>
              {held.length === 0 ? <p className="quiet small">{t('web.requests.none')}</p> : null}
              <ol>
                {held.map((row) => (
                  <Request key={row.case_id} row={row} />
                ))}
              </ol>
            </section>
          );
        })}
      </div>
    </>
  );
}

function Request({ row }: { row: Row }) {
  const { t, day, named } = useTexts();
  const authorities = useAuthorities();
  const people = useColleagues();
  return (
    <li className="card request stack close">
      <div className="row spread">
        <strong>{day(row.due_by)}</strong>
        <Urgency urgency={row.urgency} />
      </div>
      <Link href={path_of_case(row.kind, row.case_id)}>
        <Subject of={row} otherwise={row.diary_number || t('web.work_list.no_subject')} />
      </Link>
      <p className="small quiet">
        {[authorities.name_of(row.authority), row.diary_number].filter(Boolean).join(' · ')}
      </p>
      <p className="small">{row.urgency_reason}</p>
      <p className="small quiet">
        {[
          people.name_of(row.handler) || t('web.work_list.nobody'),
          row.next_step ? t('web.requests.next', { step: named(row.next_step) }) : '',
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
    </li>
  );
}

function Times({ groups, definition }: { groups: Tracker['groups']; definition: string }) {
  const { t, number, percent } = useTexts();
  const authorities = useAuthorities();
  const codes = useCodes();
  if (groups.length === 0) return null;
  return (
    <details className="card">
      <summary>{t('web.requests.times')}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways where there is no room */}
      <div className="scrolls" tabIndex={0} role="region" aria-label={t('web.requests.times')}>
        <table className="figures">
          <thead>
            <tr>
              <th scope="col">{t('web.work_list.authority')}</th>
              <th scope="col">{t('web.requests.kind')}</th>
              <th scope="col">{t('web.requests.column.open')}</th>
              <th scope="col">{t('web.requests.column.overdue')}</th>
              <th scope="col">{t('web.requests.column.answered')}</th>
              <th scope="col">{t('web.requests.column.kept')}</th>
              <th scope="col">{t('web.requests.column.median')}</th>
              <th scope="col">{t('web.requests.column.longest')}</th>
            </tr>
          </thead>
          <tbody>
            {groups.map((group) => (
              <tr key={`${group.authority} ${group.request_kind}`}>
                <th scope="row">{authorities.name_of(group.authority)}</th>
                <td className="words">{codes.label('request_kind', group.request_kind)}</td>
                <td>{number(Number(group.open))}</td>
                <td>{number(Number(group.overdue))}</td>
                <td>{number(Number(group.answered))}</td>
                <td>
                  {Number(group.answered) > 0 ? percent(Number(group.kept) / Number(group.answered)) : '–'}
                </td>
                <td>{number(group.median_answer_days)}</td>
                <td>{number(group.longest_answer_days)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="small quiet">{definition}</p>
    </details>
  );
}
