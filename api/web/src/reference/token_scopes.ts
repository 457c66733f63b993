import type { components } from '#generated/api';
import type { PlainTextId } from '~/texts/texts';

type Listed = NonNullable<components['schemas']['TokenView']['scopes']>;
export type TokenScope = Exclude<Listed[number], 'NO_SCOPE'>;

export const scope_texts: Record<TokenScope, PlainTextId> = {
  READING: 'token_scope.reading',
  CONTACT_WORK: 'token_scope.contact_work',
  CASE_WORK: 'token_scope.case_work',
  PUBLISHING: 'token_scope.publishing',
  IMPORTING: 'token_scope.importing',
  EXPORTING: 'token_scope.exporting',
  AUDITING: 'token_scope.auditing',
  OPERATIONS: 'token_scope.operations',
  ADMINISTRATION: 'token_scope.administration',
  DESTROYING: 'token_scope.destroying',
};

export const scopes_of = (token: { scopes: Listed }) =>
  token.scopes.filter((scope): scope is TokenScope => scope !== 'NO_SCOPE');
