// The organisation's time limits, each with its versions: what held, what holds, what will.
import { Link } from 'wouter';
import { usePolicyWords } from '~/administration/policy_words';
import { Validity } from '~/administration/validity';
import type { AnswerOf } from '~/api/client';
import { useRead } from '~/api/reading';
import { DataTable } from '~/components/data_table';
import { Loaded } from '~/components/loaded';
import { Page } from '~/frame/page';
import { today } from '~/reference/reference';
import { useTexts } from '~/texts/texts';

export type PolicyView = AnswerOf<'/api/v1/reference/policies', 'get'>['policies'][number];

export default function PoliciesPage() {
  const { t, tn } = useTexts();
  const { policy_name, period } = usePolicyWords();
  const reading = useRead('/api/v1/reference/policies', {});
  return (
    <Page title={t('web.policies.title')} lead={t('web.policies.lead')}>
      <Loaded reading={reading}>
        {({ policies, other_versions }) => (
          <DataTable
            caption={t('web.policies.title')}
            rows={in_force_or_coming([...policies, ...other_versions])}
            row_key={(row) => `${row.given?.policy} ${row.version}`}
            columns={[
              {
                head: t('web.policies.single'),
                cell: ({ given }) => (
                  <Link href={`/administration/policies/${given?.policy}`}>
                    {policy_name(given?.policy ?? '')}
                  </Link>
                ),
              },
              {
                head: t('web.policies.target'),
                cell: ({ given }) => (given ? period(given.target_count, given.target_unit) : ''),
              },
              {
                head: t('web.policies.marks'),
                cell: ({ given }) =>
                  [given?.warn_days, given?.escalate_days, given?.critical_days].filter(Boolean).join(' / '),
              },
              {
                head: t('web.policies.ground'),
                cell: ({ given }) => <span className="small">{given?.ground}</span>,
              },
              {
                head: t('web.units.validity'),
                cell: ({ version, given }) => (
                  <>
                    <span className="small quiet">{tn('web.policies.version', version)}</span>{' '}
                    <Validity from={given?.valid_from ?? ''} until="" />
                  </>
                ),
              },
            ]}
          />
        )}
      </Loaded>
    </Page>
  );
}

// Of each policy the version of today, and those that begin later.
export function in_force_or_coming(policies: PolicyView[]): PolicyView[] {
  const now = today();
  return policies
    .toSorted((a, b) => (a.given?.policy ?? '').localeCompare(b.given?.policy ?? '') || a.version - b.version)
    .filter(
      (one) =>
        (one.given?.valid_from ?? '') > now ||
        !policies.some(
          (later) =>
            later.given?.policy === one.given?.policy &&
            later.version > one.version &&
            (later.given?.valid_from ?? '') <= now,
        ),
    );
}
