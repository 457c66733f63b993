// What waits for whom, most pressing first, each date with its reason.
import '~/work_list/work_list.css';
import { type InfiniteData, type UseInfiniteQueryResult, useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { type AnswerOf, call } from '~/api/client';
import { on_happening } from '~/api/live_updates';
import { queries } from '~/api/reading';
import { has_role, session_now } from '~/api/session';
import { useAddress } from '~/components/address';
import { Loaded } from '~/components/loaded';
import { Notice } from '~/components/notice';
import { urgency_texts } from '~/components/urgency';
import { Choice } from '~/forms/choice';
import { Select } from '~/forms/select';
import { Page } from '~/frame/page';
import { kind_texts } from '~/reference/kinds';
import { useAuthorities, useColleagues, useUnits } from '~/reference/reference';
import { useTexts } from '~/texts/texts';
import { BulkBar, chosen_max } from '~/work_list/bulk_assignment';
import { CaseRows, type Row } from '~/work_list/case_rows';

export type WorkListAnswer = AnswerOf<'/api/v1/work-list', 'get'>;

const filters = ['scope', 'state', 'kind', 'urgency', 'unit', 'handler', 'authority'] as const;
// The first soon, the others seldom.
const rows_of_the_first = 60;
const rows_of_a_page = 200;
// So many are read again whenever something happens; of a longer list one is told, and reads it again oneself.
const pages_read_again = 3;
const gather_ms = 250;
const legal_kinds = ['reminder', 'complaint', 'authority-request'];

export default function WorkListPage() {
  const { t, tn, named, language } = useTexts();
  const session = session_now();
  const [address, change] = useAddress(filters);
  const units = useUnits();
  const colleagues = useColleagues();
  const authorities = useAuthorities();
  const ombudsman = session !== undefined && has_role(session, 'OMBUDSMAN', 'HEAD_OMBUDSMAN');
  const kinds = ombudsman ? ['contact'] : legal_kinds;

  const reading = useInfiniteQuery({
    queryKey: list_key(address, language),
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      call(
        'get',
        '/api/v1/work-list',
        {
          query: {
            ...asked(address),
            limit: pageParam ? rows_of_a_page : rows_of_the_first,
            ...(pageParam ? { cursor: pageParam } : {}),
          } as never,
        },
        { signal },
      ),
    getNextPageParam: (last) => last.next_cursor || undefined,
    placeholderData: (before) => before,
    staleTime: 0,
    refetchOnWindowFocus: ({ state }) => (state.data?.pages.length ?? 0) <= pages_read_again,
    // Comparing ten thousand rows with each other takes longer than drawing those in sight.
    structuralSharing: false,
  });
  const [changed, read_again] = useChanges(reading, list_key(address, language));
  const rows = useMemo(() => reading.data?.pages.flatMap((page) => page.rows) ?? [], [reading.data]);
  const total = Number(reading.data?.pages[0]?.total ?? 0);
  const wide = useWide();
  // By id, as they were when they were chosen; nothing is chosen from until one begins.
  const [chosen, set_chosen] = useState<Map<string, Row>>();
  const turn = (row: Row) => {
    const next = new Map(chosen);
    if (!next.delete(row.case_id)) next.set(row.case_id, row);
    set_chosen(next);
  };
  const choose_all = async () => {
    let all = rows;
    for (let more = reading.hasNextPage; more && all.length < chosen_max; ) {
      const next = await reading.fetchNextPage();
      if (next.isError) break;
      all = next.data?.pages.flatMap((page) => page.rows) ?? all;
      more = next.hasNextPage;
    }
    set_chosen(new Map(all.slice(0, chosen_max).map((row) => [row.case_id, row])));
  };
  const narrowed = filters.some((name) => name !== 'scope' && address[name]);

  return (
    <Page
      title={t('web.work_list.title')}
      lead={reading.data ? tn('web.work_list.count', total) : ' '}
      beside={
        ombudsman ? undefined : (
          <button
            type="button"
            className="plain-button"
            aria-pressed={chosen !== undefined}
            onClick={() => set_chosen(chosen ? undefined : new Map())}
          >
            {chosen ? t('web.bulk.end') : t('web.bulk.begin')}
          </button>
        )
      }
    >
      <search className="filters on-screen">
        <Choice
          name="scope"
          legend={t('web.work_list.scope')}
          value={(address.scope || 'own') as 'own' | 'team' | 'everything'}
          change={(scope) => change({ scope: scope === 'own' ? '' : scope })}
          options={[
            ['own', t('web.work_list.scope.own')],
            ['team', t('web.work_list.scope.team')],
            ['everything', t('web.work_list.scope.everything')],
          ]}
        />
        <details open={wide || narrowed}>
          <summary>{t('web.work_list.narrow')}</summary>
          <div className="filter-row">
            {kinds.length > 1 ? (
              <Select
                label={t('web.work_list.kind')}
                value={address.kind}
                all={t('web.work_list.all')}
                change={(kind) => change({ kind })}
                options={kinds.map((kind) => ({
                  value: kind,
                  label: t(kind_texts[kind] ?? 'web.kind.contact'),
                }))}
              />
            ) : null}
            <Select
              label={t('web.work_list.urgency')}
              value={address.urgency}
              all={t('web.work_list.all')}
              change={(urgency) => change({ urgency })}
              options={Object.entries(urgency_texts).map(([value, id]) => ({ value, label: t(id) }))}
            />
            <Select
              label={t('web.work_list.unit')}
              value={address.unit}
              all={t('web.work_list.all_units')}
              change={(unit) => change({ unit })}
              options={units.options()}
            />
            <Select
              label={t('web.work_list.handler')}
              value={address.handler}
              all={t('web.work_list.all')}
              change={(handler) => change({ handler })}
              options={[{ value: '-', label: t('web.work_list.nobody') }, ...colleagues.options()]}
            />
            {ombudsman ? null : (
              <Select
                label={t('web.work_list.authority')}
                value={address.authority}
                all={t('web.work_list.all')}
                change={(authority) => change({ authority })}
                options={authorities.options()}
              />
            )}
            <Select
              label={t('web.work_list.state')}
              value={address.state || 'open'}
              change={(state) => change({ state: state === 'open' ? '' : state })}
              options={[
                { value: 'open', label: t('web.work_list.state.open') },
                { value: 'ended', label: t('web.work_list.state.ended') },
                { value: 'all', label: t('web.work_list.state.all') },
              ]}
            />
            {narrowed ? (
              <button
                type="button"
                className="plain-button"
                onClick={() =>
                  change({ state: '', kind: '', urgency: '', unit: '', handler: '', authority: '' })
                }
              >
                {t('web.work_list.clear')}
              </button>
            ) : null}
          </div>
        </details>
      </search>
      {changed ? (
        <Notice kind="info" title={t('web.work_list.changed')}>
          <div>
            <button type="button" className="plain-button" onClick={read_again}>
              {t('web.work_list.read_again')}
            </button>
          </div>
        </Notice>
      ) : null}
      <Loaded reading={reading}>
        {() =>
          total === 0 ? (
            <p className="card">{narrowed ? t('web.work_list.none_such') : t('web.work_list.none')}</p>
          ) : (
            <CaseRows
              label={t('web.work_list.title')}
              rows={rows}
              total={total}
              fetching={reading.isFetchingNextPage}
              failed={reading.isFetchNextPageError}
              fetch_more={() => void reading.fetchNextPage()}
              unit_name={units.name_of}
              person_name={colleagues.name_of}
              authority_name={authorities.name_of}
              stage={named}
              {...(chosen ? { choosing: { has: (id: string) => chosen.has(id), turn } } : {})}
            />
          )
        }
      </Loaded>
      {reading.isFetchNextPageError && !reading.isFetchingNextPage ? (
        <div className="more-failed row on-screen" role="alert">
          <span>{t('web.work_list.more_failed')}</span>
          <button type="button" className="plain-button" onClick={() => void reading.fetchNextPage()}>
            {t('web.loading.again')}
          </button>
        </div>
      ) : null}
      {chosen ? (
        <BulkBar
          chosen={[...chosen.values()]}
          choose={(next) => set_chosen(new Map(next.map((row) => [row.case_id, row])))}
          total={total}
          choose_all={choose_all}
          end={() => {
            set_chosen(undefined);
            read_again();
          }}
        />
      ) : null}
    </Page>
  );
}

// Not under its path: it says itself when it is read again.
const list_key = (address: object, language: string) => [{ work_list: address }, language];

// What others do is seen at once, unless so much has been fetched that reading it all again would hold one up.
function useChanges(
  reading: UseInfiniteQueryResult<InfiniteData<WorkListAnswer>>,
  key: readonly unknown[],
): [boolean, () => void] {
  const [changed, set_changed] = useState(false);
  const now = useRef({ reading, key });
  now.current = { reading, key };
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = on_happening(() => {
      timer ??= setTimeout(() => {
        timer = undefined;
        const { data, refetch } = now.current.reading;
        if ((data?.pages.length ?? 0) > pages_read_again) set_changed(true);
        else void refetch();
      }, gather_ms);
    });
    return () => {
      stop();
      clearTimeout(timer);
      // Whoever comes back begins with the first of it.
      queries.setQueryData<InfiniteData<WorkListAnswer>>(now.current.key, (all) =>
        all && all.pages.length > pages_read_again
          ? {
              pages: all.pages.slice(0, pages_read_again),
              pageParams: all.pageParams.slice(0, pages_read_again),
            }
          : all,
      );
    };
  }, []);
  return [
    changed,
    () => {
      set_changed(false);
      void now.current.reading.refetch();
    },
  ];
}

// Where there is room, the filters are in sight; elsewhere they are opened.
const wide_enough = window.matchMedia('(min-width: 48rem)');
const useWide = () =>
  useSyncExternalStore(
    (changed) => {
      wide_enough.addEventListener('change', changed);
      return () => wide_enough.removeEventListener('change', changed);
    },
    () => wide_enough.matches,
  );

// Only what is asked for: the server refuses parameters without a value of theirs.
function asked(address: Record<(typeof filters)[number], string>) {
  const lists = new Set(['kind', 'urgency']);
  return Object.fromEntries(
    Object.entries(address)
      .filter(([, value]) => value !== '')
      .map(([name, value]) => [name, lists.has(name) ? value.split(',') : value]),
  );
}
