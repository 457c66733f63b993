// Rows of cases, of which only those in sight are in the page: ten thousand scroll like ten.

import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { memo, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import { Subject } from '~/components/subject';
import { Urgency } from '~/components/urgency';
import { kind_texts, path_of_case } from '~/reference/kinds';
import { useTexts } from '~/texts/texts';
import type { WorkListAnswer } from '~/work_list/work_list_page';

export type Row = WorkListAnswer['rows'][number];

export interface Shown {
  unit_name: (id: string) => string;
  person_name: (id: string) => string;
  authority_name: (id: string) => string;
  stage: (id: string) => string;
  // Several can be chosen, of those that have been fetched.
  choosing?: { has: (id: string) => boolean; turn: (row: Row) => void };
}

const row_height = () => 92;

export function CaseRows({
  label,
  rows,
  total,
  fetching,
  failed,
  fetch_more,
  ...shown
}: Shown & {
  label: string;
  rows: Row[];
  total: number;
  fetching: boolean;
  failed: boolean; // the next ones did not come; they are asked for again by hand
  fetch_more: () => void;
}) {
  const { t } = useTexts();
  const list = useRef<HTMLDivElement>(null);
  const [top, set_top] = useState(0);
  useLayoutEffect(() => {
    const measure = () => set_top((list.current?.getBoundingClientRect().top ?? 0) + window.scrollY);
    measure();
    const watcher = new ResizeObserver(measure);
    watcher.observe(document.body);
    return () => watcher.disconnect();
  }, []);
  // The same one until other rows come: with another, all ten thousand would be counted anew at every turn of
  // the wheel.
  const key_of = useCallback((index: number) => rows[index]?.case_id ?? index, [rows]);
  const virtual = useWindowVirtualizer({
    count: total,
    estimateSize: row_height,
    overscan: 8,
    scrollMargin: top,
    getItemKey: key_of,
    useFlushSync: false,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (!fetching && !failed && rows.length < total && last >= rows.length - 30) fetch_more();
  }, [fetching, failed, rows.length, total, last, fetch_more]);

  return (
    <div
      role="table"
      aria-label={label}
      aria-rowcount={total + 1}
      className={shown.choosing ? 'case-table choosing' : 'case-table'}
      ref={list}
    >
      <div role="row" className="case-row case-head" aria-rowindex={1}>
        {[
          t('web.work_list.column.urgency'),
          t('web.work_list.column.case'),
          t('web.work_list.column.where'),
          t('web.work_list.column.handler'),
          t('web.work_list.column.due'),
        ].map((head) => (
          <div role="columnheader" key={head}>
            {head}
          </div>
        ))}
      </div>
      <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {items.map((item) => (
          <div
            role="row"
            key={item.key}
            aria-rowindex={item.index + 2}
            data-index={item.index}
            ref={virtual.measureElement}
            className="case-row"
            style={{ transform: `translateY(${item.start - virtual.options.scrollMargin}px)` }}
          >
            <Cells row={rows[item.index]} {...shown} />
          </div>
        ))}
      </div>
    </div>
  );
}

// Drawn again when something of it changes, not when it moves.
const Cells = memo(function Cells({
  row,
  unit_name,
  person_name,
  authority_name,
  stage,
  choosing,
}: Shown & { row: Row | undefined }) {
  const { t, date } = useTexts();
  if (!row) {
    return (
      <div role="cell" className="case-coming">
        {t('web.loading.text')}
      </div>
    );
  }
  const handler = person_name(row.handler);
  const acting =
    row.acting_handler && row.acting_handler !== row.handler ? person_name(row.acting_handler) : '';
  return (
    <>
      <div role="cell" className="case-urgency">
        <Urgency urgency={row.urgency} />
        <span className="small quiet">{row.urgency_reason}</span>
      </div>
      <div role="cell" className="case-subject">
        <span className="choosable">
          {choosing ? (
            <input
              type="checkbox"
              checked={choosing.has(row.case_id)}
              onChange={() => choosing.turn(row)}
              aria-label={t('web.bulk.select', {
                case: row.subject || row.diary_number || t('web.work_list.no_subject'),
              })}
            />
          ) : null}
          <Link href={path_of_case(row.kind, row.case_id)}>
            <Subject of={row} otherwise={t('web.work_list.no_subject')} />
          </Link>
        </span>
        <span className="small quiet">
          {[t(kind_texts[row.kind] ?? 'web.kind.contact'), row.diary_number, stage(row.stage)]
            .filter(Boolean)
            .join(' · ')}
          {row.disclosure_banned ? <strong className="ban"> {t('web.work_list.ban')}</strong> : null}
        </span>
      </div>
      <div role="cell" className="small">
        {(row.units.length > 0 ? row.units : row.department ? [row.department] : [])
          .map(unit_name)
          .join(', ')}
        {row.authority ? <span className="quiet block">{authority_name(row.authority)}</span> : null}
      </div>
      <div role="cell" className="small">
        {handler || <span className="quiet">{t('web.work_list.nobody')}</span>}
        {acting ? <span className="quiet block">{t('web.work_list.acting', { name: acting })}</span> : null}
        {row.hand_over_to ? (
          <span className="quiet block">
            {t('web.work_list.offered', { name: person_name(row.hand_over_to) })}
          </span>
        ) : null}
      </div>
      <div role="cell" className="case-due small">
        {row.due_by ? <time dateTime={row.due_by}>{date(row.due_by)}</time> : null}
        {row.paused_on ? <span className="quiet block">{t('web.work_list.paused')}</span> : null}
      </div>
    </>
  );
});
