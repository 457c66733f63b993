// Who is signed in. The session itself is a cookie that scripts cannot read; here is what the server says of it.
import type { components } from '#generated/api';
import type { Answered } from '~/api/answered';
import { Refusal, refusal_from, Unreachable } from '~/api/refusal';
import { after_the_last } from '~/api/under_way';
import { destroy } from '~/device/sealed_store';
import { observed } from '~/observed';
import { language_now, speak_as_the_account_says } from '~/texts/texts';

export type Session = Answered<components['schemas']['SessionView']>;
export type Role = Exclude<Session['roles'][number], 'NO_ROLE'>;

export type SignedIn =
  | { state: 'unknown' }
  // `fault`: the word that came back from the organisation's provider instead of a session.
  | { state: 'nobody'; why?: 'signed_out' | 'password_changed'; fault?: string }
  // `ended`: the server has ended it; whoever wants to go on signs in again, where they are.
  | { state: 'somebody'; session: Session; ended: boolean };

export const signed_in = observed<SignedIn>({ state: 'unknown' });

// Not who: only that somebody has signed in with this browser and not out.
const been_here = 'vastine.been-here';

const tabs = 'BroadcastChannel' in window ? new BroadcastChannel('vastine.session') : undefined;
tabs?.addEventListener('message', ({ data }) => {
  if (data !== 'signed out') return void look_again();
  localStorage.removeItem(been_here);
  location.assign('/');
});

export const session_now = (): Session | undefined => {
  const now = signed_in.get();
  return now.state === 'somebody' ? now.session : undefined;
};

async function ask(method: string, path: string, body?: unknown, csrf_token?: string): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers: {
        'Accept-Language': language_now(),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(csrf_token === undefined ? {} : { 'X-CSRF-Token': csrf_token }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new Unreachable();
  }
  if (!response.ok) throw refusal_from(response, await response.json().catch(() => undefined));
  return response;
}

async function is_somebody(session: Session) {
  localStorage.setItem(been_here, 'yes');
  signed_in.set({ state: 'somebody', session, ended: false });
  await speak_as_the_account_says(session.language);
  for (const go_on of waiting.splice(0)) go_on();
}

// Signing in at the organisation's provider leaves this page; in another tab, when something is being done here.
const by_provider = 'vastine.by-provider';
const start_there = '/api/v1/openid/start';
export function go_to_provider(where: 'here' | 'another_tab') {
  localStorage.setItem(been_here, 'yes');
  sessionStorage.setItem(by_provider, 'yes');
  if (where === 'here') return location.assign(start_there);
  // The new tab has taken its own copy of what is noted of this one.
  window.open(start_there);
  sessionStorage.removeItem(by_provider);
}

function fault_in_address(): string | undefined {
  const fault = new URLSearchParams(location.search).get('sign_in');
  if (fault === null || location.pathname !== '/') return undefined;
  history.replaceState(null, '', '/');
  localStorage.removeItem(been_here);
  sessionStorage.removeItem(by_provider);
  return fault;
}

// Without the server's word, and so without a right to anything but this device's own memory.
export async function go_on_as(session: Session) {
  if (signed_in.get().state === 'unknown') await is_somebody(session);
}

// At the start, and when another tab has changed something. Whoever was here and is no longer may sign in again.
export async function look_again() {
  const before = session_now();
  const fault = fault_in_address();
  if (fault !== undefined && !before) return signed_in.set({ state: 'nobody', fault });
  // Whoever has not signed in with this browser need not be asked for.
  if (localStorage.getItem(been_here) === null)
    return before ? location.assign('/') : signed_in.set({ state: 'nobody' });
  try {
    const session: Session = await (await ask('GET', '/api/v1/session')).json();
    if (before && before.user_id !== session.user_id) return location.assign('/');
    await is_somebody(session);
    if (sessionStorage.getItem(by_provider) === null) return;
    sessionStorage.removeItem(by_provider);
    tabs?.postMessage('signed in');
  } catch (wrong) {
    if (!(wrong instanceof Refusal) || wrong.status !== 401) throw wrong;
    if (before) return end_session();
    localStorage.removeItem(been_here);
    signed_in.set({ state: 'nobody' });
  }
}

// `code`: of the second factor; empty: not asked for yet.
export async function sign_in(login: string, password: string, code: string) {
  const before = session_now();
  const session: Session = await (await ask('POST', '/api/v1/session', { login, password, code })).json();
  // What is on the screen is somebody else's.
  if (before && before.user_id !== session.user_id) return location.assign('/');
  await is_somebody(session);
  tabs?.postMessage('signed in');
}

// Whether whoever is about to sign out would lose something, and goes all the same. One may ask.
export const asks_before_leaving: { ask: (() => Promise<boolean>) | undefined } = { ask: undefined };

export async function sign_out() {
  if (asks_before_leaving.ask && !(await asks_before_leaving.ask())) return;
  const session = session_now();
  await after_the_last(async () => {
    try {
      await ask('DELETE', '/api/v1/session', undefined, session?.csrf_token);
    } catch (wrong) {
      if (!(wrong instanceof Refusal)) throw wrong;
    }
  });
  // What they keep on this device can be read by nobody from here on.
  if (session) await destroy(session.user_id).catch(() => undefined);
  localStorage.removeItem(been_here);
  tabs?.postMessage('signed out');
  // Nothing of it stays in this page's memory. Whoever came from the provider is signed out there too.
  location.assign(session?.sign_out_address || '/');
}

// Changing the password has ended every session of this person.
export function password_changed() {
  localStorage.removeItem(been_here);
  signed_in.set({ state: 'nobody', why: 'password_changed' });
}

const waiting: (() => void)[] = [];

export function end_session() {
  const now = signed_in.get();
  if (now.state === 'somebody') signed_in.set({ ...now, ended: true });
}

// Resolves when the person has signed in again; what they were doing goes on then.
export function signed_in_again(): Promise<void> {
  end_session();
  return new Promise((go_on) => waiting.push(go_on));
}

export const roles_of = (session: { roles: Session['roles'] }) =>
  session.roles.filter((role): role is Role => role !== 'NO_ROLE');
export const has_role = (session: Session, ...roles: Role[]) =>
  roles_of(session).some((role) => roles.includes(role));
