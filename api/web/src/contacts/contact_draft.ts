// A contact while it is written: what the form holds, and the way from and to what the server takes.
import { last_codes } from '~/contacts/last_codes';
import type { LogContact } from '~/contacts/waiting_contacts';
import { today } from '~/reference/reference';

type Given<T> = NonNullable<T>;
type Matter = Given<LogContact['matters']>[number];
export type ClientRecord = Given<LogContact['client_record']>;

export interface MatterDraft {
  id: string; // for the screen
  service_task: string;
  causes: string[];
  measures: string[];
  sectors: string[];
  sectors_chosen: boolean; // by hand: what the codes say no longer changes them
  unit: string;
  provider: string;
  note: string;
}
export interface EarlierMatter {
  matter_id: string;
  sectors: string[];
  label: string;
}
export interface Earlier {
  contact_id: string;
  name: string;
  matters: EarlierMatter[];
}
export interface ContactDraft {
  contacted_on: string;
  channel: string;
  who: string;
  nature: string;
  language: string;
  municipality: string;
  ownership: string;
  minutes: string; // as typed; empty: what the timer says
  seconds: number; // the timer's
  matters: MatterDraft[];
  note: string;
  call_back_on: string;
  follows: { earlier: Earlier; matter_ids: string[] } | undefined;
  record: ClientRecord | undefined;
  kept: Pick<LogContact, 'diary_number' | 'external_id'>; // of a contact that is corrected
}

export const new_matter = (): MatterDraft => ({
  id: crypto.randomUUID(),
  service_task: '',
  causes: [],
  measures: ['advice'],
  sectors: [],
  sectors_chosen: false,
  unit: '',
  provider: '',
  note: '',
});

// As the last contact began: by the same way, from the same kind of person.
export const new_contact = (follows?: Earlier): ContactDraft => ({
  contacted_on: today(),
  channel: last_codes('channel')[0] ?? '',
  who: last_codes('maker')[0] ?? '',
  nature: '',
  language: '',
  municipality: '',
  ownership: '',
  minutes: '',
  seconds: 0,
  matters: follows ? [] : [new_matter()],
  note: '',
  call_back_on: '',
  follows: follows && {
    earlier: follows,
    matter_ids: follows.matters.map((one) => one.matter_id),
  },
  record: undefined,
  kept: {},
});

export const minutes_of = (draft: ContactDraft) =>
  draft.minutes.trim() === '' ? Math.max(1, Math.ceil(draft.seconds / 60)) : Number(draft.minutes);

// Whether anything stands in it that would be missed.
export const worth_keeping = (draft: ContactDraft) =>
  Boolean(
    draft.note ||
      draft.record ||
      draft.municipality ||
      draft.call_back_on ||
      draft.matters.some((one) => one.service_task || one.causes.length > 0 || one.note || one.unit),
  );

const only_given = <T extends object>(of: T): T =>
  Object.fromEntries(
    Object.entries(of).filter(
      ([, value]) => value !== '' && value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  ) as T;

export const matter_of = ({
  service_task,
  causes,
  measures,
  sectors,
  unit,
  provider,
  note,
}: MatterDraft): Matter =>
  ({ ...only_given({ service_task, causes, measures, unit, provider, note }), sectors, causes }) as Matter;

// `identifiers_intended`: said by the person, asked by the server.
export function command_of(draft: ContactDraft, identifiers_intended: boolean): LogContact {
  const { channel, who, nature, language, municipality, ownership, note, call_back_on, follows } = draft;
  const follows_up = follows?.earlier.matters
    .filter((one) => follows.matter_ids.includes(one.matter_id))
    .map(({ matter_id, sectors }) => ({ contact_id: follows.earlier.contact_id, matter_id, sectors }));
  return {
    ...only_given({
      nature,
      language,
      municipality,
      ownership,
      note: note.trim(),
      call_back_on,
      follows_up,
      client_record: draft.record && trimmed(draft.record),
      ...draft.kept,
    }),
    contacted_on: draft.contacted_on,
    channel,
    who,
    minutes: minutes_of(draft),
    matters: draft.matters.map(matter_of),
    ...(identifiers_intended ? { identifiers_intended } : {}),
  } as LogContact;
}

// Empty persons and texts are left out: the law's list is about what is there.
export function trimmed(record: ClientRecord): ClientRecord {
  const { representative, standing } = record;
  const stands = standing && only_given(standing);
  const acts = representative && only_given(representative);
  return {
    ...only_given({ ...record, representative: undefined, standing: undefined }),
    client: only_given(record.client ?? {}),
    ...(acts && Object.keys(acts).length > 0 ? { representative: acts } : {}),
    ...(stands && Object.keys(stands).length > 0 ? { standing: stands } : {}),
  };
}

export function draft_of(contact: LogContact): ContactDraft {
  const followed = contact.follows_up ?? [];
  return {
    contacted_on: contact.contacted_on,
    channel: contact.channel,
    who: contact.who,
    nature: contact.nature ?? '',
    language: contact.language ?? '',
    municipality: contact.municipality ?? '',
    ownership: contact.ownership ?? '',
    minutes: String(contact.minutes ?? ''),
    seconds: 0,
    matters: (contact.matters ?? []).map((one) => ({
      id: crypto.randomUUID(),
      service_task: one.service_task ?? '',
      causes: [...one.causes],
      measures: [...(one.measures ?? [])],
      sectors: [...one.sectors],
      sectors_chosen: true,
      unit: one.unit ?? '',
      provider: one.provider ?? '',
      note: one.note ?? '',
    })),
    note: contact.note ?? '',
    call_back_on: contact.call_back_on ?? '',
    follows: followed[0] && {
      earlier: {
        contact_id: followed[0].contact_id,
        name: '',
        matters: followed.map(({ matter_id, sectors }) => ({
          matter_id,
          sectors: sectors ?? [],
          label: matter_id,
        })),
      },
      matter_ids: followed.map((one) => one.matter_id),
    },
    record: contact.client_record,
    kept: only_given({ diary_number: contact.diary_number, external_id: contact.external_id }),
  };
}
