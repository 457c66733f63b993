import type { Role } from '~/api/session';
import type { PlainTextId } from '~/texts/texts';

export const role_texts: Record<Role, PlainTextId> = {
  OMBUDSMAN: 'web.role.ombudsman',
  HEAD_OMBUDSMAN: 'web.role.head_ombudsman',
  REGISTRAR: 'web.role.registrar',
  LAWYER: 'web.role.lawyer',
  UNIT_HEAD: 'web.role.unit_head',
  BOARD: 'web.role.board',
  BOARD_SECRETARY: 'web.role.board_secretary',
  AUDITOR: 'web.role.auditor',
  ADMINISTRATOR: 'web.role.administrator',
};
