// A policy's next version. What it moves in open cases is decided apart, on the page of due dates: a changed
// policy moves no promise by itself.
import { Link } from 'wouter';
import { useDraft } from '~/administration/draft';
import type { PolicyView } from '~/administration/policies_page';
import { PolicyPreview } from '~/administration/policy_preview';
import { usePolicyWords } from '~/administration/policy_words';
import { SavedForm } from '~/administration/saved_form';
import { useSaving } from '~/administration/saving';
import { Validity } from '~/administration/validity';
import type { CommandBody } from '~/api/client';
import { useRead } from '~/api/reading';
import type { Role } from '~/api/session';
import { DataTable } from '~/components/data_table';
import { Loaded } from '~/components/loaded';
import { Check, Checks } from '~/forms/checks';
import { DateField } from '~/forms/date_field';
import { SelectField } from '~/forms/select_field';
import { LongTextField, TextField } from '~/forms/text_field';
import { Page } from '~/frame/page';
import { today, useCodes } from '~/reference/reference';
import { role_texts } from '~/reference/roles';
import { useTexts } from '~/texts/texts';

const list = '/administration/policies';
type Given = CommandBody<'/api/v1/reference/policies/policies'>;
const case_roles: Role[] = ['OMBUDSMAN', 'HEAD_OMBUDSMAN', 'REGISTRAR', 'LAWYER', 'UNIT_HEAD'];

export default function PolicyPage({ params }: { params: Record<string, string> }) {
  const { t, date } = useTexts();
  const { policy_name, period } = usePolicyWords();
  const reading = useRead('/api/v1/reference/policies', {});
  return (
    <div className="stack">
      <p>
        <Link href={list}>{t('web.policies.title')}</Link>
      </p>
      <Loaded reading={reading} title={t('web.policies.single')}>
        {({ policies, other_versions, version }) => {
          const versions = [...policies, ...other_versions]
            .filter((one) => one.given?.policy === params.id)
            .sort((a, b) => a.version - b.version);
          const last = versions.at(-1);
          return (
            <Page title={policy_name(params.id ?? '')} lead={t('web.policies.new_version')}>
              {last ? <PolicyForm last={last} version={version} /> : null}
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
                    {
                      head: t('web.policies.target'),
                      cell: ({ given }) => (given ? period(given.target_count, given.target_unit) : ''),
                    },
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

function PolicyForm({ last, version }: { last: PolicyView; version: string }) {
  const { t } = useTexts();
  const codes = useCodes();
  const from = last.given && last.given.valid_from > today() ? last.given.valid_from : today();
  const draft = useDraft({ ...last.given, valid_from: from } as Required<Given>);
  const { mine: given, set } = draft;
  const save = useSaving('/api/v1/reference/policies/policies', { version }, list);
  const count = (
    name:
      | 'target_count'
      | 'warn_days'
      | 'escalate_days'
      | 'critical_days'
      | 'extensions_max'
      | 'extension_days_max',
    label: string,
  ) => (
    <TextField
      name={name}
      type="number"
      label={label}
      value={String(given[name] || '')}
      change={(value) => set({ [name]: Math.max(0, Math.trunc(Number(value) || 0)) })}
      required={name === 'target_count'}
    />
  );
  const labels = {
    valid_from: t('web.administration.valid_from'),
    target_count: t('web.policies.count'),
    target_unit: t('web.policies.unit'),
    warn_days: t('web.policies.warn'),
    escalate_days: t('web.policies.escalate'),
    critical_days: t('web.policies.critical'),
    escalated_to: t('web.policies.escalated_to'),
    pause_allowed: t('web.policies.pause_allowed'),
    pause_credited: t('web.policies.pause_credited'),
    extensions_max: t('web.policies.extensions_max'),
    extension_days_max: t('web.policies.extension_days_max'),
    extended_by: t('web.policies.extended_by'),
    legal_review: t('web.policies.legal_review'),
    minds_closing_days: t('web.policies.minds_closing_days'),
    ground: t('web.policies.ground'),
  };
  const roles = case_roles.map((role) => ({ value: role as string, label: t(role_texts[role]) }));
  return (
    <SavedForm
      save={save}
      draft={draft}
      body_of={(mine) => mine}
      back={list}
      labels={labels}
      said={([field], value) =>
        field === 'escalated_to' || field === 'extended_by'
          ? (value as Role[]).map((role) => t(role_texts[role])).join(', ')
          : field === 'target_unit'
            ? codes.label('period_unit', String(value))
            : undefined
      }
    >
      <DateField
        name="valid_from"
        label={t('web.administration.valid_from')}
        value={given.valid_from}
        change={(valid_from) => set({ valid_from })}
        required
      />
      <div className="field-pair">
        {count('target_count', t('web.policies.count'))}
        <SelectField
          name="target_unit"
          label={t('web.policies.unit')}
          value={given.target_unit}
          change={(target_unit) => set({ target_unit })}
          options={codes.options('period_unit')}
        />
      </div>
      <div className="field-pair">
        {count('warn_days', t('web.policies.warn'))}
        {count('escalate_days', t('web.policies.escalate'))}
        {count('critical_days', t('web.policies.critical'))}
      </div>
      <Checks
        name="escalated_to"
        label={t('web.policies.escalated_to')}
        value={given.escalated_to}
        change={(chosen) => set({ escalated_to: chosen as Role[] })}
        options={roles}
      />
      <Check
        name="pause_allowed"
        label={t('web.policies.pause_allowed')}
        value={given.pause_allowed}
        change={(pause_allowed) =>
          set({ pause_allowed, pause_credited: pause_allowed && given.pause_credited })
        }
      />
      {given.pause_allowed ? (
        <Check
          name="pause_credited"
          label={t('web.policies.pause_credited')}
          value={given.pause_credited}
          change={(pause_credited) => set({ pause_credited })}
        />
      ) : null}
      <div className="field-pair">
        {count('extensions_max', t('web.policies.extensions_max'))}
        {count('extension_days_max', t('web.policies.extension_days_max'))}
      </div>
      <Checks
        name="extended_by"
        label={t('web.policies.extended_by')}
        value={given.extended_by}
        change={(chosen) => set({ extended_by: chosen as Role[] })}
        options={roles}
      />
      <Check
        name="legal_review"
        label={t('web.policies.legal_review')}
        value={given.legal_review}
        change={(legal_review) => set({ legal_review })}
      />
      <Check
        name="minds_closing_days"
        label={t('web.policies.minds_closing_days')}
        value={given.minds_closing_days}
        change={(minds_closing_days) => set({ minds_closing_days })}
      />
      <LongTextField
        name="ground"
        label={t('web.policies.ground')}
        value={given.ground}
        change={(ground) => set({ ground })}
      />
      <PolicyPreview given={given} />
    </SavedForm>
  );
}
