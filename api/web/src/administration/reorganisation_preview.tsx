import { comes_to, type Plan, units_after } from '~/administration/reorganisation_plan';
import { useRead } from '~/api/reading';
import { DataTable } from '~/components/data_table';
import { Notice } from '~/components/notice';
import { type Unit, useNames } from '~/reference/reference';
import { useTexts } from '~/texts/texts';

// What a plan comes to: each unit that it touches with what hangs on it, and the organisation of the day.
export function BecomesOfUnits({ every, plan }: { every: Unit[]; plan: Plan }) {
  const { t, tn, date, number } = useTexts();
  const name = useNames();
  const use = useRead('/api/v1/reference/units/in-use', {});
  const { begin, move, end } = comes_to(every, plan);
  const names = new Map([...every, ...begin].map((unit) => [unit.unit_id, name(unit.name, unit.unit_id)]));
  const named = (id: string) => names.get(id) ?? id;
  const used = (id: string) => use.data?.units.find((unit) => unit.unit_id === id);
  const cases = (id: string) => Number(used(id)?.open_cases ?? 0);
  const touched = end.reduce((sum, unit) => sum + cases(unit.unit_id), 0);
  const without = end.filter((unit) => unit.successors.length === 0);
  const after = units_after(every, plan);
  const rows = [
    ...begin.map((unit) => ({ unit, what: t('web.reorganisation.begins'), how: under(unit) })),
    ...move.map((unit) => ({ unit, what: t('web.reorganisation.moves'), how: under(unit) })),
    ...end.map((unit) => ({
      unit,
      what: t('web.reorganisation.ends'),
      how:
        unit.successors.length > 0
          ? `${t('web.units.goes_on')} ${unit.successors.map(named).join(', ')}`
          : t('web.reorganisation.no_successor'),
    })),
  ];
  function under(unit: Unit) {
    return unit.parent ? t('web.reorganisation.under', { name: named(unit.parent) }) : t('web.units.top');
  }
  return (
    <>
      <p>{t('web.reorganisation.preview_text', { date: date(plan.day) })}</p>
      <DataTable
        caption={t('web.reorganisation.changes')}
        rows={rows}
        row_key={({ unit, what }) => `${unit.unit_id} ${what}`}
        columns={[
          { head: t('web.units.name'), cell: ({ unit }) => named(unit.unit_id) },
          { head: t('web.reorganisation.what'), cell: ({ what }) => what },
          { head: t('web.reorganisation.how'), cell: ({ how }) => how },
          {
            head: t('web.reorganisation.cases'),
            cell: ({ unit }) => number(cases(unit.unit_id)),
            number: true,
          },
        ]}
      />
      {touched > 0 ? (
        <Notice kind="info" title={tn('web.reorganisation.touched', touched)}>
          <p>{t('web.reorganisation.touched_text')}</p>
        </Notice>
      ) : null}
      {without.length > 0 ? (
        <Notice kind="warning" title={t('web.reorganisation.without')}>
          <p>
            {t('web.reorganisation.without_text', {
              names: without.map((unit) => named(unit.unit_id)).join(', '),
            })}
          </p>
        </Notice>
      ) : null}
      <p className="small quiet">{t('web.reorganisation.crosswalk')}</p>
      <details>
        <summary>{t('web.reorganisation.organisation_on', { date: date(plan.day) })}</summary>
        <ul className="plain-list">
          {after.map(({ unit, depth }) => (
            <li key={unit.unit_id} className={depth > 0 ? `depth-${Math.min(depth, 2)}` : undefined}>
              {named(unit.unit_id)}
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}
