// What the application says, in the language chosen. `t` takes only ids of the catalogue; an id or a
// placeholder that is not there does not compile.
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type { Plurals, Texts } from '#generated/text_ids';
import { observed, useObserved } from '~/observed';

export type Language = 'fi' | 'sv' | 'en';
export type TextId = keyof Texts;
export const languages: Language[] = ['fi', 'sv', 'en'];

// Those without placeholders.
export type PlainTextId = { [Id in TextId]: [Texts[Id]] extends [never] ? Id : never }[TextId];

type Given<Names extends string> = [Names] extends [never] ? [] : [Record<Names, string | number>];

const key = 'vastine.language';
const catalogues: Record<Language, () => Promise<{ texts: Record<string, string> }>> = {
  fi: () => import('#generated/texts_fi'),
  sv: () => import('#generated/texts_sv'),
  en: () => import('#generated/texts_en'),
};

interface Spoken {
  language: Language;
  texts: Record<string, string>;
}
const spoken = observed<Spoken>({ language: 'fi', texts: {} });

export const language_now = () => spoken.get().language;

const is_language = (value: string | null | undefined): value is Language =>
  languages.includes(value as Language);

// What the person chose on this machine; else what the server read from the browser's own languages.
export function first_language(): Language {
  const chosen = localStorage.getItem(key);
  const offered = document.documentElement.lang;
  return is_language(chosen) ? chosen : is_language(offered) ? offered : 'fi';
}

export async function speak(language: Language) {
  const { texts } = await catalogues[language]();
  document.documentElement.lang = language;
  spoken.set({ language, texts });
}

export async function choose_language(language: Language) {
  localStorage.setItem(key, language);
  await speak(language);
}

// The language of the person's own account, unless they chose another on this machine.
export async function speak_as_the_account_says(language: string) {
  if (!is_language(localStorage.getItem(key)) && is_language(language)) await speak(language);
}

function filled(text: string, args: Record<string, string | number> | undefined, number: Intl.NumberFormat) {
  if (!args) return text;
  return text.replace(/\{([a-z0-9_]+)\}/g, (whole, name: string) => {
    const value = args[name];
    return value === undefined ? whole : typeof value === 'number' ? number.format(value) : value;
  });
}

export interface Speaking {
  language: Language;
  t<Id extends TextId>(id: Id, ...args: Given<Texts[Id]>): string;
  // Of a count: the text's form for n, with {n} filled in.
  tn<Id extends keyof Plurals>(id: Id, n: number, ...args: Given<Exclude<Plurals[Id], 'n'>>): string;
  // Of an id that came from the server (stage.registered); the id itself when nobody knows it.
  named(id: string): string;
  date(iso: string): string; // 2026-03-01 → 1.3.2026
  day(iso: string): string; // with its weekday: su 1.3.2026
  moment(iso: string): string;
  number(value: number): string;
  percent(share: number): string;
}

function speaking({ language, texts }: Spoken): Speaking {
  const locale = `${language === 'en' ? 'en' : language}-${language === 'en' ? 'GB' : 'FI'}`;
  const number = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const plural = new Intl.PluralRules(locale);
  const zone = { timeZone: 'Europe/Helsinki' } as const;
  const date = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'numeric',
    year: 'numeric',
    timeZone: 'UTC',
  });
  const day = new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'numeric',
    year: 'numeric',
    timeZone: 'UTC',
  });
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'short', ...zone });
  const of_iso = (format: Intl.DateTimeFormat, iso: string) =>
    /^\d{4}-\d{2}-\d{2}/.test(iso)
      ? format.format(new Date(iso.length === 10 ? `${iso}T00:00:00Z` : iso))
      : iso;
  return {
    language,
    t: (id, ...args) => filled(texts[id] ?? id, args[0], number),
    tn: (id, n, ...args) =>
      filled(texts[`${id}.${plural.select(n) === 'one' ? 'one' : 'other'}`] ?? id, { n, ...args[0] }, number),
    named: (id) => texts[id] ?? id,
    date: (iso) => of_iso(date, iso),
    day: (iso) => of_iso(day, iso),
    moment: (iso) => of_iso(moment, iso),
    number: (value) => number.format(value),
    percent: (share) => percent.format(share),
  };
}

// For what is written in another language than the screen's: a letter.
export async function words_in(language: Language): Promise<Speaking> {
  return speaking({ language, texts: (await catalogues[language]()).texts });
}

const Words = createContext<Speaking>(speaking(spoken.get()));

export function WordsProvider({ children }: { children: ReactNode }) {
  const now = useObserved(spoken);
  const value = useMemo(() => speaking(now), [now]);
  return <Words value={value}>{children}</Words>;
}

export const useTexts = (): Speaking => useContext(Words);
