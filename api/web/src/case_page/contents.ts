// What a case holds now, as the server says it: what forms begin with, and what was asked, agreed and kept.
import type { CasePageAnswer } from '~/case_page/case_page';

export type Value = Record<string, unknown>;
type Given = NonNullable<CasePageAnswer['contents']>;
export type Statement = Given['statements'][number];
export type KeptDocument = CasePageAnswer['documents'][number];
export interface Contents {
  opening: Value;
  particulars: Value; // of the registration, beside the opening
  statements: Statement[];
  inquiries: Given['inquiries'];
  measures: Given['measures'];
  links: Given['links'];
  documents: KeptDocument[];
  draft: string; // of the reply
  reminder_drafts: Value[];
}

export const text_in = (of: unknown) => (typeof of === 'string' ? of : '');
export const is_value = (of: unknown): of is Value =>
  typeof of === 'object' && of !== null && !Array.isArray(of);

// "vastine.ReplySent" is ReplySent.
export const type_of = (type: string) => type.slice(type.lastIndexOf('.') + 1);

export function read_value(json: string): Value {
  try {
    const read: unknown = JSON.parse(json || '{}');
    return is_value(read) ? read : {};
  } catch {
    return {};
  }
}

export const nothing_yet: Contents = {
  opening: {},
  particulars: {},
  statements: [],
  inquiries: [],
  measures: [],
  links: [],
  documents: [],
  draft: '',
  reminder_drafts: [],
};

// A page that was read does not change: each is taken apart once.
const known = new WeakMap<CasePageAnswer, Contents>();

export function contents_of(page: CasePageAnswer): Contents {
  let contents = known.get(page);
  if (!contents) {
    contents = taken_apart(page);
    known.set(page, contents);
  }
  return contents;
}

function taken_apart(page: CasePageAnswer): Contents {
  const given = page.contents;
  if (!given) return { ...nothing_yet, documents: page.documents };
  const opened_with = read_value(given.opening_json);
  return {
    // A request's is part of what was received.
    opening: is_value(opened_with.opening) ? opened_with.opening : opened_with,
    particulars: read_value(given.particulars_json),
    statements: given.statements,
    inquiries: given.inquiries,
    measures: given.measures,
    links: given.links,
    documents: page.documents,
    draft: text_in(read_value(given.reply_json).text),
    reminder_drafts: given.reminder_drafts_json.map(read_value),
  };
}

export const matters_of = (contents: Contents): Value[] =>
  Array.isArray(contents.opening.matters) ? contents.opening.matters.filter(is_value) : [];
export const name_of_maker = ({ opening }: Contents): string => {
  const { client, maker, maker_person, client_record } = opening;
  const of_record = is_value(client_record) && is_value(client_record.client) ? client_record.client : {};
  const own = is_value(maker_person) ? text_in(maker_person.name) : '';
  const clients = (is_value(client) ? text_in(client.name) : '') || text_in(of_record.name);
  return maker === 'client' ? clients || own : own || clients;
};
export const open_statements = (contents: Contents) =>
  contents.statements.filter(({ received_on, waived_on }) => !received_on && !waived_on);
