// What a person has typed and not yet sent, kept on the device so that only this person's session reads it:
// each thing sealed (AES-256-GCM) under a key of the person's own, which scripts can use and not read.
//
// The key is there from the first thing kept until signing out destroys it, and everything with it. A browser
// that was closed, or a session that ran out, leaves it: what waits goes in at the person's next signing in.
// What nobody came back for in a week is destroyed at the next start.

interface Lock {
  user_id: string;
  key: CryptoKey;
  used_at: number;
}
interface Sealed {
  id: string;
  user_id: string;
  kind: string;
  order: number; // of those of its kind, in the order they came
  iv: Uint8Array;
  bytes: ArrayBuffer;
}
export interface Kept<T> {
  id: string;
  value: T;
}

const database = 'vastine';
const locks = 'locks';
const things = 'things';
const a_day_ms = 24 * 60 * 60 * 1000;
const longest_unused_ms = 7 * a_day_ms;

const answered = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
const written = (transaction: IDBTransaction): Promise<void> =>
  new Promise((done, failed) => {
    transaction.oncomplete = () => done();
    transaction.onabort = () => failed(transaction.error);
    transaction.onerror = () => failed(transaction.error);
  });

let opened: Promise<IDBDatabase> | undefined;
function open(): Promise<IDBDatabase> {
  opened ??= new Promise<IDBDatabase>((done, failed) => {
    const request = indexedDB.open(database, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(locks, { keyPath: 'user_id' });
      request.result.createObjectStore(things, { keyPath: 'id' });
    };
    request.onsuccess = () => {
      const found = request.result;
      found.onversionchange = () => {
        found.close();
        opened = undefined;
      };
      done(found);
    };
    request.onerror = () => {
      opened = undefined;
      failed(request.error);
    };
  });
  return opened;
}

// On the disk, or not at all: `strict` waits for it.
const transaction = async (mode: IDBTransactionMode) =>
  (await open()).transaction([locks, things], mode, { durability: 'strict' });

async function lock_of(user_id: string): Promise<Lock | undefined> {
  return answered((await transaction('readonly')).objectStore(locks).get(user_id));
}

async function key_for(user_id: string): Promise<CryptoKey> {
  const there = await lock_of(user_id);
  if (there && Date.now() - there.used_at < a_day_ms) return there.key;
  const made = (await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ])) as CryptoKey;
  const writing = await transaction('readwrite');
  const store = writing.objectStore(locks);
  // Another tab may have been here first.
  const found: Lock | undefined = await answered(store.get(user_id));
  const lock: Lock = { user_id, key: found?.key ?? made, used_at: Date.now() };
  store.put(lock);
  await written(writing);
  return lock.key;
}

// What is sealed is bound to its place: nothing can be put in another's.
const bound_to = (user_id: string, kind: string, id: string) =>
  new TextEncoder().encode(`${user_id} ${kind} ${id}`);

// Replaces what was kept under the id. Resolves when it is on the disk.
export async function keep(user_id: string, kind: string, id: string, value: unknown): Promise<void> {
  const key = await key_for(user_id);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const bytes = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: bound_to(user_id, kind, id) },
    key,
    new TextEncoder().encode(JSON.stringify(value)),
  );
  const writing = await transaction('readwrite');
  const store = writing.objectStore(things);
  // Signed out in the meantime: nothing is kept of it.
  if (!(await answered(writing.objectStore(locks).get(user_id)))) return;
  const all: Sealed[] = await answered(store.getAll());
  const before = all.find((one) => one.id === id);
  const order = before?.order ?? Math.max(0, ...all.map((one) => one.order)) + 1;
  store.put({ id, user_id, kind, order, iv, bytes } satisfies Sealed);
  await written(writing);
}

// All of a kind that this person keeps here, in the order it came.
export async function kept<T>(user_id: string, kind: string): Promise<Kept<T>[]> {
  const lock = await lock_of(user_id);
  if (!lock) return [];
  const all: Sealed[] = await answered((await transaction('readonly')).objectStore(things).getAll());
  const own = all
    .filter((one) => one.user_id === user_id && one.kind === kind)
    .sort((a, b) => a.order - b.order);
  const opened_ones = await Promise.all(
    own.map(async ({ id, iv, bytes }) => {
      try {
        const plain = await crypto.subtle.decrypt(
          { name: 'AES-GCM', iv: iv as BufferSource, additionalData: bound_to(user_id, kind, id) },
          lock.key,
          bytes,
        );
        return { id, value: JSON.parse(new TextDecoder().decode(plain)) as T };
      } catch {
        return undefined;
      }
    }),
  );
  return opened_ones.filter((one) => one !== undefined);
}

export async function drop(id: string): Promise<void> {
  const writing = await transaction('readwrite');
  writing.objectStore(things).delete(id);
  await written(writing);
}

// The key first: without it the rest is noise.
export async function destroy(user_id: string): Promise<void> {
  const writing = await transaction('readwrite');
  writing.objectStore(locks).delete(user_id);
  const store = writing.objectStore(things);
  for (const one of (await answered(store.getAll())) as Sealed[])
    if (one.user_id === user_id) store.delete(one.id);
  await written(writing);
}

// At the start: keys that nobody has used for a week, and what they kept. Whose key is used is used again.
export async function sweep(user_id: string | undefined): Promise<void> {
  const reading: Lock[] = await answered((await transaction('readonly')).objectStore(locks).getAll());
  for (const lock of reading) {
    if (lock.user_id !== user_id && Date.now() - lock.used_at > longest_unused_ms)
      await destroy(lock.user_id);
  }
}

// Who kept something here and has not signed out: whoever comes back without a network.
export async function last_here(): Promise<string | undefined> {
  const all: Lock[] = await answered((await transaction('readonly')).objectStore(locks).getAll());
  return all.sort((a, b) => b.used_at - a.used_at)[0]?.user_id;
}
