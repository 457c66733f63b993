// Everything that an administrator looks after, and where.
import '~/administration/administration.css';
import { Link } from 'wouter';
import { Page } from '~/frame/page';
import { type PlainTextId, useTexts } from '~/texts/texts';

const groups: [PlainTextId, [string, PlainTextId, PlainTextId][]][] = [
  [
    'web.administration.group.organisation',
    [
      ['/administration/organisation', 'web.organisation.title', 'web.organisation.lead'],
      ['/administration/units', 'web.units.title', 'web.units.lead'],
      ['/administration/units/reorganisation', 'web.reorganisation.title', 'web.reorganisation.lead'],
      ['/administration/authorities', 'web.authorities.title', 'web.authorities.lead'],
    ],
  ],
  [
    'web.administration.group.rules',
    [
      ['/administration/policies', 'web.policies.title', 'web.policies.lead'],
      ['/administration/retention', 'web.retention.title', 'web.retention.lead'],
      ['/administration/closing-days', 'web.closing_days.title', 'web.closing_days.lead'],
      ['/administration/codes', 'web.codes.title', 'web.codes.lead'],
      ['/administration/letters', 'web.letter_templates.title', 'web.letter_templates.lead'],
    ],
  ],
  [
    'web.administration.group.people',
    [
      ['/administration/users', 'web.users.title', 'web.users.lead'],
      ['/administration/absences', 'web.absences.title', 'web.absences.lead'],
    ],
  ],
  [
    'web.administration.group.service',
    [
      ['/administration/health', 'web.health.title', 'web.health.lead'],
      ['/import', 'web.import.status', 'web.import.status_lead'],
      ['/administration/webhooks', 'web.webhooks.title', 'web.webhooks.lead'],
    ],
  ],
];

export default function OverviewPage() {
  const { t } = useTexts();
  return (
    <Page title={t('web.administration.title')}>
      <div className="overview">
        {groups.map(([group, rows]) => (
          <section key={group} className="card stack" aria-labelledby={group}>
            <h2 id={group}>{t(group)}</h2>
            <ul>
              {rows.map(([path, title, lead]) => (
                <li key={path}>
                  <Link href={path}>{t(title)}</Link>
                  <p className="small quiet">{t(lead)}</p>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Page>
  );
}
