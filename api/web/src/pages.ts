// Every page of the application, in the order of the navigation: one row each. A page is fetched when it is
// first gone to, so that none makes another's first second longer.
import type { ComponentType } from 'react';
import { has_role, type Role, type Session } from '~/api/session';
import type { PlainTextId } from '~/texts/texts';

export interface PageRow {
  path: string; // wouter's pattern: /reminders/:id
  title: PlainTextId; // in the navigation and, unless the page says otherwise, its heading
  roles?: Role[]; // whose page it is; everybody's without
  in_navigation?: boolean | Role[]; // of everybody whose page it is, or only of these
  in_account_menu?: boolean; // under the person's name: what is not done every day
  shortcut?: string; // keys that go there from anywhere: g w
  help?: PlainTextId[]; // a sentence or two each, opened on the page itself
  load: () => Promise<{ default: ComponentType<{ params: Record<string, string> }> }>;
}

const ombudsmen: Role[] = ['OMBUDSMAN', 'HEAD_OMBUDSMAN'];
const boards: Role[] = ['BOARD', 'BOARD_SECRETARY'];
const legal_side: Role[] = ['REGISTRAR', 'LAWYER', 'UNIT_HEAD'];
const list_makers: Role[] = ['OMBUDSMAN', 'HEAD_OMBUDSMAN', 'REGISTRAR', 'LAWYER'];

// What is looked after often stands in the navigation; the rest is found on the page of everything.
const often = ['', '/units', '/codes', '/policies', '/users', '/health'].map(
  (page) => `/administration${page}`,
);

export const in_navigation = ({ in_navigation: of }: PageRow, session: Session) =>
  Array.isArray(of) ? has_role(session, ...of) : of === true;

export const pages: PageRow[] = [
  {
    path: '/own',
    title: 'web.own_list.title',
    roles: ombudsmen,
    in_navigation: true,
    shortcut: 'g o',
    help: ['web.help.own.order', 'web.help.own.contact', 'web.help.own.offline'],
    load: () => import('~/own_list/own_list_page'),
  },
  {
    path: '/work',
    title: 'web.work_list.title',
    roles: [...ombudsmen, ...legal_side],
    in_navigation: true,
    shortcut: 'g w',
    help: ['web.help.work.order', 'web.help.work.reason', 'web.help.work.several'],
    load: () => import('~/work_list/work_list_page'),
  },
  {
    path: '/requests',
    title: 'web.requests.title',
    roles: legal_side,
    in_navigation: true,
    shortcut: 'g v',
    help: ['web.help.requests.order', 'web.help.requests.due'],
    load: () => import('~/requests/requests_page'),
  },
  {
    path: '/unit',
    title: 'web.unit.title',
    roles: ['UNIT_HEAD'],
    in_navigation: true,
    shortcut: 'g u',
    help: ['web.help.unit.what', 'web.help.unit.answer'],
    load: () => import('~/own_unit/own_unit_page'),
  },
  {
    path: '/register',
    title: 'web.register.title',
    roles: legal_side,
    in_navigation: true,
    shortcut: 'g k',
    help: ['web.help.register.what', 'web.help.register.similar'],
    load: () => import('~/register/register_page'),
  },
  ...['/reminders/:id', '/complaints/:id', '/authority-requests/:id', '/contacts/:id'].map(
    (path): PageRow => ({
      path,
      title: 'web.case_page.title',
      help: ['web.help.case.steps', 'web.help.case.timeline', 'web.help.case.mistake'],
      roles: path.startsWith('/contacts') ? ombudsmen : legal_side,
      load: () => import('~/case_page/case_page'),
    }),
  ),
  {
    path: '/search',
    title: 'web.search.title',
    roles: [...ombudsmen, ...legal_side],
    load: () => import('~/search/search_page'),
  },
  {
    path: '/reports',
    title: 'web.reports.title',
    roles: [...ombudsmen, 'REGISTRAR', 'LAWYER'],
    in_navigation: true,
    shortcut: 'g r',
    help: ['web.help.reports.levels', 'web.help.reports.kept'],
    load: () => import('~/reports/reports_page'),
  },
  {
    path: '/figures',
    title: 'web.dashboard.title',
    in_navigation: boards,
    in_account_menu: true,
    help: ['web.help.figures.newest', 'web.help.figures.marks'],
    load: () => import('~/published/dashboard_page'),
  },
  {
    path: '/editions',
    title: 'web.editions.title',
    in_navigation: boards,
    in_account_menu: true,
    load: () => import('~/published/editions_page'),
  },
  {
    path: '/editions/:id/:edition',
    title: 'web.editions.single',
    load: () => import('~/published/edition_page'),
  },
  {
    path: '/publications',
    title: 'web.publications.title',
    roles: ['OMBUDSMAN', 'HEAD_OMBUDSMAN', 'REGISTRAR', 'LAWYER', 'BOARD_SECRETARY'],
    in_navigation: true,
    shortcut: 'g j',
    load: () => import('~/publications/publications_page'),
  },
  {
    path: '/publications/:id',
    title: 'web.publications.single',
    roles: ['OMBUDSMAN', 'HEAD_OMBUDSMAN', 'REGISTRAR', 'LAWYER', 'BOARD_SECRETARY'],
    load: () => import('~/publications/publication_page'),
  },
  {
    path: '/publications/:id/sections/:section',
    title: 'web.publications.section',
    roles: ['OMBUDSMAN', 'HEAD_OMBUDSMAN', 'REGISTRAR', 'LAWYER'],
    load: () => import('~/publications/section_page'),
  },
  {
    path: '/proposals',
    title: 'web.proposals.title',
    roles: ['UNIT_HEAD', 'BOARD_SECRETARY'],
    in_navigation: true,
    shortcut: 'g e',
    load: () => import('~/publications/proposals_page'),
  },
  {
    path: '/destructions',
    title: 'web.destruction.title',
    roles: [...list_makers, 'AUDITOR'],
    in_navigation: ['AUDITOR'],
    in_account_menu: true,
    help: ['web.help.destruction.what', 'web.help.destruction.two'],
    load: () => import('~/destruction/destructions_page'),
  },
  {
    path: '/destructions/new',
    title: 'web.destruction.new',
    roles: list_makers,
    load: () => import('~/destruction/new_list_page'),
  },
  {
    path: '/destructions/:id',
    title: 'web.destruction.single',
    roles: [...list_makers, 'AUDITOR'],
    load: () => import('~/destruction/list_page'),
  },
  {
    path: '/holds',
    title: 'web.holds.title',
    roles: list_makers,
    in_account_menu: true,
    load: () => import('~/destruction/holds_page'),
  },
  {
    path: '/audit',
    title: 'web.audit.title',
    roles: ['AUDITOR'],
    in_navigation: true,
    shortcut: 'g l',
    help: ['web.help.audit.what', 'web.help.audit.itself'],
    load: () => import('~/looked/audit_page'),
  },
  {
    path: '/emergencies',
    title: 'web.emergency.title',
    roles: ['HEAD_OMBUDSMAN', 'REGISTRAR', 'LAWYER', 'AUDITOR'],
    in_navigation: ['AUDITOR'],
    in_account_menu: true,
    load: () => import('~/looked/emergencies_page'),
  },
  {
    path: '/import',
    title: 'web.import.title',
    roles: ['OMBUDSMAN', 'HEAD_OMBUDSMAN', 'REGISTRAR', 'LAWYER', 'ADMINISTRATOR'],
    in_account_menu: true,
    load: () => import('~/import_page/import_page'),
  },
  ...administration([
    ['/administration', 'web.administration.title', () => import('~/administration/overview_page')],
    ['/administration/units', 'web.units.title', () => import('~/administration/units_page')],
    [
      '/administration/units/reorganisation',
      'web.reorganisation.title',
      () => import('~/administration/reorganisation_page'),
    ],
    ['/administration/units/new', 'web.units.new', () => import('~/administration/unit_page')],
    ['/administration/units/:id', 'web.units.single', () => import('~/administration/unit_page')],
    ['/administration/codes', 'web.codes.title', () => import('~/administration/codes_page')],
    ['/administration/codes/:id', 'web.codes.single', () => import('~/administration/code_set_page')],
    ['/administration/policies', 'web.policies.title', () => import('~/administration/policies_page')],
    ['/administration/policies/:id', 'web.policies.single', () => import('~/administration/policy_page')],
    ['/administration/retention', 'web.retention.title', () => import('~/administration/retention_page')],
    [
      '/administration/retention/:id',
      'web.retention.title',
      () => import('~/administration/retention_schedule_page'),
    ],
    ['/administration/users', 'web.users.title', () => import('~/administration/users_page')],
    ['/administration/users/new', 'web.users.new', () => import('~/administration/user_page')],
    ['/administration/users/:id', 'web.users.single', () => import('~/administration/user_page')],
    ['/administration/health', 'web.health.title', () => import('~/administration/health_page')],
    [
      '/administration/organisation',
      'web.organisation.title',
      () => import('~/administration/organisation_page'),
    ],
    [
      '/administration/authorities',
      'web.authorities.title',
      () => import('~/administration/authorities_page'),
    ],
    [
      '/administration/authorities/new',
      'web.authorities.new',
      () => import('~/administration/authority_page'),
    ],
    [
      '/administration/authorities/:id',
      'web.authorities.single',
      () => import('~/administration/authority_page'),
    ],
    [
      '/administration/closing-days',
      'web.closing_days.title',
      () => import('~/administration/closing_days_page'),
    ],
    [
      '/administration/closing-days/new',
      'web.closing_days.new',
      () => import('~/administration/closing_day_page'),
    ],
    [
      '/administration/closing-days/:id',
      'web.closing_days.single',
      () => import('~/administration/closing_day_page'),
    ],
    ['/administration/absences', 'web.absences.title', () => import('~/administration/absences_page')],
    ['/administration/absences/new', 'web.absences.new', () => import('~/administration/absence_page')],
    [
      '/administration/absences/:user/:day',
      'web.absences.single',
      () => import('~/administration/absence_page'),
    ],
    ['/administration/letters', 'web.letter_templates.title', () => import('~/administration/letters_page')],
    ['/administration/letters/new', 'web.letter_templates.new', () => import('~/administration/letter_page')],
    [
      '/administration/letters/:id',
      'web.letter_templates.single',
      () => import('~/administration/letter_page'),
    ],
    ['/administration/webhooks', 'web.webhooks.title', () => import('~/administration/webhooks_page')],
    ['/administration/webhooks/new', 'web.webhooks.new', () => import('~/administration/webhook_page')],
    ['/administration/webhooks/:id', 'web.webhooks.single', () => import('~/administration/webhook_page')],
  ]),
  {
    path: '/checkpoints',
    title: 'web.proof.title',
    in_account_menu: true,
    load: () => import('~/proof/proof_page'),
  },
  {
    path: '/account',
    title: 'web.account.title',
    in_account_menu: true,
    shortcut: 'g a',
    load: () => import('~/frame/account_page'),
  },
];

function administration(rows: [string, PlainTextId, PageRow['load']][]): PageRow[] {
  return rows.map(([path, title, load]) => ({
    path,
    title,
    roles: ['ADMINISTRATOR'],
    in_navigation: often.includes(path),
    load,
  }));
}
