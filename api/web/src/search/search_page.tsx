// Cases by any form of their words, by names, numbers and days, each with the words it was found by.
import '~/search/search.css';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { Link } from 'wouter';
import { type AnswerOf, call } from '~/api/client';
import { Refusal } from '~/api/refusal';
import { has_role, session_now } from '~/api/session';
import { useAddress } from '~/components/address';
import { Loaded } from '~/components/loaded';
import { Notice } from '~/components/notice';
import { Urgency } from '~/components/urgency';
import { Choice } from '~/forms/choice';
import { Page } from '~/frame/page';
import { useShortcut } from '~/frame/shortcuts';
import { useObserved } from '~/observed';
import { kind_texts, path_of_case } from '~/reference/kinds';
import { useAuthorities, useColleagues, useUnits } from '~/reference/reference';
import { SearchInput } from '~/search/search_box';
import { remember_opened, search_for, searched, take_opened } from '~/search/searched';
import { useTexts } from '~/texts/texts';

type Answer = AnswerOf<'/api/v1/search', 'post'>;
type Hit = Answer['hits'][number];

const hits_of_a_page = 20;
const look_again_ms = 3000;
const narrowing = ['kind'] as const;
const legal_kinds = ['reminder', 'complaint', 'authority-request'];

export default function SearchPage() {
  const { t, tn, named, language } = useTexts();
  const session = session_now();
  const legal = session !== undefined && has_role(session, 'REGISTRAR', 'LAWYER', 'UNIT_HEAD');
  const { text } = useObserved(searched);
  const [{ kind }, change] = useAddress(narrowing);
  const [typed, set_typed] = useState(text);
  const [empty, set_empty] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const wrong_id = useId();

  const reading = useInfiniteQuery({
    // Not under its path: every search is on record, so it is not asked again for what others do meanwhile.
    queryKey: [{ searched: text, kind }, language],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      call(
        'post',
        '/api/v1/search',
        {},
        {
          body: { text, kinds: kind ? [kind] : [], cursor: pageParam, limit: hits_of_a_page },
          signal,
        },
      ),
    getNextPageParam: (last) => last.next_cursor || undefined,
    meta: { by_hand: true },
    enabled: text !== '',
    refetchOnWindowFocus: false,
    refetchInterval: ({ state }) => (state.data?.pages[0]?.warming_up ? look_again_ms : false),
    // Another kind of the same words: what is there stays until it is answered.
    placeholderData: (before, query) =>
      (query?.queryKey[0] as { searched?: string } | undefined)?.searched === text ? before : undefined,
  });
  const first = reading.data?.pages[0];
  const hits = reading.data?.pages.flatMap((page) => page.hits) ?? [];
  const total = Number(first?.total ?? 0);
  const refused =
    reading.error instanceof Refusal
      ? reading.error.fields.find(({ field }) => field === 'text')?.message
      : undefined;
  const wrong = empty ? t('web.search.empty') : refused;

  const links = () => [...(list.current?.querySelectorAll<HTMLElement>('h2 a') ?? [])];
  const step = (by: number) => {
    const all = links();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const next = at < 0 ? (by > 0 ? 0 : -1) : at + by;
    if (next < 0) input.current?.select();
    else all[Math.min(next, all.length - 1)]?.focus();
  };
  useShortcut('/', t('web.search.title'), () => input.current?.select());
  useShortcut('j', t('web.search.next'), () => step(1));
  useShortcut('k', t('web.search.previous'), () => step(-1));

  // One begins in the field, or where one was before opening a case.
  useEffect(() => {
    const before = take_opened();
    if (before) list.current?.querySelector<HTMLElement>(`[data-case="${before}"] a`)?.focus();
    else if (searched.get().text === '') input.current?.focus();
  }, []);
  useEffect(() => set_typed(text), [text]);

  const again = () => {
    set_empty(typed.trim() === '');
    if (typed.trim() === '') input.current?.focus();
    else if (typed.trim() === text) void reading.refetch();
    else search_for(typed);
  };
  return (
    <Page title={t('web.search.title')}>
      <search className="stack">
        <form
          className="search-page-form"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            again();
          }}
        >
          <SearchInput
            label={t('web.search.field')}
            value={typed}
            change={(next) => {
              set_typed(next);
              set_empty(false);
            }}
            input={input}
            wrong={wrong ? wrong_id : undefined}
            key_down={(event) => {
              if (event.key !== 'ArrowDown' || hits.length === 0) return;
              event.preventDefault();
              links()[0]?.focus();
            }}
          />
          <Button type="submit">{t('web.search.send')}</Button>
        </form>
        {wrong ? (
          <p id={wrong_id} className="field-error" role="alert">
            {wrong}
          </p>
        ) : null}
        {legal ? (
          <Choice
            name="kind"
            legend={t('web.work_list.kind')}
            value={kind}
            change={(next) => change({ kind: next })}
            options={[
              ['', t('web.work_list.all')],
              ...legal_kinds.map((one): [string, string] => [one, t(kind_texts[one] ?? 'web.kind.reminder')]),
            ]}
          />
        ) : null}
        <details>
          <summary>{t('web.search.help')}</summary>
          <ul className="search-help">
            <li>{t('web.search.help.all')}</li>
            <li>{t('web.search.help.forms')}</li>
            <li>{t('web.search.help.numbers')}</li>
            <li>{t('web.search.help.keys')}</li>
            <li>{t('web.search.help.record')}</li>
          </ul>
        </details>
      </search>
      {text === '' || refused ? null : (
        <Loaded reading={reading}>
          {() => (
            <div className="stack">
              {first?.warming_up ? (
                <Notice kind="info" title={t('web.search.warming', { percent: first.warmed_percent })}>
                  <p>{t('web.search.warming.text')}</p>
                </Notice>
              ) : null}
              <p role="status" className="search-count">
                {total > 0
                  ? tn('web.search.count', total)
                  : t(first?.warming_up ? 'web.search.nothing_yet' : 'web.search.nothing')}
              </p>
              {total === 0 ? (
                first?.warming_up ? null : (
                  <Nothing kind={kind} everywhere={() => change({ kind: '' })} />
                )
              ) : (
                <ol
                  className="hits"
                  ref={list}
                  onKeyDown={(event) => {
                    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
                    if (event.altKey || event.ctrlKey || event.metaKey) return;
                    event.preventDefault();
                    step(event.key === 'ArrowDown' ? 1 : -1);
                  }}
                >
                  {hits.map((hit) =>
                    hit.row ? <OneHit key={hit.row.case_id} hit={hit} row={hit.row} stage={named} /> : null,
                  )}
                </ol>
              )}
              {reading.hasNextPage ? (
                <div>
                  <Button
                    variant="secondary"
                    aria-disabled={reading.isFetchingNextPage}
                    onClick={() => void reading.fetchNextPage()}
                  >
                    {reading.isFetchingNextPage ? t('web.loading.text') : t('web.search.more')}
                  </Button>
                </div>
              ) : null}
            </div>
          )}
        </Loaded>
      )}
    </Page>
  );
}

function OneHit({
  hit,
  row,
  stage,
}: {
  hit: Hit;
  row: NonNullable<Hit['row']>;
  stage: (id: string) => string;
}) {
  const { t, date } = useTexts();
  const units = useUnits();
  const people = useColleagues();
  const authorities = useAuthorities();
  const in_subject = hit.snippet !== '' && hit.snippet === row.subject;
  const where = [
    ...(row.units.length > 0 ? row.units : row.department ? [row.department] : []).map(units.name_of),
    row.authority ? authorities.name_of(row.authority) : '',
    people.name_of(row.handler),
  ].filter(Boolean);
  return (
    <li className="card hit" data-case={row.case_id}>
      <div className="hit-words">
        <h2>
          <Link href={path_of_case(row.kind, row.case_id)} onClick={() => remember_opened(row.case_id)}>
            {in_subject ? marked(row.subject, hit.marks) : row.subject || t('web.work_list.no_subject')}
          </Link>
        </h2>
        <p className="small quiet">
          {[t(kind_texts[row.kind] ?? 'web.kind.contact'), row.diary_number, stage(row.stage)]
            .filter(Boolean)
            .join(' · ')}
          {row.disclosure_banned ? <strong className="ban"> {t('web.work_list.ban')}</strong> : null}
        </p>
        {hit.snippet && !in_subject ? (
          <p className="snippet">
            <span className="quiet">{hit.where}: </span>
            {marked(hit.snippet, hit.marks)}
          </p>
        ) : null}
      </div>
      <div className="hit-where small">
        {row.due_by ? (
          <>
            <Urgency urgency={row.urgency} />
            <span>
              {t('web.work_list.column.due')} <time dateTime={row.due_by}>{date(row.due_by)}</time>
            </span>
          </>
        ) : null}
        {where.map((one) => (
          <span key={one} className="quiet">
            {one}
          </span>
        ))}
      </div>
    </li>
  );
}

// Begin and end of each word that was found, in the text's own units.
function marked(text: string, marks: number[]): ReactNode[] {
  const pieces: ReactNode[] = [];
  let at = 0;
  for (let index = 0; index + 1 < marks.length; index += 2) {
    const [begin = 0, end = 0] = marks.slice(index, index + 2);
    pieces.push(text.slice(at, begin), <mark key={begin}>{text.slice(begin, end)}</mark>);
    at = end;
  }
  return [...pieces, text.slice(at)];
}

function Nothing({ kind, everywhere }: { kind: string; everywhere: () => void }) {
  const { t } = useTexts();
  return (
    <div className="card stack">
      <p>{t('web.search.nothing.try')}</p>
      <ul className="search-help">
        <li>{t('web.search.nothing.fewer')}</li>
        <li>{t('web.search.nothing.spelling')}</li>
        <li>{t('web.search.nothing.part')}</li>
        <li>{t('web.search.nothing.right')}</li>
      </ul>
      {kind ? (
        <div>
          <Button variant="secondary" onClick={everywhere}>
            {t('web.search.nothing.everywhere')}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
