// A table of what the organisation knows of itself. On a narrow screen each row becomes a block, every value
// under its column's name.
import '~/components/data_table.css';
import type { ReactNode } from 'react';

export interface Column<Row> {
  head: string;
  cell: (row: Row) => ReactNode;
  number?: boolean;
}

export function DataTable<Row>({
  caption,
  columns,
  rows,
  row_key,
}: {
  caption: string;
  columns: Column<Row>[];
  rows: Row[];
  row_key: (row: Row) => string;
}) {
  return (
    <table className="data-table">
      <caption className="out-of-sight">{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ head, number }) => (
            <th key={head} scope="col" className={number ? 'number' : undefined}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row_key(row)}>
            {columns.map(({ head, cell, number }, index) =>
              index === 0 ? (
                <th key={head} scope="row" data-head={head}>
                  {cell(row)}
                </th>
              ) : (
                <td key={head} data-head={head} className={number ? 'number' : undefined}>
                  {cell(row)}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
