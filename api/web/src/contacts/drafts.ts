// What is being written and not saved: sealed on the device a moment after each change, and there again after a
// crash.
import { session_now } from '~/api/session';
import { drop, keep, kept } from '~/device/sealed_store';

const kind = 'draft';
const pause_ms = 300;

const id_of = (name: string) => `draft ${session_now()?.user_id ?? ''} ${name}`;

interface Pending {
  timer: ReturnType<typeof setTimeout>;
  write: () => Promise<void>;
}
const pending = new Map<string, Pending>();
let writing: Promise<unknown> = Promise.resolve();

export function keep_draft(name: string, value: unknown) {
  const user_id = session_now()?.user_id;
  if (!user_id) return;
  const id = id_of(name);
  const write = async () => {
    pending.delete(id);
    writing = writing.then(() => keep(user_id, kind, id, value)).catch(() => undefined);
    await writing;
  };
  const before = pending.get(id);
  if (before) clearTimeout(before.timer);
  pending.set(id, { timer: setTimeout(() => void write(), pause_ms), write });
}

// At once: before the tab goes out of sight.
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState !== 'hidden') return;
  for (const one of pending.values()) {
    clearTimeout(one.timer);
    void one.write();
  }
});

export async function kept_draft<T>(name: string): Promise<T | undefined> {
  const user_id = session_now()?.user_id;
  if (!user_id) return undefined;
  await writing;
  return (await kept<T>(user_id, kind)).find((one) => one.id === id_of(name))?.value;
}

// Of anything at all: signing out asks.
export async function any_draft(): Promise<boolean> {
  const user_id = session_now()?.user_id;
  await writing;
  return user_id !== undefined && (await kept(user_id, kind)).length > 0;
}

export async function give_up_draft(name: string) {
  const id = id_of(name);
  const before = pending.get(id);
  if (before) clearTimeout(before.timer);
  pending.delete(id);
  writing = writing.then(() => drop(id)).catch(() => undefined);
  await writing;
}
