// A file on its way to the server: sent as it is, with progress, which fetch does not tell.
import type { components } from '#generated/api';
import type { Answered } from '~/api/answered';
import { Refusal, refusal_from, Unreachable } from '~/api/refusal';
import { session_now, signed_in_again } from '~/api/session';
import { language_now } from '~/texts/texts';

export type Stored = Answered<components['schemas']['StoredAttachment']>;

export interface Uploading {
  file: File;
  progress: (share: number) => void; // from 0 to 1
  signal: AbortSignal;
}

// Whoever's session has ended is asked to sign in, and the file is sent then. Throws a Refusal or Unreachable;
// the signal's reason when it was stopped.
export async function upload(path: string, uploading: Uploading): Promise<Stored> {
  for (let tries = 0; ; ++tries) {
    try {
      return await once(path, uploading);
    } catch (wrong) {
      if (!(wrong instanceof Refusal) || wrong.status !== 401 || tries > 3) throw wrong;
      await signed_in_again();
    }
  }
}

function once(path: string, { file, progress, signal }: Uploading): Promise<Stored> {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    request.open('POST', path);
    request.setRequestHeader('Accept-Language', language_now());
    request.setRequestHeader('X-CSRF-Token', session_now()?.csrf_token ?? '');
    request.setRequestHeader('X-File-Name', `UTF-8''${encodeURIComponent(file.name)}`);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0);
    request.onabort = () => failed(signal.reason);
    request.onerror = () => failed(new Unreachable());
    request.onload = () => {
      signal.removeEventListener('abort', stop);
      if (request.status >= 200 && request.status < 300) {
        done(JSON.parse(request.responseText) as Stored);
        return;
      }
      const headers = new Headers();
      const again = request.getResponseHeader('Retry-After');
      if (again) headers.set('Retry-After', again);
      failed(refusal_from(new Response(null, { status: request.status, headers }), read(request)));
    };
    signal.addEventListener('abort', stop);
    request.send(file);
  });
}

function read(request: XMLHttpRequest): unknown {
  try {
    return JSON.parse(request.responseText);
  } catch {
    return undefined;
  }
}
