// How long cases and access logs are kept: of each what holds today, and what will.
import { Link } from 'wouter';
import { Validity } from '~/administration/validity';
import type { AnswerOf } from '~/api/client';
import { useRead } from '~/api/reading';
import { DataTable } from '~/components/data_table';
import { Loaded } from '~/components/loaded';
import { Page } from '~/frame/page';
import { today, useCodes } from '~/reference/reference';
import { useTexts } from '~/texts/texts';

export type Schedule = AnswerOf<'/api/v1/reference/retention', 'get'>['schedules'][number];

export function useYears() {
  const { t, tn } = useTexts();
  return (given: Schedule['given']) =>
    given?.permanent ? t('web.retention.for_ever') : tn('web.period.year', given?.years ?? 0);
}

export default function RetentionPage() {
  const { t } = useTexts();
  const codes = useCodes();
  const years = useYears();
  const reading = useRead('/api/v1/reference/retention', {});
  return (
    <Page title={t('web.retention.title')} lead={t('web.retention.lead')}>
      <Loaded reading={reading}>
        {({ schedules, other_versions }) => (
          <DataTable
            caption={t('web.retention.title')}
            rows={rows_of(
              codes.options('retention_subject').map(({ value }) => value),
              [...schedules, ...other_versions.filter((one) => (one.given?.valid_from ?? '') > today())],
            )}
            row_key={(row) => `${row.subject} ${row.schedule?.version}`}
            columns={[
              {
                head: t('web.retention.subject'),
                cell: ({ subject }) => (
                  <Link href={`/administration/retention/${subject}`}>
                    {codes.label('retention_subject', subject)}
                  </Link>
                ),
              },
              {
                head: t('web.retention.time'),
                cell: ({ schedule }) => (schedule ? years(schedule.given) : t('web.retention.not_set')),
              },
              {
                head: t('web.policies.ground'),
                cell: ({ schedule }) => <span className="small">{schedule?.given?.ground}</span>,
              },
              {
                head: t('web.units.validity'),
                cell: ({ schedule }) => <Validity from={schedule?.given?.valid_from ?? ''} until="" />,
              },
            ]}
          />
        )}
      </Loaded>
    </Page>
  );
}

// Every subject has a row, also one that nobody has decided on yet.
function rows_of(subjects: string[], schedules: Schedule[]): { subject: string; schedule?: Schedule }[] {
  return subjects.flatMap((subject) => {
    const own = schedules.filter((one) => one.given?.subject === subject);
    return own.length > 0 ? own.map((schedule) => ({ subject, schedule })) : [{ subject }];
  });
}
