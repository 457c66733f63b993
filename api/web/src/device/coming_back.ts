// Whoever was here and has not signed out can go on without a network: who they are and the words behind codes
// are kept, sealed like everything else of theirs. The server asks again as soon as it is there.
import { queries } from '~/api/reading';
import { go_on_as, type Session, signed_in } from '~/api/session';
import { keep, kept, last_here } from '~/device/sealed_store';
import { languages } from '~/texts/texts';

const reference = ['/api/v1/reference/codes', '/api/v1/reference/units'];
const nothing_asked = JSON.stringify({});

interface Remembered {
  session: Session;
  words: [string, unknown][];
}

export async function remember(session: Session) {
  const words = reference
    .map((path): [string, unknown] => [path, read_of(path)])
    .filter(([, data]) => data !== undefined);
  if (words.length < reference.length) return;
  await keep(session.user_id, 'remembered', `remembered ${session.user_id}`, {
    session: { ...session, csrf_token: '' },
    words,
  } satisfies Remembered);
}

const read_of = (path: string) =>
  queries
    .getQueryCache()
    .findAll({ queryKey: [path] })
    .find(({ queryKey, state }) => JSON.stringify(queryKey[1]) === nothing_asked && state.data !== undefined)
    ?.state.data;

export async function come_back() {
  if (signed_in.get().state !== 'unknown') return;
  const user_id = await last_here();
  if (!user_id) return;
  const [found] = await kept<Remembered>(user_id, 'remembered');
  if (!found || signed_in.get().state !== 'unknown') return;
  for (const [path, data] of found.value.words) {
    for (const language of languages) queries.setQueryData([path, {}, language], data, { updatedAt: 1 });
  }
  await go_on_as(found.value.session);
}
