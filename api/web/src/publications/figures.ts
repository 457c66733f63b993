// Every figure of a publication's report by the name that a text gives it, as the report stands now.
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { call } from '~/api/client';
import type { PublicationRow } from '~/publications/publication';
import { type Language, useTexts } from '~/texts/texts';

interface Value {
  value?: number;
  unit?: 'count' | 'percent' | 'days' | 'ratio';
  decimals?: number;
}
type Cell = Value | null;
interface Block {
  type: string;
  id?: string;
  caption?: string;
  figures?: { id: string; label: string; number: Cell }[];
  columns?: { id: string; heading: string }[];
  rows?: { id: string; heading: string; cells: Cell[] }[];
}
interface Section {
  heading: string;
  blocks?: Block[];
  subsections?: Section[];
}

export interface Figure {
  name: string; // what stands between the braces
  table: string;
  label: string;
  written: string;
}

function figures_of(section: Section, written: (cell: Cell) => string): Figure[] {
  const own = (section.blocks ?? []).flatMap((block): Figure[] => {
    if (block.figures)
      return block.figures.map((figure) => ({
        name: `${block.id}/${figure.id}`,
        table: section.heading,
        label: figure.label,
        written: written(figure.number),
      }));
    return (block.rows ?? []).flatMap((row) =>
      row.cells.map((cell, at) => ({
        name: `${block.id}/${row.id}/${block.columns?.[at]?.id ?? ''}`,
        table: block.caption ?? '',
        label: `${row.heading} · ${block.columns?.[at]?.heading ?? ''}`,
        written: written(cell),
      })),
    );
  });
  return [...own, ...(section.subsections ?? []).flatMap((one) => figures_of(one, written))];
}

// In the language of the text that names them.
export function useFigures(row: PublicationRow | undefined, language: Language) {
  const { language: spoken } = useTexts();
  const query = row && {
    format: 'json',
    area: row.area,
    from: row.first_month,
    to: row.last_month,
    lang: language,
  };
  const reading = useQuery({
    queryKey: ['figures of a report', row?.publication_kind, query],
    queryFn: ({ signal }) =>
      call('get', '/api/v1/reports/{kind}', { path: { kind: row?.publication_kind ?? '' }, query } as never, {
        signal,
      }) as unknown as Promise<{ sections: Section[] }>,
    enabled: row !== undefined,
    staleTime: 5 * 60_000,
  });
  const all = useMemo(() => {
    const locale = spoken === 'en' ? 'en-GB' : `${spoken}-FI`;
    const written = (cell: Cell) => {
      if (cell?.value === undefined) return '–';
      const digits = { minimumFractionDigits: cell.decimals ?? 0, maximumFractionDigits: cell.decimals ?? 0 };
      const number = new Intl.NumberFormat(locale, digits).format(cell.value);
      return cell.unit === 'percent' ? `${number} %` : number;
    };
    return (reading.data?.sections ?? []).flatMap((section) => figures_of(section, written));
  }, [reading.data, spoken]);
  const by_name = useMemo(() => new Map(all.map((figure) => [figure.name, figure.written])), [all]);
  return { all, ready: reading.data !== undefined, figure_of: (name: string) => by_name.get(name) };
}
