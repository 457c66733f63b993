// The one way to the server. Typed by its own OpenAPI document; whoever's session has ended is asked to
// sign in again, and the request goes on as if nothing had been.
import createClient from 'openapi-fetch';
import type { paths } from '#generated/api';
import type { Answered } from '~/api/answered';
import { Refusal, refusal_from, Unreachable } from '~/api/refusal';
import { look_again, session_now, signed_in_again } from '~/api/session';
import { sent } from '~/api/under_way';
import { observed } from '~/observed';
import { language_now } from '~/texts/texts';

export type Method = 'get' | 'post' | 'put' | 'delete';
type Operation<Path extends keyof paths, M extends Method> = paths[Path][M];
export type PathOf<M extends Method> = {
  [Path in keyof paths]: paths[Path][M] extends { responses: unknown } ? Path : never;
}[keyof paths];

type PathValues<O> = O extends { parameters: { path: infer Values } } ? Values : undefined;
type QueryValues<O> = O extends { parameters: { query?: infer Values } } ? NonNullable<Values> : undefined;
export type BodyOf<O> = O extends { requestBody: { content: { 'application/json': infer Body } } }
  ? Body
  : undefined;
type Success<O> = O extends { responses: infer Responses }
  ? { [Status in keyof Responses & (200 | 201)]: Responses[Status] }[keyof Responses & (200 | 201)]
  : never;
type Json<R> = R extends { content: { 'application/json': infer Body } } ? Body : undefined;
export type AnswerOf<Path extends PathOf<M>, M extends Method> = Answered<Json<Success<Operation<Path, M>>>>;
export type CommandBody<Path extends PathOf<'post'>> = BodyOf<Operation<Path, 'post'>>;

export type Values<Path extends PathOf<M>, M extends Method> = (PathValues<
  Operation<Path, M>
> extends undefined
  ? { path?: undefined }
  : { path: PathValues<Operation<Path, M>> }) &
  (QueryValues<Operation<Path, M>> extends undefined
    ? { query?: undefined }
    : { query?: QueryValues<Operation<Path, M>> });

export interface Extra {
  body?: unknown;
  version?: string | undefined; // of what is changed; becomes If-Match
  key?: string | undefined; // becomes Idempotency-Key
  purpose?: string | undefined; // for the access log
  signal?: AbortSignal;
}

// Whether the server answered when it was asked last.
export const reached = observed(true);

const client = createClient<paths>({
  baseUrl: location.origin,
  querySerializer: { array: { style: 'form', explode: false } },
  fetch: (request) => sent(() => fetch(request)),
});

type Sender = (path: string, given: object) => Promise<{ error?: unknown; response: Response }>;
const senders = {
  get: client.GET as unknown as Sender,
  post: client.POST as unknown as Sender,
  put: client.PUT as unknown as Sender,
  delete: client.DELETE as unknown as Sender,
};

function headers(extra: Extra, method: Method) {
  const session = session_now();
  return {
    'Accept-Language': language_now(),
    ...(method !== 'get' && session ? { 'X-CSRF-Token': session.csrf_token } : {}),
    ...(extra.version === undefined ? {} : { 'If-Match': `"${extra.version}"` }),
    ...(extra.key === undefined ? {} : { 'Idempotency-Key': extra.key }),
    ...(extra.purpose ? { 'X-Purpose': `UTF-8''${encodeURIComponent(extra.purpose)}` } : {}),
  };
}

async function once(method: Method, path: string, values: object, extra: Extra): Promise<unknown> {
  const { path: in_path, query } = values as { path?: object; query?: object };
  let response: Response;
  let error: unknown;
  try {
    ({ response, error } = await senders[method](path, {
      params: { path: in_path, query },
      headers: headers(extra, method),
      body: extra.body,
      signal: extra.signal,
      parseAs: 'stream',
    }));
  } catch (wrong) {
    if (extra.signal?.aborted) throw wrong;
    reached.set(false);
    throw new Unreachable();
  }
  // What a proxy says for a server that is away is no answer of its.
  reached.set(response.status < 502 || response.status > 504);
  if (!response.ok) throw refusal_from(response, error);
  if (response.status === 204) return undefined;
  try {
    return await response.json();
  } catch (wrong) {
    if (extra.signal?.aborted) throw wrong;
    reached.set(false);
    throw new Unreachable();
  }
}

export async function call<M extends Method, Path extends PathOf<M>>(
  method: M,
  path: Path,
  values: Values<Path, M>,
  extra: Extra = {},
): Promise<AnswerOf<Path, M>> {
  for (let tries = 0; ; ++tries) {
    try {
      return (await once(method, path, values, extra)) as AnswerOf<Path, M>;
    } catch (wrong) {
      if (!(wrong instanceof Refusal) || tries > 3) throw wrong;
      if (wrong.status === 401 && session_now()) await signed_in_again();
      // Another tab has signed in anew since.
      else if (wrong.kind === 'wrong-csrf-token' && tries === 0) await look_again();
      else throw wrong;
    }
  }
}
