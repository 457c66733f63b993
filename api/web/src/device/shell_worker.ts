// The service worker: without a network, the application itself still opens. It keeps the page that starts it and
// the hashed files it is made of, and nothing else: no answer of the API ever passes through here.

interface Extendable extends Event {
  waitUntil(done: Promise<unknown>): void;
}
interface Fetching extends Extendable {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Worker {
  addEventListener(type: 'install' | 'activate', listener: (event: Extendable) => void): void;
  addEventListener(type: 'fetch', listener: (event: Fetching) => void): void;
  addEventListener(
    type: 'message',
    listener: (event: Extendable & { data: { keep?: string[] } }) => void,
  ): void;
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
  location: Location;
}
const worker = self as unknown as Worker;

const shelf = 'vastine-shell';
const start = '/';
const asset = /^\/assets\/[A-Za-z0-9._-]+$/;
const entry_of = (page: string) => /src="(\/assets\/[^"]+\.js)"/.exec(page)?.[1];

worker.addEventListener('install', (event) => {
  event.waitUntil(
    fetch(start, { headers: { Accept: 'text/html' } })
      .then(keep_page)
      .then(() => worker.skipWaiting()),
  );
});
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));

worker.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== worker.location.origin) return;
  if (event.request.mode === 'navigate' && !/^\/(api|calendar|health|metrics|openapi)/.test(url.pathname))
    event.respondWith(page(event));
  else if (asset.test(url.pathname)) event.respondWith(file(event.request));
});

// The application tells which of its files it has loaded before this was there to see it.
worker.addEventListener('message', (event) => {
  const files = (event.data.keep ?? []).filter((path) => asset.test(path));
  event.waitUntil(Promise.all(files.map((path) => file(new Request(path)).catch(() => undefined))));
});

// The newest from the server; what was kept when there is none.
async function page(event: Fetching): Promise<Response> {
  try {
    const answer = await fetch(event.request);
    if (answer.ok) event.waitUntil(keep_page(answer.clone()));
    return answer;
  } catch (wrong) {
    const before = await (await caches.open(shelf)).match(start);
    if (before) return before;
    throw wrong;
  }
}

async function keep_page(answer: Response) {
  if (!answer.ok || !(answer.headers.get('Content-Type') ?? '').startsWith('text/html')) return;
  const held = await caches.open(shelf);
  const before = await held.match(start);
  const [was, is] = [
    before ? entry_of(await before.text()) : undefined,
    entry_of(await answer.clone().text()),
  ];
  // A new release: the files of the old one are of no use any more.
  if (was !== undefined && was !== is) await Promise.all((await held.keys()).map((one) => held.delete(one)));
  await held.put(start, answer);
}

// A hashed file never changes: once here, it is not asked for again.
async function file(request: Request): Promise<Response> {
  const held = await caches.open(shelf);
  const before = await held.match(request.url);
  if (before) return before;
  const answer = await fetch(request);
  if (answer.ok) await held.put(request.url, answer.clone());
  return answer;
}
