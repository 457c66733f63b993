// What a step's form begins with: today's date, and what the case already says.
import { messages } from '#generated/command_forms';
import { has_role, session_now } from '~/api/session';
import {
  type Contents,
  is_value,
  matters_of,
  name_of_maker,
  open_statements,
  type Value,
} from '~/case_page/contents';
import { today } from '~/reference/reference';

// Dates that lie ahead are nobody's guess.
const ahead = new Set(['due_by', 'until', 'report_back_by', 'ends_on', 'events_on']);

export function empty_of(message: string): Value {
  const value: Value = {};
  for (const row of messages[message] ?? []) {
    if (row.list) value[row.name] = [];
    else if (row.holds === 'message') value[row.name] = empty_of(row.of ?? '');
    else if (row.holds === 'flag') value[row.name] = false;
    else if (row.holds === 'number') value[row.name] = 0;
    else if (row.holds === 'date' && row.required && !ahead.has(row.name)) value[row.name] = today();
    else value[row.name] = '';
  }
  return value;
}

// `known` over the empty form, as deep as it goes.
export function filled_in(message: string, known: Value): Value {
  const value = empty_of(message);
  for (const row of messages[message] ?? []) {
    const said = known[row.name];
    if (said === undefined) continue;
    if (row.holds === 'message' && row.list && Array.isArray(said))
      value[row.name] = said.filter(is_value).map((one) => filled_in(row.of ?? '', one));
    else if (row.holds === 'message' && is_value(said)) value[row.name] = filled_in(row.of ?? '', said);
    else value[row.name] = said;
  }
  return value;
}

export function beginning(command: string, message: string, facts: Contents): Value {
  return filled_in(message, known(command, facts));
}

function known(command: string, facts: Contents): Value {
  const session = session_now();
  const me = session?.user_id ?? '';
  const decides = session ? has_role(session, 'LAWYER', 'UNIT_HEAD') : false;
  const { opening } = facts;
  const recipient = {
    recipient: name_of_maker(facts),
    recipient_role: opening.maker === 'client' ? 'client' : opening.maker ? 'maker' : '',
  };
  const channel = opening.channel === 'letter' || opening.channel === 'email' ? opening.channel : 'letter';
  const waiting = open_statements(facts)[0];
  switch (command) {
    case 'assign':
      return { handler: decides ? me : '' };
    case 'disqualify':
      return { user: decides ? me : '' };
    case 'acknowledge':
    case 'confirm-receipt':
      return { channel };
    case 'check':
      return {
        nature: 'reminder',
        right_addressee: true,
        complete: true,
        ...(is_value(opening.standing) ? { standing: opening.standing } : {}),
      };
    case 'statements': {
      const units = Array.isArray(opening.units) ? (opening.units as string[]) : [];
      return { unit: units.find((unit) => facts.statements.every((one) => one.unit !== unit)) ?? '' };
    }
    case 'receive-statement':
      return { statement_id: waiting?.statement_id ?? '', author: waiting?.asked_of ?? '' };
    case 'chase-statement':
    case 'waive-statement':
      return { statement_id: waiting?.statement_id ?? '' };
    case 'draft':
      return { text: facts.draft };
    case 'sign':
      return {
        outcomes: matters_of(facts).map((_, index) => ({ matter_id: `m${index + 1}` })),
      };
    case 'send':
      return { channel, ...recipient };
    case 'notify':
      return { channel, ...recipient };
    case 'inquiries':
      return { sender: name_of_maker(facts) };
    case 'answer-inquiry':
      return {
        inquiry_id: facts.inquiries.find(({ answered_on }) => !answered_on)?.inquiry_id ?? '',
        recipient_role: recipient.recipient_role,
      };
    case 'complete-measure':
      return { measure_id: facts.measures.find(({ done_on }) => !done_on)?.measure_id ?? '' };
    case 'verify-measure':
      return {
        measure_id:
          facts.measures.find(({ done_on, verified_on }) => done_on && !verified_on)?.measure_id ?? '',
      };
    case 'copy-to-authority':
      return { authority: facts.particulars.transferred_from ?? '' };
    case 'correct':
      return { opening };
    case 'correct-particulars':
      return facts.particulars;
    case 'ruling':
      return { parts: [{}] };
    default:
      return {};
  }
}

// Lists that must hold something: what is begun there is sent, so that the server says what it lacks.
const must_hold = new Set(
  Object.values(messages)
    .flat()
    .filter((row) => row.list && row.required)
    .map((row) => row.name),
);

// What is sent: nothing that was left empty.
export function compact(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(compact).filter((one) => one !== undefined);
  if (is_value(value)) {
    const kept = Object.entries(value)
      .map(
        ([name, one]) =>
          [
            name,
            Array.isArray(one) && must_hold.has(name) ? one.map((item) => compact(item) ?? {}) : compact(one),
          ] as const,
      )
      .filter(([, one]) => one !== undefined && !(Array.isArray(one) && one.length === 0));
    return kept.length > 0 ? Object.fromEntries(kept) : undefined;
  }
  return value === '' || value === false || value === 0 ? undefined : value;
}
