// The words behind ids and codes: units, codes, authorities, colleagues. Read once, renewed when they change.
import { useMemo } from 'react';
import type { components } from '#generated/api';
import type { Answered } from '~/api/answered';
import { useRead } from '~/api/reading';
import { has_role, session_now } from '~/api/session';
import { useTexts } from '~/texts/texts';

type Schemas = components['schemas'];
export type Unit = Answered<Schemas['SetUnit']>;
export type Code = Answered<Schemas['Code']>;
export type CodeSet = Answered<Schemas['PublishCodeSet']>;
type Named = { fi: string; sv: string; en: string } | undefined;

export interface Option {
  value: string;
  label: string;
  lang?: string | undefined; // of the label, when it is another than the page's
}

export function useNames() {
  const { language } = useTexts();
  return useMemo(
    () => (name: Named, otherwise: string) =>
      name?.[language] || name?.fi || name?.sv || name?.en || otherwise,
    [language],
  );
}

// The language of what useNames() gives, when it is another than the page's.
export function language_of(name: Named, language: 'fi' | 'sv' | 'en'): string | undefined {
  if (!name || name[language]) return undefined;
  return (['fi', 'sv', 'en'] as const).find((one) => name[one]);
}

export const today = () =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Helsinki' }).format(new Date());
export const holds = (one: { valid_from: string; valid_until: string }, on: string) =>
  (!one.valid_from || one.valid_from <= on) && (!one.valid_until || on <= one.valid_until);

// Of each the version that holds on the day; of one that begins later its first.
export function versions_on<T extends { valid_from: string }>(
  all: T[],
  id_of: (one: T) => string,
  on: string,
): T[] {
  const found = new Map<string, T>();
  for (const one of all.toSorted((a, b) => a.valid_from.localeCompare(b.valid_from)))
    if (one.valid_from <= on || !found.has(id_of(one))) found.set(id_of(one), one);
  return [...found.values()];
}

export function useUnits() {
  const name = useNames();
  const { language } = useTexts();
  const reading = useRead('/api/v1/reference/units', {});
  return useMemo(() => {
    const units = reading.data?.units ?? [];
    const every = [...units, ...(reading.data?.other_versions ?? [])];
    const by_id = new Map(units.map((unit) => [unit.unit_id, unit]));
    const name_of = (id: string) => name(by_id.get(id)?.name, id);
    return {
      all: units,
      name_of,
      // Those of a day, each department before what stands below it.
      options: (on = today()): Option[] => {
        const held = versions_on(every, (unit) => unit.unit_id, on).filter((unit) => holds(unit, on));
        const below = (parent: string, depth: number): Option[] =>
          held
            .filter((unit) => unit.parent === parent)
            .flatMap((unit) => [
              {
                value: unit.unit_id,
                label: `${'  '.repeat(depth)}${name(unit.name, unit.unit_id)}`,
                lang: language_of(unit.name, language),
              },
              ...below(unit.unit_id, depth + 1),
            ]);
        return below('', 0);
      },
    };
  }, [reading.data, name, language]);
}

export function useCodes() {
  const name = useNames();
  const { language } = useTexts();
  const reading = useRead('/api/v1/reference/codes', {});
  return useMemo(() => {
    const newest = new Map<string, Answered<Schemas['PublishCodeSet']>>();
    const on = today();
    for (const { given } of reading.data?.code_sets ?? []) {
      const before = given && newest.get(given.code_set);
      if (given && given.valid_from <= on && (!before || before.valid_from <= given.valid_from))
        newest.set(given.code_set, given);
    }
    const code_of = (set: string, code: string) => newest.get(set)?.codes.find((one) => one.code === code);
    return {
      sets: newest,
      // The first of the sets that has the code; the code itself when none has.
      label: (sets: string | string[], code: string) =>
        name(
          [sets]
            .flat()
            .map((set) => code_of(set, code))
            .find(Boolean)?.name,
          code,
        ),
      options: (set: string): Option[] =>
        (newest.get(set)?.codes ?? [])
          .filter((code) => holds(code, on))
          .map((code) => ({
            value: code.code,
            label: name(code.name, code.code),
            lang: language_of(code.name, language),
          })),
    };
  }, [reading.data, name, language]);
}

export function useAuthorities() {
  const name = useNames();
  const { language } = useTexts();
  const reading = useRead('/api/v1/reference/authorities', {});
  return useMemo(() => {
    const all = reading.data?.authorities ?? [];
    return {
      all,
      name_of: (id: string) => name(all.find((one) => one.authority_id === id)?.name, id),
      options: (on = today()): Option[] =>
        all
          .filter((one) => holds(one, on))
          .map((one) => ({
            value: one.authority_id,
            label: name(one.name, one.authority_id),
            lang: language_of(one.name, language),
          })),
    };
  }, [reading.data, name, language]);
}

const workers = ['OMBUDSMAN', 'HEAD_OMBUDSMAN', 'REGISTRAR', 'LAWYER', 'UNIT_HEAD'] as const;

export function useColleagues() {
  const session = session_now();
  const reading = useRead(
    '/api/v1/colleagues',
    {},
    { enabled: session ? has_role(session, ...workers) : false },
  );
  return useMemo(() => {
    const all = reading.data?.colleagues ?? [];
    return {
      all,
      name_of: (id: string) => all.find((one) => one.user_id === id)?.name ?? '',
      options: (): Option[] => all.map((one) => ({ value: one.user_id, label: one.name })),
    };
  }, [reading.data]);
}
