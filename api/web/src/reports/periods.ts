// The parts of a year that reports are made of: the whole, the thirds that self-monitoring is published by, the
// quarters; or any months, at most twelve.
import type { Option } from '~/reference/reference';
import type { Language, PlainTextId } from '~/texts/texts';

export const parts = ['year', 't1', 't2', 't3', 'q1', 'q2', 'q3', 'q4', 'months'] as const;
export type Part = (typeof parts)[number];

export const part_texts: Record<Part, PlainTextId> = {
  year: 'web.reports.part.year',
  t1: 'web.reports.part.t1',
  t2: 'web.reports.part.t2',
  t3: 'web.reports.part.t3',
  q1: 'web.reports.part.q1',
  q2: 'web.reports.part.q2',
  q3: 'web.reports.part.q3',
  q4: 'web.reports.part.q4',
  months: 'web.reports.part.months',
};

const months_of: Record<Exclude<Part, 'months'>, [string, string]> = {
  year: ['01', '12'],
  t1: ['01', '04'],
  t2: ['05', '08'],
  t3: ['09', '12'],
  q1: ['01', '03'],
  q2: ['04', '06'],
  q3: ['07', '09'],
  q4: ['10', '12'],
};

export const months = (part: Exclude<Part, 'months'>, year: string): [string, string] => {
  const [first, last] = months_of[part];
  return [`${year}-${first}`, `${year}-${last}`];
};

// Which part the months are, and of which year; any other two are months of one's own.
export function part_of(from: string, to: string): [Part, string] {
  const year = from.slice(0, 4);
  for (const part of parts) {
    if (part === 'months') continue;
    const [first, last] = months(part, year);
    if (first === from && last === to) return [part, year];
  }
  return ['months', year];
}

const years_back = 12;
export const years = (this_year: number): string[] =>
  Array.from({ length: years_back }, (_, back) => String(this_year - back));

export function month_options(this_year: number, language: Language): Option[] {
  const written = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : `${language}-FI`, {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  return years(this_year).flatMap((year) =>
    Array.from({ length: 12 }, (_, back) => {
      const month = `${year}-${String(12 - back).padStart(2, '0')}`;
      return { value: month, label: written.format(new Date(`${month}-01T00:00:00Z`)) };
    }),
  );
}
