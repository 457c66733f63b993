// What others do is seen at once. One tab of the browser listens for all of them: whoever holds the lock
// reads the server's feed and passes it on; when that tab is closed, another gets the lock.
import { createParser } from 'eventsource-parser';
import { queries } from '~/api/reading';
import { end_session, session_now, signed_in } from '~/api/session';
import { sent } from '~/api/under_way';

export interface Happened {
  type: string; // the event's: ReplySent
  kind: string; // reminder, complaint, authority-request, contact, reference
  case_id: string;
  position: string;
  version: string;
}

const listeners = new Set<(happened: Happened) => void>();
const tabs = 'BroadcastChannel' in window ? new BroadcastChannel('vastine.happened') : undefined;
const gather_ms = 250;
const just_come_ms = 1000;
const longest_pause_ms = 30_000;

// Calls back for everything that happens and that this person may see.
export function on_happening(listener: (happened: Happened) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const kind_of_path: Record<string, string> = {
  reminders: 'reminder',
  complaints: 'complaint',
  'authority-requests': 'authority-request',
  contacts: 'contact',
};

let gathered: Happened[] = [];
let telling = false;

let seen_position = '';

function take(happened: Happened) {
  seen_position = happened.position;
  gathered.push(happened);
  if (!telling) setTimeout(tell, gather_ms);
  telling = true;
  for (const listener of [...listeners]) listener(happened);
}

// Reads again what is on the screen and has changed: the case itself, and every list that may hold it.
function tell() {
  const now = gathered;
  gathered = [];
  telling = false;
  const cases = new Set(now.map((one) => one.case_id));
  const reference = now.some((one) => one.kind === 'reference');
  void queries.invalidateQueries({
    predicate: ({ queryKey: [path, values] }) => {
      if (typeof path !== 'string') return false;
      if (path.startsWith('/api/v1/reference')) return reference;
      const id = (values as { path?: { id?: string } } | undefined)?.path?.id;
      return id === undefined || cases.has(id);
    },
  });
}

// The same for what this tab has just done itself, at once.
export function touched(path: string, case_id: string | undefined) {
  const kind = path.split('/')[3] ?? '';
  const reference = kind_of_path[kind] === undefined;
  void queries.invalidateQueries({
    predicate: ({ queryKey: [of, values] }) => {
      if (typeof of !== 'string') return false;
      if (reference) return true;
      if (of.startsWith('/api/v1/reference')) return false;
      const id = (values as { path?: { id?: string } } | undefined)?.path?.id;
      return id === undefined || id === case_id;
    },
  });
}

let listening: AbortController | undefined;

// Until stop_listening(). Whose work is in neither area has no feed.
export function listen() {
  if (listening) return;
  const ended = new AbortController();
  listening = ended;
  tabs?.addEventListener('message', ({ data }) => take(data as Happened), { signal: ended.signal });
  const asked_at = performance.now();
  const read_on = () => read_feed(ended.signal, performance.now() - asked_at).catch(() => undefined);
  if (navigator.locks) {
    navigator.locks.request('vastine.feed', { signal: ended.signal }, read_on).catch(() => undefined);
  } else {
    void read_on();
  }
}

export function stop_listening() {
  listening?.abort();
  listening = undefined;
}

async function read_feed(signal: AbortSignal, waited_ms: number) {
  // Between the tab that listened before and this one, something may have happened that nobody heard. Whoever has
  // just come is reading all of it at this moment.
  if (!seen_position)
    void queries.invalidateQueries({ refetchType: waited_ms > just_come_ms ? 'active' : 'none' });
  let pause = 1000;
  const parser = createParser({
    onEvent: ({ event, data }) => {
      const happened = { type: event ?? '', ...JSON.parse(data) } as Happened;
      take(happened);
      tabs?.postMessage(happened);
    },
  });
  while (!signal.aborted) {
    try {
      const headers = {
        Accept: 'text/event-stream',
        ...(seen_position ? { 'Last-Event-ID': seen_position } : {}),
      };
      const response = await sent(() => fetch('/api/v1/feed', { headers, signal }));
      if (response.status === 401) {
        if (session_now()) end_session();
        await somebody_again(signal);
        continue;
      }
      if (response.status === 403) return;
      if (!response.ok || !response.body) throw new Error();
      pause = 1000;
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let piece = await reader.read(); !piece.done; piece = await reader.read())
        parser.feed(piece.value);
    } catch {
      if (signal.aborted) return;
    }
    parser.reset();
    await new Promise((done) => setTimeout(done, pause));
    pause = Math.min(pause * 2, longest_pause_ms);
  }
}

async function somebody_again(signal: AbortSignal) {
  await new Promise<void>((done) => {
    const look = () => {
      const now = signed_in.get();
      if (signal.aborted || (now.state === 'somebody' && !now.ended)) {
        stop();
        done();
      }
    };
    const stop = signed_in.subscribe(look);
    signal.addEventListener('abort', look, { once: true });
    look();
  });
}
