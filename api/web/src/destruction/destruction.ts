// What the pages about destruction share: what the server answers, and how what becomes of an item is called.
import type { AnswerOf } from '~/api/client';
import type { PlainTextId } from '~/texts/texts';

export type ListAnswer = AnswerOf<'/api/v1/destructions/{id}', 'get'>;
export type ListRow = AnswerOf<'/api/v1/destructions', 'get'>['lists'][number];
export type ListedItem = ListAnswer['items'][number];

export const path_of_list = (id: string) => `/destructions/${id}`;

// In the order in which they are shown: what is to go first, what was destroyed last.
export const fates: [string[], PlainTextId, PlainTextId][] = [
  [['waiting', 'cleared'], 'web.destruction.fate.waiting', 'web.destruction.fate.waiting_text'],
  [['held-back'], 'web.destruction.fate.held_back', 'web.destruction.fate.held_back_text'],
  [['withheld'], 'web.destruction.fate.withheld', 'web.destruction.fate.withheld_text'],
  [['to-archive'], 'web.destruction.fate.to_archive', 'web.destruction.fate.to_archive_text'],
  [['destroyed'], 'web.destruction.fate.destroyed', 'web.destruction.fate.destroyed_text'],
];

// While the service works on it, it is read again by itself.
const working = ['listing', 'approved', 'executing'];
export const is_worked_on = (stage: string) => working.includes(stage.split('.').at(-1) ?? '');
