// A publication as it stands, read again when somebody has done something to it. No feed tells of drafts: the
// list of them is asked every few seconds, as long as somebody sits before the page, and the page when it changed.
import { useEffect } from 'react';
import { queries, useRead } from '~/api/reading';

export const ask_every_ms = 5000;
const ask_while_made_ms = 1500;
const sits_here_ms = 5 * 60_000;

let last_sign_of_life = Date.now();
for (const sign of ['pointerdown', 'pointermove', 'keydown', 'scroll', 'focus'])
  window.addEventListener(
    sign,
    () => {
      last_sign_of_life = Date.now();
    },
    { passive: true, capture: true },
  );

// Nothing is asked for a page that nobody sits before: the session is to end by itself then.
export const while_here = (every_ms: number) => () =>
  Date.now() - last_sign_of_life > sits_here_ms ? undefined : every_ms;

const path = '/api/v1/publications/{id}';

export function usePublication(id: string) {
  const reading = useRead(path, { path: { id } });
  const waiting = reading.data?.row?.files_waiting;
  const list = useRead(
    '/api/v1/publications',
    {},
    { again_ms: while_here(waiting ? ask_while_made_ms : ask_every_ms) },
  );
  const row = list.data?.rows.find((one) => one.publication_id === id);
  const version = row?.version;
  const shown = reading.data?.version;
  // Somebody else's list may be older than one's own page: only what is newer is read.
  const newer = version !== undefined && shown !== undefined && Number(version) > Number(shown);
  useEffect(() => {
    if (newer)
      void queries.invalidateQueries({
        predicate: ({ queryKey: [of, values] }) =>
          of === path && (values as { path?: { id?: string } } | undefined)?.path?.id === id,
      });
  }, [newer, id]);
  return { reading, percent: row?.files_percent ?? 0 };
}
