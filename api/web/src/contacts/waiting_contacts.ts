// Contacts on their way to the server. Each is sealed on the device before it is sent, with the Idempotency-Key
// it will go in under however often it is tried: once each, in the order they were saved, whatever stops in
// between. One that the server refuses stays, with the reason, until it is mended.
import { type CommandBody, call } from '~/api/client';
import { touched } from '~/api/live_updates';
import { type FieldProblem, Refusal, Unreachable } from '~/api/refusal';
import { look_again, session_now, signed_in } from '~/api/session';
import { offline_queue_allowed } from '~/device/offline_queue_allowed';
import { drop, keep, kept } from '~/device/sealed_store';
import { observed } from '~/observed';

export type LogContact = CommandBody<'/api/v1/contacts'>;

interface Held {
  contact: LogContact;
  saved_at: string;
  refused?: { status: number; kind: string; title: string; detail: string; fields: FieldProblem[] };
}
export interface Waiting extends Held {
  key: string;
}
export type Outcome =
  | { became: 'logged'; case_id: string; version: string }
  | { became: 'refused'; refusal: Refusal | Unreachable }
  | { became: 'waiting' };

export const waiting_contacts = observed<Waiting[]>([]);

const kind = 'waiting contact';
const one_at_a_time = 'vastine.waiting-contacts';
const try_again_ms = 5000;
const patience_ms = 5000;
const no_answer_after_ms = 20_000;
const tabs = 'BroadcastChannel' in window ? new BroadcastChannel('vastine.waiting-contacts') : undefined;
tabs?.addEventListener('message', ({ data }) => {
  if (data) heard(data as { key: string; outcome: Outcome });
  void look();
});

const listeners = new Map<string, (outcome: Outcome) => void>();
function heard({ key, outcome }: { key: string; outcome: Outcome }) {
  listeners.get(key)?.(outcome);
}
function tell(key: string, outcome: Outcome) {
  heard({ key, outcome });
  // A refusal does not survive the way to another tab; there it is read from what is kept.
  tabs?.postMessage(outcome.became === 'logged' ? { key, outcome } : undefined);
}

const me = () => session_now()?.user_id ?? '';

// What waits, as it stands on the device.
export async function look(): Promise<Waiting[]> {
  const found = (await kept<Held>(me(), kind)).map(({ id, value }) => ({ key: id, ...value }));
  waiting_contacts.set(found);
  return found;
}

const refusal_of = (refused: NonNullable<Held['refused']>) =>
  new Refusal(refused.status, refused.kind, refused.title, refused.detail, refused.fields, undefined);

const exclusively = <T>(work: () => Promise<T>): Promise<T> =>
  navigator.locks ? (navigator.locks.request(one_at_a_time, work) as Promise<T>) : work();

// Everything that waits and was not refused, in order. Ends at the first that gets no answer.
export async function send_waiting(): Promise<void> {
  await exclusively(async () => {
    for (const one of await look()) {
      if (one.refused) continue;
      if (!(await sent(one))) return;
    }
  });
}

async function sent({ key, ...held }: Waiting): Promise<boolean> {
  const signal = AbortSignal.timeout(no_answer_after_ms);
  try {
    if (session_now()?.csrf_token === '') await look_again();
    const taken = await call('post', '/api/v1/contacts', {}, { body: held.contact, key, signal });
    await drop(key);
    await look();
    touched('/api/v1/contacts', undefined);
    tell(key, { became: 'logged', case_id: taken.case_id, version: String(taken.version) });
    return true;
  } catch (wrong) {
    if (wrong instanceof Unreachable || (wrong instanceof Refusal && wrong.passing)) return false;
    if (signal.aborted) return false;
    if (!(wrong instanceof Refusal)) throw wrong;
    const { status, kind: of, title, detail, fields } = wrong;
    await keep(me(), kind, key, { ...held, refused: { status, kind: of, title, detail, fields } });
    await look();
    tell(key, { became: 'refused', refusal: wrong });
    return true;
  }
}

// Saves a contact: resolves when the server has it or has refused it, or when it waits on the device because
// there was no answer in time. A refused one is given back, not kept.
export async function save(contact: LogContact, retry_key: string): Promise<Outcome> {
  if (!(await offline_queue_allowed())) return send_at_once(contact, retry_key);
  const key = retry_key;
  await keep(me(), kind, key, { contact, saved_at: new Date().toISOString() } satisfies Held);
  const outcome = new Promise<Outcome>((done) => {
    listeners.set(key, done);
    void wait_patiently().then(() => done({ became: 'waiting' }));
    send_waiting().then(
      // Everything before it was refused or answered, and this one was not: no answer.
      () => done({ became: 'waiting' }),
      () => done({ became: 'waiting' }),
    );
  });
  const found = await outcome;
  listeners.delete(key);
  if (found.became === 'refused') await drop(key);
  await look();
  tabs?.postMessage(undefined);
  return found;
}

// Nobody is hurried while signing in again.
async function wait_patiently() {
  for (let waited = 0; waited < patience_ms; waited += 250) {
    await new Promise((done) => setTimeout(done, 250));
    const now = signed_in.get();
    if (now.state === 'somebody' && now.ended) waited = 0;
  }
}

async function send_at_once(contact: LogContact, key: string): Promise<Outcome> {
  for (const pause_ms of [400, 1600, 0]) {
    try {
      const taken = await call('post', '/api/v1/contacts', {}, { body: contact, key });
      touched('/api/v1/contacts', undefined);
      return { became: 'logged', case_id: taken.case_id, version: String(taken.version) };
    } catch (wrong) {
      if (!(wrong instanceof Unreachable) && !(wrong instanceof Refusal)) throw wrong;
      const may_pass = wrong instanceof Unreachable || wrong.passing;
      if (!may_pass || pause_ms === 0) return { became: 'refused', refusal: wrong };
      await new Promise((done) => setTimeout(done, pause_ms));
    }
  }
  return { became: 'refused', refusal: new Unreachable() };
}

// Off the device, to be written on; nothing when it has gone in meanwhile.
export async function take_back(
  key: string,
): Promise<{ contact: LogContact; refusal?: Refusal } | undefined> {
  const found = await exclusively(async () => {
    const one = (await look()).find((each) => each.key === key);
    if (one) await drop(key);
    return one;
  });
  await look();
  tabs?.postMessage(undefined);
  if (!found) return undefined;
  return { contact: found.contact, ...(found.refused ? { refusal: refusal_of(found.refused) } : {}) };
}

// Tries while something waits: when the network is back, and every few seconds.
export function keep_sending(): () => void {
  let ended = false;
  let trying = false;
  const attempt = async () => {
    if (ended || trying) return;
    trying = true;
    try {
      if ((await look()).some((one) => !one.refused)) await send_waiting();
    } catch {
      // At the next turn.
    } finally {
      trying = false;
    }
  };
  void attempt();
  const timer = setInterval(() => {
    if (waiting_contacts.get().some((one) => !one.refused)) void attempt();
  }, try_again_ms);
  window.addEventListener('online', attempt);
  return () => {
    ended = true;
    clearInterval(timer);
    window.removeEventListener('online', attempt);
  };
}
