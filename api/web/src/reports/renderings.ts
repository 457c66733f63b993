// Reports that the server is making for this person: begun, watched, given up, fetched. They outlive the page
// that began them, and are forgotten with the session.
import type { CommandBody } from '~/api/client';
import { type AnswerOf, call } from '~/api/client';
import { Refusal, Unreachable } from '~/api/refusal';
import { session_now, signed_in } from '~/api/session';
import { observed } from '~/observed';

export type Order = NonNullable<CommandBody<'/api/v1/renderings'>>;
type View = AnswerOf<'/api/v1/renderings/{id}', 'get'>;

export interface Rendering {
  key: string;
  order: Order;
  title: string; // what it is, in words, as it was asked for
  view?: View;
  wrong?: Refusal | Unreachable;
}

export const renderings = observed<Rendering[]>([]);

let whose: string | undefined;
signed_in.subscribe(() => {
  const now = session_now()?.user_id;
  if (now === whose) return;
  whose = now;
  for (const { key } of renderings.get()) stop_watching(key);
  renderings.set([]);
});

const watched = new Map<string, () => void>();
function stop_watching(key: string) {
  watched.get(key)?.();
  watched.delete(key);
}

const change = (key: string, changed: Partial<Rendering>) =>
  renderings.set(renderings.get().map((one) => (one.key === key ? { ...one, ...changed } : one)));

export const is_over = ({ view, wrong }: Rendering) =>
  wrong !== undefined || view?.state === 'done' || view?.state === 'failed';

// A key to find it by. `done`: called once, when the file is there.
export function begin(order: Order, title: string, done?: (view: View) => void): string {
  const key = crypto.randomUUID();
  renderings.set([{ key, order, title }, ...renderings.get()]);
  void make(key, order, done);
  return key;
}

async function make(key: string, order: Order, done: ((view: View) => void) | undefined) {
  try {
    const begun = (await call('post', '/api/v1/renderings', {}, { body: order })) as unknown as View;
    if (!renderings.get().some((one) => one.key === key)) return await throw_away(begun.rendering_id);
    change(key, { view: begun });
    const view = await watch(key, begun);
    if (view?.state === 'done') done?.(view);
  } catch (wrong) {
    if (!(wrong instanceof Refusal) && !(wrong instanceof Unreachable)) throw wrong;
    change(key, { wrong });
  }
}

const between_looks_ms = 1000;

// By the server's own events; by asking, where something between does not let them through. The words of a
// failure are asked for, since a stream of events cannot say in which language it wants them.
async function watch(key: string, begun: View): Promise<View | undefined> {
  const id = begun.rendering_id;
  await new Promise<void>((over) => {
    const events = new EventSource(`/api/v1/renderings/${id}/progress`);
    const end = () => {
      events.close();
      over();
    };
    watched.set(key, end);
    events.addEventListener('progress', ({ data }) => {
      const { state, percent } = JSON.parse(data as string) as View;
      if (state === 'done' || state === 'failed') return end();
      change(key, { view: { ...begun, state, percent: Number(percent) } });
    });
    events.addEventListener('error', end);
  });
  while (renderings.get().some((one) => one.key === key)) {
    const view = await call('get', '/api/v1/renderings/{id}', { path: { id } });
    change(key, { view });
    if (view.state === 'done' || view.state === 'failed') return view;
    await new Promise((done) => setTimeout(done, between_looks_ms));
  }
  return undefined;
}

const throw_away = (id: string) =>
  call('delete', '/api/v1/renderings/{id}', { path: { id } }).catch(() => undefined);

// Gone from the list at once; the server stops as soon as it can.
export async function give_up(key: string) {
  const found = renderings.get().find((one) => one.key === key);
  renderings.set(renderings.get().filter((one) => one.key !== key));
  stop_watching(key);
  if (found?.view && found.view.state !== 'failed') await throw_away(found.view.rendering_id);
}
