// The way back from what was recorded, where the law and the schema give one: a later event that sets it right.
// Both stay. Nothing is undone that others have built upon.
import { command_messages, messages } from '#generated/command_forms';
import type { CasePageAnswer } from '~/case_page/case_page';
import { contents_of, is_value, read_value, text_in, type_of, type Value } from '~/case_page/contents';
import { kind_paths } from '~/reference/kinds';
import { today } from '~/reference/reference';

type Entry = CasePageAnswer['timeline'][number];
export interface Undo {
  command: string;
  body: Value;
  reason?: 'reason' | 'note'; // which of its fields says why, where one does
}

interface Event {
  type: string;
  event: Value;
  given: Value;
}

const known = new WeakMap<Entry, Event>();
function read(entry: Entry): Event {
  const before = known.get(entry);
  if (before) return before;
  const event = read_value(entry.event_json);
  const now = { type: type_of(entry.type), event, given: is_value(event.given) ? event.given : {} };
  known.set(entry, now);
  return now;
}

const handler_in = ({ type, event, given }: Event) =>
  type === 'Assigned'
    ? text_in(given.handler)
    : type === 'HandOverAccepted'
      ? text_in(event.handler)
      : type === 'Disqualified'
        ? text_in(given.superior)
        : '';
const opening_in = ({ given }: Event) => (is_value(given.opening) ? given.opening : undefined);
const contact_in = ({ type, given }: Event) =>
  type === 'ContactLogged'
    ? given
    : type === 'ContactCorrected' && is_value(given.contact)
      ? given.contact
      : undefined;
const corrected = ['ReminderCorrected', 'ComplaintCorrected', 'RequestCorrected'];
const registered = ['ReminderRegistered', 'ComplaintRegistered', 'RequestReceived'];

// What would undo that entry of the page's timeline, as the case stands now.
export function undo_of(page: CasePageAnswer, entry: Entry): Undo | undefined {
  const found = way_back(page, entry);
  return found && page.possible.includes(found.command) ? found : undefined;
}

function way_back(page: CasePageAnswer, entry: Entry): Undo | undefined {
  const at = page.timeline.findIndex((one) => one.version === entry.version);
  if (at < 0 || page.key_gone) return undefined;
  const before = page.timeline.slice(0, at).map(read).reverse(); // the newest first
  const after = page.timeline.slice(at + 1).map(read);
  const this_one = read(entry);
  const { type, event, given } = this_one;
  const last = (...types: string[]) => !after.some((one) => types.includes(one.type));
  const contents = contents_of(page);
  switch (type) {
    case 'Assigned': {
      const handler = before.map(handler_in).find(Boolean);
      if (!handler || handler === handler_in(this_one)) return undefined;
      if (!last('Assigned', 'HandOverAccepted', 'Disqualified')) return undefined;
      return { command: 'assign', body: { handler } };
    }
    case 'HandOverOffered':
      if (!page.hand_over_to || !last('HandOverOffered')) return undefined;
      return { command: 'decline-hand-over', body: {}, reason: 'reason' };
    case 'ReplyDrafted': {
      const text = text_in(before.find((one) => one.type === 'ReplyDrafted')?.given.text);
      if (!text || !last('ReplyDrafted', 'ReplySigned', 'ReplyReviewed')) return undefined;
      return { command: 'draft', body: { text } };
    }
    // A draft that is drafted again is neither approved nor signed.
    case 'ReplyReviewed':
    case 'ReplySigned':
      if (!contents.draft || !last('ReplyDrafted', 'ReplySigned', 'ReplyReviewed')) return undefined;
      return { command: 'draft', body: { text: contents.draft } };
    case 'OpeningCorrected': {
      const opening = before.map(opening_in).find(Boolean);
      if (!opening || !last('OpeningCorrected', 'ImportCorrected')) return undefined;
      // The date on an authority's letter is corrected with it.
      const due_by = given.due_by && before.map((one) => text_in(one.given.due_by)).find(Boolean);
      return { command: 'correct', body: { opening, ...(due_by ? { due_by } : {}) }, reason: 'reason' };
    }
    case 'ReminderCorrected':
    case 'ComplaintCorrected':
    case 'RequestCorrected': {
      if (!last(...corrected, 'ComplaintMoved')) return undefined;
      const earlier = before.find((one) =>
        [...corrected, ...registered, 'ComplaintMoved'].includes(one.type),
      );
      if (!earlier || earlier.type === 'ComplaintMoved') return undefined;
      const message = command_messages[kind_paths[page.row?.kind ?? ''] ?? '']?.['correct-particulars'] ?? '';
      const body: Value = {};
      for (const { name } of messages[message] ?? [])
        if (name !== 'reason' && earlier.given[name] !== undefined) body[name] = earlier.given[name];
      return {
        command: 'correct-particulars',
        body: { ...body, after_moves: given.after_moves },
        reason: 'reason',
      };
    }
    case 'DocumentEntered': {
      const document_id = text_in(event.document_id);
      if (!contents.documents.some((one) => one.document_id === document_id)) return undefined;
      return { command: 'retract-document', body: { document_id }, reason: 'reason' };
    }
    case 'StatementRequested': {
      const statement_id = text_in(event.statement_id);
      const asked = contents.statements.find((one) => one.statement_id === statement_id);
      if (!asked || asked.received_on || asked.waived_on) return undefined;
      return { command: 'waive-statement', body: { statement_id, waived_on: today() }, reason: 'reason' };
    }
    case 'ContactCorrected': {
      // What was added in between stands in neither: then one corrects by hand.
      const earlier = before.find((one) =>
        ['ContactLogged', 'ContactCorrected', 'MatterAdded', 'ClientMatterRecorded'].includes(one.type),
      );
      const contact = earlier && contact_in(earlier);
      if (!contact || !last('ContactCorrected', 'MatterAdded', 'ClientMatterRecorded')) return undefined;
      return { command: 'correct', body: { contact }, reason: 'reason' };
    }
    case 'MatterAdded': {
      if (!last('ContactCorrected', 'MatterAdded')) return undefined;
      const all = Array.isArray(contents.opening.matters) ? contents.opening.matters : [];
      return {
        command: 'correct',
        body: { contact: { ...contents.opening, matters: all.slice(0, -1) } },
        reason: 'reason',
      };
    }
    case 'HandlingEnded':
      // General advice ends by itself when it is saved.
      if (!contents.opening.client_record || !last('HandlingResumed')) return undefined;
      return { command: 'resume', body: { resumed_on: today() }, reason: 'reason' };
    case 'ReminderLinked': {
      const link_id = text_in(event.link_id);
      if (contents.links.find((one) => one.link_id === link_id)?.ended_on !== '') return undefined;
      return { command: 'unlink-reminder', body: { link_id, ended_on: today() }, reason: 'note' };
    }
    case 'ReminderDrafted': {
      const draft_id = text_in(event.draft_id);
      const same = (one: Event) => one.type === 'ReminderDrafted' && text_in(one.event.draft_id) === draft_id;
      const earlier = before.find(same);
      if (!earlier || after.some(same)) return undefined;
      return { command: 'reminder-draft', body: { ...earlier.given, draft_id } };
    }
    default:
      return undefined;
  }
}
