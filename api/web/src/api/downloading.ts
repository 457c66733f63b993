// What the server makes of what is sent to it and gives back as a file.
import { Refusal, refusal_from, Unreachable } from '~/api/refusal';
import { session_now, signed_in_again } from '~/api/session';
import { sent } from '~/api/under_way';
import { language_now } from '~/texts/texts';

// Throws a Refusal or Unreachable. Whoever's session has ended is asked to sign in, and it is asked again.
export async function file_of(path: string, body: unknown): Promise<Blob> {
  for (let tries = 0; ; ++tries) {
    try {
      return await once(path, body);
    } catch (wrong) {
      if (!(wrong instanceof Refusal) || wrong.status !== 401 || tries > 3) throw wrong;
      await signed_in_again();
    }
  }
}

async function once(path: string, body: unknown): Promise<Blob> {
  let response: Response;
  try {
    const headers = {
      'Content-Type': 'application/json',
      'Accept-Language': language_now(),
      'X-CSRF-Token': session_now()?.csrf_token ?? '',
    };
    response = await sent(() => fetch(path, { method: 'POST', headers, body: JSON.stringify(body) }));
  } catch {
    throw new Unreachable();
  }
  if (!response.ok) throw refusal_from(response, await response.json().catch(() => undefined));
  try {
    return await response.blob();
  } catch {
    throw new Unreachable();
  }
}
