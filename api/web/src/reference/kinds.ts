import type { PlainTextId } from '~/texts/texts';

// The kinds of case: as rows name them, as paths do.
export const kind_texts: Record<string, PlainTextId> = {
  reminder: 'web.kind.reminder',
  complaint: 'web.kind.complaint',
  'authority-request': 'web.kind.authority_request',
  contact: 'web.kind.contact',
};
export type KindPath = 'reminders' | 'complaints' | 'authority-requests' | 'contacts';
export const kind_paths: Record<string, KindPath> = {
  reminder: 'reminders',
  complaint: 'complaints',
  'authority-request': 'authority-requests',
  contact: 'contacts',
};
export const path_of_case = (kind: string, id: string) => `/${kind_paths[kind] ?? kind}/${id}`;
// AUTHORITY_REQUEST, as reference data name it.
export const kind_of_enumeration = (kind: string) => kind.toLowerCase().replaceAll('_', '-');
