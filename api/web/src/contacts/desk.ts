// What lies open on an ombudsman's desk: at most one contact at a time, over whatever page.
import type { Refusal } from '~/api/refusal';
import type { ContactDraft, Earlier } from '~/contacts/contact_draft';
import { observed } from '~/observed';

export type OnDesk =
  | { what: 'new'; n: number; follows?: Earlier; draft?: ContactDraft; refusal?: Refusal }
  | { what: 'correct'; n: number; case_id: string; version: string; draft: ContactDraft }
  | { what: 'waiting'; n: number };

export const desk = observed<OnDesk | undefined>(undefined);

type Laid = OnDesk extends infer One ? (One extends { n: number } ? Omit<One, 'n'> : never) : never;
let n = 0;
// A new one each time: what was there before has its draft.
export const lay_out = (one: Laid) => desk.set({ ...one, n: ++n } as OnDesk);
export const clear_desk = () => desk.set(undefined);
