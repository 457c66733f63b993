// The next version of a time of keeping. It holds for what is destroyed from its first day on; a list that was made
// before is checked against it.
import { Link } from 'wouter';
import { useDraft } from '~/administration/draft';
import { type Schedule, useYears } from '~/administration/retention_page';
import { SavedForm } from '~/administration/saved_form';
import { useSaving } from '~/administration/saving';
import { Validity } from '~/administration/validity';
import type { CommandBody } from '~/api/client';
import { useRead } from '~/api/reading';
import { DataTable } from '~/components/data_table';
import { Loaded } from '~/components/loaded';
import { Check } from '~/forms/checks';
import { DateField } from '~/forms/date_field';
import { LongTextField, TextField } from '~/forms/text_field';
import { Page } from '~/frame/page';
import { today, useCodes } from '~/reference/reference';
import { useTexts } from '~/texts/texts';

const list = '/administration/retention';
type Given = CommandBody<'/api/v1/reference/retention/retention'>;

export default function RetentionSchedulePage({ params }: { params: Record<string, string> }) {
  const { id = '' } = params;
  const { t, date } = useTexts();
  const codes = useCodes();
  const years = useYears();
  const reading = useRead('/api/v1/reference/retention', {});
  return (
    <div className="stack">
      <p>
        <Link href={list}>{t('web.retention.title')}</Link>
      </p>
      <Loaded reading={reading} title={t('web.retention.title')}>
        {({ schedules, other_versions, version }) => {
          const versions = [...schedules, ...other_versions]
            .filter((one) => one.given?.subject === id)
            .sort((a, b) => a.version - b.version);
          return (
            <Page title={codes.label('retention_subject', id)} lead={t('web.retention.new_version')}>
              <ScheduleForm subject={id} last={versions.at(-1)} version={version} />
              <section className="stack" aria-labelledby="versions">
                <h2 id="versions">{t('web.policies.versions')}</h2>
                <DataTable
                  caption={t('web.policies.versions')}
                  rows={versions.toReversed()}
                  row_key={(one) => String(one.version)}
                  columns={[
                    {
                      head: t('web.administration.valid_from'),
                      cell: ({ given }) => (
                        <>
                          {date(given?.valid_from ?? '')} <Validity from={given?.valid_from ?? ''} until="" />
                        </>
                      ),
                    },
                    { head: t('web.retention.time'), cell: ({ given }) => years(given) },
                    {
                      head: t('web.policies.ground'),
                      cell: ({ given }) => <span className="small">{given?.ground}</span>,
                    },
                  ]}
                />
              </section>
            </Page>
          );
        }}
      </Loaded>
    </div>
  );
}

function ScheduleForm({
  subject,
  last,
  version,
}: {
  subject: string;
  last: Schedule | undefined;
  version: string;
}) {
  const { t } = useTexts();
  const from = last?.given && last.given.valid_from > today() ? last.given.valid_from : today();
  const draft = useDraft({
    subject,
    valid_from: from,
    ended_from: '',
    years: last?.given?.years ?? 12,
    permanent: last?.given?.permanent ?? false,
    archive_order: last?.given?.archive_order ?? '',
    ground: last?.given?.ground ?? '',
  } as Required<Given>);
  const { mine: given, set } = draft;
  const save = useSaving('/api/v1/reference/retention/retention', { version }, list);
  const labels = {
    valid_from: t('web.administration.valid_from'),
    ended_from: t('web.retention.ended_from'),
    years: t('web.retention.years'),
    permanent: t('web.retention.permanent'),
    archive_order: t('web.retention.archive_order'),
    ground: t('web.policies.ground'),
  };
  return (
    <SavedForm save={save} draft={draft} body_of={(mine) => mine} back={list} labels={labels}>
      <div className="field-pair">
        <DateField
          name="valid_from"
          label={labels.valid_from}
          value={given.valid_from}
          change={(valid_from) => set({ valid_from })}
          required
        />
        <TextField
          name="years"
          type="number"
          label={labels.years}
          value={String(given.years)}
          change={(value) => set({ years: Math.max(0, Math.trunc(Number(value) || 0)) })}
          required
        />
      </div>
      <DateField
        name="ended_from"
        label={labels.ended_from}
        hint={t('web.retention.ended_from_hint')}
        value={given.ended_from}
        change={(ended_from) => set({ ended_from })}
      />
      <Check
        name="permanent"
        label={labels.permanent}
        value={given.permanent}
        change={(permanent) => set({ permanent })}
      />
      {given.permanent ? (
        <TextField
          name="archive_order"
          label={labels.archive_order}
          value={given.archive_order}
          change={(archive_order) => set({ archive_order })}
          required
        />
      ) : null}
      <LongTextField
        name="ground"
        label={labels.ground}
        value={given.ground}
        change={(ground) => set({ ground })}
        required
      />
    </SavedForm>
  );
}
