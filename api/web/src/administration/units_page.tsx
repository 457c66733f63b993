// The organisation as a tree, on any day: what begins and what ends is there before it does.
import '~/components/components.css';
import { useState } from 'react';
import { Link } from 'wouter';
import { Validity } from '~/administration/validity';
import { useRead } from '~/api/reading';
import { useAddress } from '~/components/address';
import { DataTable } from '~/components/data_table';
import { Loaded } from '~/components/loaded';
import { DateField } from '~/forms/date_field';
import { Page } from '~/frame/page';
import { Name, UnitNames } from '~/reference/names';
import { holds, today, type Unit, useCodes, versions_on } from '~/reference/reference';
import { useTexts } from '~/texts/texts';

const iso = /^\d{4}-\d{2}-\d{2}$/;
const in_address = ['on'] as const;

export default function UnitsPage() {
  const { t, date } = useTexts();
  const codes = useCodes();
  const reading = useRead('/api/v1/reference/units', {});
  const [address, change] = useAddress(in_address);
  const [on, set_on] = useState(address.on || today());
  return (
    <Page
      title={t('web.units.title')}
      lead={t('web.units.lead')}
      beside={
        <>
          <Link className="button-link" href="/administration/units/reorganisation">
            {t('web.reorganisation.title')}
          </Link>
          <Link className="button-link" href="/administration/units/new">
            {t('web.units.new')}
          </Link>
        </>
      }
    >
      <div style={{ maxWidth: '16rem' }}>
        <DateField
          name="on"
          label={t('web.units.on')}
          value={on}
          required
          change={(value) => {
            set_on(value);
            if (iso.test(value)) change({ on: value === today() ? '' : value });
          }}
        />
      </div>
      {reading.data ? (
        <Coming
          units={[...reading.data.units, ...reading.data.other_versions]}
          show={(day) => {
            set_on(day);
            change({ on: day });
          }}
        />
      ) : null}
      <Loaded reading={reading}>
        {({ units, other_versions }) => {
          const shown = tree([...units, ...other_versions], iso.test(on) ? on : today());
          return (
            <DataTable
              caption={t('web.units.title')}
              rows={shown}
              row_key={({ unit }) => `${unit.unit_id} ${unit.valid_from}`}
              columns={[
                {
                  head: t('web.units.name'),
                  cell: ({ unit, depth }) => (
                    <span className={depth > 0 ? `depth-${Math.min(depth, 2)}` : undefined}>
                      <Link href={`/administration/units/${encodeURIComponent(unit.unit_id)}`}>
                        <Name of={unit.name} otherwise={unit.unit_id} />
                      </Link>
                    </span>
                  ),
                },
                {
                  head: t('web.units.sector'),
                  cell: ({ unit }) => (unit.sector ? codes.label('sector', unit.sector) : ''),
                },
                {
                  head: t('web.units.validity'),
                  cell: ({ unit }) => (
                    <>
                      <Validity from={unit.valid_from} until={unit.valid_until} />
                      {unit.successors.length > 0 ? (
                        <span className="small quiet block">
                          {t('web.units.goes_on')} <UnitNames ids={unit.successors} />
                        </span>
                      ) : null}
                    </>
                  ),
                },
                {
                  head: t('web.administration.id'),
                  cell: ({ unit }) => <code className="small">{unit.unit_id}</code>,
                },
              ]}
            />
          );
        }}
      </Loaded>
      <p className="small quiet">{t('web.units.as_on', { date: date(iso.test(on) ? on : today()) })}</p>
    </Page>
  );
}

// What is written down of days to come, so that nobody has to guess a date to find it.
function Coming({ units, show }: { units: Unit[]; show: (day: string) => void }) {
  const { t, date } = useTexts();
  const now = today();
  const day_after = (day: string) =>
    new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  const coming = units.filter(
    (unit) => unit.valid_from > now || (unit.valid_until && unit.valid_until >= now),
  );
  if (coming.length === 0) return null;
  const days = [
    ...new Set(coming.map((unit) => (unit.valid_from > now ? unit.valid_from : day_after(unit.valid_until)))),
  ].sort();
  return (
    <section className="notice stack close" aria-labelledby="coming">
      <h2 id="coming" className="notice-title">
        {t('web.units.coming')}
      </h2>
      <ul>
        {coming.map((unit) => (
          <li key={`${unit.unit_id} ${unit.valid_from}`}>
            <Name of={unit.name} otherwise={unit.unit_id} />{' '}
            <Validity from={unit.valid_from} until={unit.valid_until} />
          </li>
        ))}
      </ul>
      <div className="row">
        {days.map((day) => (
          <button key={day} type="button" className="plain-button" onClick={() => show(day)}>
            {t('web.units.show_day', { date: date(day) })}
          </button>
        ))}
      </div>
    </section>
  );
}

// Those of the day, each below its own; whatever stands below nothing that is there comes last.
function tree(units: Unit[], on: string): { unit: Unit; depth: number }[] {
  const held = versions_on(units, (unit) => unit.unit_id, on).filter((unit) => holds(unit, on));
  const there = new Set(held.map((unit) => unit.unit_id));
  const below = (parent: string, depth: number): { unit: Unit; depth: number }[] =>
    held
      .filter((unit) => unit.parent === parent)
      .flatMap((unit) => [{ unit, depth }, ...below(unit.unit_id, depth + 1)]);
  const orphans = held.filter((unit) => unit.parent && !there.has(unit.parent));
  return [...below('', 0), ...orphans.flatMap((unit) => [{ unit, depth: 0 }, ...below(unit.unit_id, 1)])];
}
