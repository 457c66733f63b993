// Giving many cases to one colleague, some at a time: each on the version that was previewed. What gets no
// answer is asked again under the same key, so that nothing is done twice.
import { useRef, useState } from 'react';
import { type AnswerOf, call } from '~/api/client';
import { touched } from '~/api/live_updates';
import { Refusal, Unreachable } from '~/api/refusal';
import type { Row } from '~/work_list/case_rows';

type Answer = AnswerOf<'/api/v1/assignments', 'post'>;
type Part = Answer['cases'][number];

// One case on its way. What the server says of it replaces what was known.
export interface Assigned {
  row: Row;
  version: string;
  before: string; // whose it was
  refusal: string; // why it does not go, or did not
  moved?: boolean;
  undone?: boolean;
}
export type Step = 'choosing' | 'looking' | 'looked' | 'sending' | 'sent' | 'undoing';

const at_once = 100;
const pauses_ms = [400, 1600, 4000];
const may_pass = (wrong: unknown) =>
  wrong instanceof Unreachable || (wrong instanceof Refusal && wrong.passing);

// Tries a few times before it gives up.
async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; ++tries) {
    try {
      return await ask();
    } catch (wrong) {
      const pause = pauses_ms[tries];
      if (!may_pass(wrong) || pause === undefined) throw wrong;
      await new Promise((done) => setTimeout(done, pause));
    }
  }
}

const pieces = <T>(all: T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / at_once) }, (_, index) =>
    all.slice(index * at_once, (index + 1) * at_once),
  );

export function useAssigning(rows: Row[]) {
  const [step, set_step] = useState<Step>('choosing');
  const [cases, set_cases] = useState<Assigned[]>([]);
  const [done, set_done] = useState(0);
  const [wrong, set_wrong] = useState<Refusal | Unreachable>();
  const stopped = useRef(false);
  // By what is asked: a piece that may have arrived goes in again under the key it had.
  const keys = useRef(new Map<string, string>());

  function key_of(asked: object): string {
    const text = JSON.stringify(asked);
    const key = keys.current.get(text) ?? crypto.randomUUID();
    keys.current.set(text, key);
    return key;
  }
  const begin = (next: Step) => {
    stopped.current = false;
    set_wrong(undefined);
    set_done(0);
    set_step(next);
  };
  const ended = (error: unknown) => {
    if (!(error instanceof Refusal) && !(error instanceof Unreachable)) throw error;
    set_wrong(error);
  };
  const named = (one: { row: Row; version?: string }) => ({
    kind: one.row.kind,
    case_id: one.row.case_id,
    ...(one.version === undefined ? {} : { version: one.version }),
  });

  async function look(handler: string, note: string) {
    begin('looking');
    const found: Assigned[] = [];
    try {
      for (const piece of pieces(rows)) {
        const body = { handler, note, cases: piece.map((row) => named({ row })) };
        const answer = await patiently(() => call('post', '/api/v1/assignments/preview', {}, { body }));
        if (stopped.current) return set_step('choosing');
        const by_id = new Map(answer.cases.map((one) => [one.case_id, one]));
        for (const row of piece) {
          const one = by_id.get(row.case_id);
          found.push({
            row,
            version: one?.version ?? '',
            before: one?.from || row.handler,
            refusal: in_words(one?.refusal ?? ''),
          });
        }
        set_done(found.length);
      }
      set_cases(found);
      set_step('looked');
    } catch (error) {
      set_step('choosing');
      ended(error);
    }
  }

  // Gives the cases to the handler, and tells what became of each.
  async function give(
    handler: string,
    note: string,
    which: Assigned[],
    became: (one: Assigned, said: Part) => Assigned,
  ) {
    for (const piece of pieces(which)) {
      if (stopped.current) return;
      const body = { handler, note, cases: piece.map(named) };
      const key = key_of(body);
      const answer = await patiently(() => call('post', '/api/v1/assignments', {}, { body, key }));
      const by_id = new Map(answer.cases.map((one) => [one.case_id, one]));
      set_cases((before) =>
        before.map((one) => {
          const said = by_id.get(one.row.case_id);
          return said ? became(one, said) : one;
        }),
      );
      set_done((before) => before + piece.length);
    }
  }

  async function send(handler: string, note: string) {
    begin('sending');
    const which = cases.filter((one) => goes(one, handler) && one.moved === undefined);
    try {
      await give(handler, note, which, (one, said) => ({
        ...one,
        moved: said.refusal === '',
        refusal: in_words(said.refusal),
        version: said.version,
      }));
    } catch (error) {
      ended(error);
    }
    touched(`/api/v1/reminders`, undefined);
    set_step('sent');
  }

  async function undo() {
    begin('undoing');
    const back = cases.filter(undoable);
    try {
      for (const handler of new Set(back.map((one) => one.before)))
        await give(
          handler,
          '',
          back.filter((one) => one.before === handler),
          (one, said) => ({
            ...one,
            undone: said.refusal === '',
            refusal: in_words(said.refusal),
            version: said.version,
          }),
        );
    } catch (error) {
      ended(error);
    }
    touched(`/api/v1/reminders`, undefined);
    set_step('sent');
  }

  return {
    step,
    cases,
    done,
    wrong,
    look,
    send,
    undo,
    stop: () => {
      stopped.current = true;
    },
    choose_again: () => {
      set_cases([]);
      set_step('choosing');
    },
  };
}

// A message begins with its field's path, for whoever reads it alone.
const in_words = (refusal: string) => refusal.replace(/^handler: /, '');

export const goes = (one: Assigned, handler: string) => one.refusal === '' && one.before !== handler;
export const undoable = (one: Assigned) =>
  one.moved === true && one.undone === undefined && one.before !== '';
