// A table as it was published, with the same words under it: what is counted and of what, what the signs mean,
// where a series breaks, where the figures are from, that some are suppressed.
import '~/figures/figures.css';
import type { components } from '#generated/api';
import type { Answered } from '~/api/answered';
import { useTexts } from '~/texts/texts';

export type TableOf = Answered<components['schemas']['PublishedTable']>;

export function PublishedTable({
  table,
  without_notes = false,
}: {
  table: TableOf;
  without_notes?: boolean; // where they stand beside it already
}) {
  const { t } = useTexts();
  const break_at = (id: string) => table.breaks.find((one) => one.at !== '' && one.at === id);
  const sign_of = (row: string, column: string) =>
    table.marks.find((mark) => mark.row === row && mark.column === column);
  return (
    <div className="stack close">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no pointer scrolls it by keys */}
      <div className="sideways" role="group" aria-label={table.caption} tabIndex={0}>
        <table className={table.columns.length > 5 ? 'published many' : 'published'}>
          <caption className="out-of-sight">{table.caption}</caption>
          <thead>
            <tr>
              <th scope="col">{table.row_heading}</th>
              {table.columns.map((column) => (
                <th key={column.id} scope="col" className="number">
                  {column.heading}
                  <Sup sign={break_at(column.id)?.sign} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row) => (
              <tr key={row.id} className={row.total ? 'total' : undefined}>
                <th scope="row">
                  {row.heading}
                  <Sup sign={break_at(row.id)?.sign} />
                </th>
                {row.cells.map((cell, place) => {
                  const column = table.columns[place]?.id ?? '';
                  const mark = sign_of(row.id, column);
                  return (
                    <td key={column} className="number">
                      {cell.suppressed ? (
                        <>
                          <span aria-hidden="true">{cell.written}</span>
                          <span className="out-of-sight">{t('web.figures.suppressed')}</span>
                        </>
                      ) : cell.unknown ? (
                        <>
                          <span aria-hidden="true">{cell.written}</span>
                          <span className="out-of-sight">{t('web.figures.unknown')}</span>
                        </>
                      ) : (
                        cell.written
                      )}
                      {mark ? <strong> {mark.sign}</strong> : null}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {without_notes ? null : <Notes table={table} />}
    </div>
  );
}

function Sup({ sign }: { sign: string | undefined }) {
  return sign ? <sup>{sign}</sup> : null;
}

export function Notes({ table }: { table: TableOf }) {
  const signs = new Map(table.marks.map((mark) => [mark.sign, mark.text]));
  return (
    <div className="notes small">
      {table.definition ? <p>{table.definition}</p> : null}
      {[...signs].map(([sign, text]) => (
        <p key={sign}>
          <strong>{sign}</strong> {text}
        </p>
      ))}
      {table.breaks.map((one) => (
        <p key={`${one.at} ${one.text}`}>
          {one.sign} {one.text}
        </p>
      ))}
      {table.note ? <p>{table.note}</p> : null}
      {table.source ? <p className="quiet">{table.source}</p> : null}
    </div>
  );
}
