// Reading: one hook over TanStack Query. What is read is kept until something happens to it (live_updates.ts),
// and read again when the tab is looked at after a while.
import { keepPreviousData, QueryClient, useQuery } from '@tanstack/react-query';
import { type AnswerOf, call, type PathOf, type Values } from '~/api/client';
import { Refusal, Unreachable } from '~/api/refusal';
import { useTexts } from '~/texts/texts';

const may_pass = (wrong: unknown) =>
  wrong instanceof Unreachable || (wrong instanceof Refusal && wrong.passing);

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      gcTime: 10 * 60_000,
      retry: (failures, wrong) => may_pass(wrong) && failures < 4,
      retryDelay: (failures, wrong) =>
        wrong instanceof Refusal && wrong.retry_after_seconds !== undefined
          ? wrong.retry_after_seconds * 1000
          : Math.min(500 * 2 ** failures, 8000),
      networkMode: 'always',
    },
    mutations: { retry: false, networkMode: 'always' },
  },
});

export interface Reading<Answer> {
  enabled?: boolean;
  // Goes on showing what was there while something else is fetched in its place: filters, pages.
  keep?: boolean;
  purpose?: string;
  // For what nobody tells of: read again after so long, as long as it answers with a number.
  again_ms?: (answer: Answer) => number | undefined;
}

// useRead('/api/v1/reminders/{id}', { path: { id } }). The language is part of what is asked: answers hold texts.
export function useRead<Path extends PathOf<'get'>>(
  path: Path,
  values: Values<Path, 'get'>,
  reading: Reading<AnswerOf<Path, 'get'>> = {},
) {
  const { language } = useTexts();
  return useQuery<AnswerOf<Path, 'get'>>({
    queryKey: [path, values, language],
    queryFn: ({ signal }) => call('get', path, values, { signal, purpose: reading.purpose }),
    enabled: reading.enabled ?? true,
    refetchInterval: ({ state }) =>
      (state.data ? reading.again_ms?.(state.data as never) : undefined) ?? false,
    ...(reading.keep ? { placeholderData: keepPreviousData as never } : {}),
  });
}
