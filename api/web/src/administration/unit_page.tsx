// One unit: as it is, or as it will be from a day on. A new first day makes another version of it; the present
// one holds until then.
import { Link } from 'wouter';
import { useDraft } from '~/administration/draft';
import { IdField } from '~/administration/id_field';
import { NameFields, type Names, no_names } from '~/administration/name_fields';
import { SavedForm } from '~/administration/saved_form';
import { useSaving } from '~/administration/saving';
import { Validity } from '~/administration/validity';
import { ValidityFields } from '~/administration/validity_fields';
import { useRead } from '~/api/reading';
import { useAddress } from '~/components/address';
import { DataTable } from '~/components/data_table';
import { Loaded } from '~/components/loaded';
import { Checks } from '~/forms/checks';
import { SelectField } from '~/forms/select_field';
import { Page } from '~/frame/page';
import { Name, UnitNames } from '~/reference/names';
import { today, type Unit, useCodes, useUnits, versions_on } from '~/reference/reference';
import { useTexts } from '~/texts/texts';

const list = '/administration/units';
const in_address = ['from'] as const;

export default function UnitPage({ params }: { params: Record<string, string> }) {
  const { t, date } = useTexts();
  const reading = useRead('/api/v1/reference/units', {});
  const [address] = useAddress(in_address);
  const id = params.id === undefined ? undefined : decodeURIComponent(params.id);
  return (
    <div className="stack">
      <p>
        <Link href={list}>{t('web.units.title')}</Link>
      </p>
      <Loaded reading={reading} title={t('web.units.single')}>
        {({ units, other_versions, version }) => {
          const versions = [...units, ...other_versions]
            .filter((one) => one.unit_id === id)
            .sort((a, b) => a.valid_from.localeCompare(b.valid_from));
          const unit =
            versions.find((one) => one.valid_from === address.from) ??
            versions_on(versions, (one) => one.unit_id, today())[0];
          return (
            <Page
              title={unit ? <Name of={unit.name} otherwise={unit.unit_id} /> : t('web.units.new')}
              tab_title={unit ? t('web.units.single') : t('web.units.new')}
            >
              <UnitForm key={unit?.valid_from} unit={unit} version={version} />
              {versions.length > 1 ? (
                <section className="stack" aria-labelledby="versions">
                  <h2 id="versions">{t('web.policies.versions')}</h2>
                  <DataTable
                    caption={t('web.policies.versions')}
                    rows={versions}
                    row_key={(one) => one.valid_from}
                    columns={[
                      {
                        head: t('web.administration.valid_from'),
                        cell: (one) => (
                          <Link href={`${list}/${encodeURIComponent(one.unit_id)}?from=${one.valid_from}`}>
                            {date(one.valid_from)}
                          </Link>
                        ),
                      },
                      {
                        head: t('web.units.name'),
                        cell: (one) => <Name of={one.name} otherwise={one.unit_id} />,
                      },
                      {
                        head: t('web.units.validity'),
                        cell: (one) => <Validity from={one.valid_from} until={one.valid_until} />,
                      },
                    ]}
                  />
                </section>
              ) : null}
            </Page>
          );
        }}
      </Loaded>
    </div>
  );
}

function UnitForm({ unit, version }: { unit: Unit | undefined; version: string }) {
  const { t, date } = useTexts();
  const units = useUnits();
  const codes = useCodes();
  const draft = useDraft({
    unit_id: unit?.unit_id ?? '',
    parent: unit?.parent ?? '',
    name: (unit?.name ?? no_names) as Names,
    sector: unit?.sector ?? '',
    valid_from: unit?.valid_from ?? '',
    valid_until: unit?.valid_until ?? '',
    successors: unit?.successors ?? [],
  });
  const { mine, set } = draft;
  const save = useSaving('/api/v1/reference/units/units', { version }, list);
  const others = units.all
    .filter((one) => one.unit_id !== mine.unit_id)
    .map((one) => ({ value: one.unit_id, label: units.name_of(one.unit_id) }));
  const labels = {
    parent: t('web.units.parent'),
    name: t('web.administration.name'),
    sector: t('web.units.sector'),
    valid_from: t('web.administration.valid_from'),
    valid_until: t('web.administration.valid_until'),
    successors: t('web.units.successors'),
  };
  const taken_id = !unit && units.all.some((one) => one.unit_id === mine.unit_id);
  return (
    <SavedForm
      save={save}
      draft={draft}
      body_of={(given) => given}
      labels={labels}
      said={([field], value) =>
        field === 'successors' ? (
          <UnitNames ids={value as string[]} />
        ) : field === 'parent' ? (
          <UnitNames ids={[String(value)]} />
        ) : field === 'sector' ? (
          codes.label('sector', String(value))
        ) : undefined
      }
      back={list}
    >
      {unit ? null : (
        <IdField
          name="unit_id"
          hint={t('web.units.id_hint')}
          value={mine.unit_id}
          change={(unit_id) => set({ unit_id })}
          taken={taken_id}
        />
      )}
      <NameFields name="name" value={mine.name} change={(name) => set({ name })} />
      <div className="field-pair">
        <SelectField
          name="parent"
          label={labels.parent}
          value={mine.parent}
          change={(parent) => set({ parent })}
          none={t('web.units.top')}
          options={others}
        />
        <SelectField
          name="sector"
          label={labels.sector}
          value={mine.sector}
          change={(sector) => set({ sector })}
          none={t('web.units.no_sector')}
          options={codes.options('sector')}
        />
      </div>
      <div className="field-pair">
        <ValidityFields value={mine} change={set} from_required />
      </div>
      {unit && mine.valid_from !== unit.valid_from && /^\d{4}-\d{2}-\d{2}$/.test(mine.valid_from) ? (
        <p className="small">{t('web.units.new_version', { date: date(mine.valid_from) })}</p>
      ) : null}
      {mine.valid_until ? (
        <Checks
          name="successors"
          label={labels.successors}
          hint={t('web.units.successors_hint')}
          value={mine.successors}
          change={(successors) => set({ successors })}
          options={others}
        />
      ) : null}
    </SavedForm>
  );
}
