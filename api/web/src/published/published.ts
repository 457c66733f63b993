// What is published, and which of it is the newest of its kind.
import type { AnswerOf } from '~/api/client';
import { useRead } from '~/api/reading';
import type { PlainTextId } from '~/texts/texts';

export type Publication = AnswerOf<'/api/v1/published', 'get'>['rows'][number];
export type Edition = Publication['editions'][number];
export type PublishedFile = Edition['files'][number];

export const kinds = ['annual', 'legal', 'summary'] as const;
export type Kind = (typeof kinds)[number];
export const kind_texts: Record<Kind, PlainTextId> = {
  annual: 'web.published.kind.annual',
  legal: 'web.published.kind.legal',
  summary: 'web.published.kind.summary',
};

// Files of a fresh edition are made within a minute or two: then what is here is read again.
const while_made_ms = 5000;

export const usePublished = () =>
  useRead(
    '/api/v1/published',
    {},
    {
      again_ms: ({ rows }) =>
        rows.some(({ editions }) => editions.some(({ files }) => files.length === 0))
          ? while_made_ms
          : undefined,
    },
  );

export const of_kind = (rows: Publication[], kind: Kind) =>
  rows
    .filter((row) => row.publication_kind === kind)
    .sort((a, b) => b.last_month.localeCompare(a.last_month) || b.first_month.localeCompare(a.first_month));

export const has_files = (row: Publication) => row.editions.some(({ files }) => files.length > 0);

// Of a form, in the reader's language if it is published in that.
export function file_of(edition: Edition, form: string, language: string): PublishedFile | undefined {
  const of_form = edition.files.filter((file) => file.form === form);
  return of_form.find((file) => file.language === language) ?? of_form[0];
}
