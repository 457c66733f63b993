// Changing something: one hook. A command that may or may not have arrived keeps its Idempotency-Key, so
// that sending it again never does it twice.
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { paths } from '#generated/api';
import { type AnswerOf, type BodyOf, call, type Method, type PathOf, type Values } from '~/api/client';
import { touched } from '~/api/live_updates';
import { Refusal, Unreachable } from '~/api/refusal';

const slow_after_ms = 1500;
const pauses_ms = [400, 1600, 4000];

type Sending<Path extends PathOf<M>, M extends Method> = Values<Path, M> & {
  version?: string; // as it was read: If-Match
};

const unsure = (wrong: unknown) =>
  wrong instanceof Unreachable || (wrong instanceof Refusal && wrong.passing);
const later = (ms: number) => new Promise((done) => setTimeout(done, ms));

export interface Commanding<Body, Answer> {
  // Resolves with the answer, or with nothing when it was refused: `refusal` says why.
  send(body: Body): Promise<Answer | undefined>;
  sending: boolean;
  slow: boolean; // and it takes longer than one waits without a word
  refusal: Refusal | Unreachable | undefined;
  stale: boolean; // somebody else saved first: read it again and show the difference
  forget(): void; // the refusal
}

export function useCommand<Path extends PathOf<M>, M extends Method = 'post'>(
  path: Path,
  values: Sending<Path, M>,
  options: { method?: M; taken?: (answer: AnswerOf<Path, M>) => void } = {},
): Commanding<BodyOf<paths[Path][M]>, AnswerOf<Path, M>> {
  const method = options.method ?? ('post' as M);
  const kept = useRef<{ of: string; key: string }>(undefined);
  const [slow, set_slow] = useState(false);

  const mutation = useMutation<AnswerOf<Path, M>, Refusal | Unreachable, unknown>({
    mutationFn: async (body) => {
      const { version, ...where } = values;
      const of = JSON.stringify([path, values, body]);
      if (kept.current?.of !== of) kept.current = { of, key: crypto.randomUUID() };
      const { key } = kept.current;
      for (let tries = 0; ; ++tries) {
        try {
          const answer = await call(method, path, where as unknown as Values<Path, M>, {
            body,
            version,
            key,
          });
          kept.current = undefined;
          return answer;
        } catch (wrong) {
          const pause = pauses_ms[tries];
          if (!unsure(wrong)) kept.current = undefined;
          if (!unsure(wrong) || pause === undefined) throw wrong;
          await later(pause);
        }
      }
    },
    onSuccess: (answer) => {
      touched(path, where_in(values));
      options.taken?.(answer);
    },
    // What somebody else has saved meanwhile is read at once, so that it can be compared and saved upon.
    onError: (wrong) => {
      if (wrong instanceof Refusal && wrong.stale) touched(path, where_in(values));
    },
  });

  useEffect(() => {
    if (!mutation.isPending) return set_slow(false);
    const timer = setTimeout(() => set_slow(true), slow_after_ms);
    return () => clearTimeout(timer);
  }, [mutation.isPending]);

  return {
    send: async (body) => {
      try {
        return await mutation.mutateAsync(body);
      } catch (wrong) {
        if (wrong instanceof Refusal || wrong instanceof Unreachable) return undefined;
        throw wrong;
      }
    },
    sending: mutation.isPending,
    slow,
    refusal: mutation.error ?? undefined,
    stale: mutation.error instanceof Refusal && mutation.error.stale,
    forget: mutation.reset,
  };
}

const where_in = (values: unknown) => (values as { path?: { id?: string } }).path?.id;
