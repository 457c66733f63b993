// A table whose numbers have their lengths beside them: a chart that is its own table.
import '~/figures/figures.css';
import { useTexts } from '~/texts/texts';

export interface BarredRow {
  key: string;
  head: string;
  value: number;
  more?: string;
}

export function Barred({ caption, heads, rows }: { caption: string; heads: string[]; rows: BarredRow[] }) {
  const { number } = useTexts();
  const greatest = Math.max(1, ...rows.map(({ value }) => value));
  const [name, count, more] = heads;
  return (
    <table className="barred">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{name}</th>
          <th scope="col" className="number">
            {count}
          </th>
          {more === undefined ? null : (
            <th scope="col" className="number">
              {more}
            </th>
          )}
          <td aria-hidden="true" />
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <th scope="row">{row.head}</th>
            <td className="number">{number(row.value)}</td>
            {more === undefined ? null : <td className="number">{row.more}</td>}
            <td className="bar" aria-hidden="true">
              <span className="length" style={{ width: `${(100 * row.value) / greatest}%` }} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
