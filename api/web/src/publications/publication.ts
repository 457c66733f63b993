// What the pages about publications share: what the server answers of one, what its steps are called, and
// which of several languages one reads.
import type { AnswerOf } from '~/api/client';
import type { Language, PlainTextId } from '~/texts/texts';

export type PublicationAnswer = AnswerOf<'/api/v1/publications/{id}', 'get'>;
export type PublicationRow = AnswerOf<'/api/v1/publications', 'get'>['rows'][number];
export type Proposal = PublicationAnswer['proposals'][number];
export type Example = PublicationAnswer['examples'][number];
export type WayStep = PublicationAnswer['way'][number];
export type Words = Partial<Record<Language, string>>;

export const step_texts: Record<string, PlainTextId> = {
  draft: 'web.publications.step.draft',
  sign: 'web.publications.step.sign',
  statements: 'web.publications.step.statements',
  noting: 'web.publications.step.noting',
  sendings: 'web.publications.step.sendings',
  publish: 'web.publications.step.publish',
  announcements: 'web.publications.step.announcements',
};

// What is said once a command is taken.
export const done_texts: Record<string, PlainTextId> = {
  sign: 'web.publications.done.sign',
  statements: 'web.publications.done.statement',
  noting: 'web.publications.done.noting',
  sendings: 'web.publications.done.sending',
  publish: 'web.publications.done.publish',
  announcements: 'web.publications.done.announce',
  correct: 'web.publications.done.correct',
  'withdraw-signature': 'web.publications.done.withdraw_signature',
  abandon: 'web.publications.done.abandon',
  examples: 'web.publications.done.example',
  'change-example': 'web.publications.done.change_example',
  'confirm-example': 'web.publications.done.confirm_example',
  'withdraw-example': 'web.publications.done.withdraw_example',
  proposals: 'web.publications.done.proposal',
  'change-proposal': 'web.publications.done.change_proposal',
  'withdraw-proposal': 'web.publications.done.withdraw_proposal',
  'follow-up-proposal': 'web.publications.done.follow_up',
  'answer-proposal': 'web.publications.done.answer',
};

// The event that says that a step was taken.
export const event_of_step: Record<string, string> = {
  sign: 'PublicationSigned',
  statements: 'StatementRecorded',
  noting: 'NotingRecorded',
  sendings: 'SendingRecorded',
  publish: 'Published',
  announcements: 'Announced',
};

export const language_texts: Record<Language, PlainTextId> = {
  fi: 'web.publications.language.fi',
  sv: 'web.publications.language.sv',
  en: 'web.publications.language.en',
};

export const languages_of = (of: { languages: string[] }) => of.languages as Language[];

// The words in the reader's language, or in another that there is.
export function said(
  words: Words | undefined,
  language: Language,
): { text: string; language: Language } | undefined {
  const found = ([language, 'fi', 'sv', 'en'] as const).find((one) => words?.[one]);
  return found && { text: words?.[found] ?? '', language: found };
}

export const path_of_publication = (id: string) => `/publications/${id}`;
export const path_of_section = (id: string, section: string, language: string) =>
  `/publications/${id}/sections/${section}?language=${language}`;
