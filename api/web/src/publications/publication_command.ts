// A command to a publication. Others write in it at the same time, each in their own place: what only adds to
// it is sent again by itself upon what they saved; what changes something that stands there asks first.
import { useEffect, useRef } from 'react';
import { type Commanding, useCommand } from '~/api/commanding';

type Texts = '/api/v1/publications/{id}/texts';
export interface Taken {
  version: string;
}

const only_add = new Set([
  'texts', // names the version that it was written upon
  'examples',
  'proposals',
  'statements',
  'noting',
  'sendings',
  'announcements',
  'follow-up-proposal',
]);
const times_at_most = 5;

export function usePublicationCommand(
  id: string,
  command: string,
  version: string,
  taken: (answer: Taken) => void,
): Commanding<unknown, unknown> {
  const path = `/api/v1/publications/{id}/${command}` as Texts;
  const save = useCommand(
    path,
    { path: { id }, version },
    { taken: (answer) => taken(answer as unknown as Taken) },
  );
  const sent = useRef<{ body: unknown; upon: string; times: number }>(undefined);
  const again =
    save.stale && only_add.has(command) && sent.current !== undefined && sent.current.times < times_at_most;
  const send = async (body: unknown) => {
    sent.current = { body, upon: version, times: (sent.current?.times ?? 0) + 1 };
    const answer = await save.send(body as never);
    return answer;
  };
  useEffect(() => {
    if (again && sent.current && sent.current.upon !== version) void send(sent.current.body);
  });
  return {
    ...save,
    send: (body) => {
      sent.current = undefined;
      return send(body);
    },
    stale: save.stale && !again,
    sending: save.sending || again,
    refusal: save.stale && again ? undefined : save.refusal,
  };
}
