// A reorganisation as it is planned, and the units that it comes to: what begins, what moves below another, what
// ends and what goes on in its place.
import { type Names, no_names } from '~/administration/name_fields';
import { holds, type Unit, versions_on } from '~/reference/reference';

export interface NewUnit {
  key: string; // by which the plan names it: its id follows its name until it is saved
  unit_id: string; // empty: as its name suggests
  name: Names;
  parent: string;
  sector: string;
}
export interface Plan {
  day: string; // from which it holds
  begin: NewUnit[];
  end: Record<string, string[]>; // the successors of each that ends
  move: Record<string, string>; // the parent of each that goes on below another
}

const id_of = (unit: Unit) => unit.unit_id;
export const is_day = (day: string) => /^\d{4}-\d{2}-\d{2}$/.test(day);
export const eve_of = (day: string) =>
  new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);

export const new_unit = (): NewUnit => ({
  key: crypto.randomUUID(),
  unit_id: '',
  name: no_names,
  parent: '',
  sector: '',
});

// "Lasten ja nuorten palvelut" → lasten-ja-nuorten-palvelut
export const suggested_id = (name: string) =>
  name
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 60);
export const id_of_new = (unit: NewUnit) => unit.unit_id.trim() || suggested_id(unit.name.fi || unit.name.sv);

// Those there are on the eve, each department before what stands below it.
export function units_before(every: Unit[], day: string): { unit: Unit; depth: number }[] {
  const eve = eve_of(day);
  const held = versions_on(every, id_of, eve).filter((unit) => holds(unit, eve));
  return tree(held);
}

export function tree(held: Unit[]): { unit: Unit; depth: number }[] {
  const there = new Set(held.map(id_of));
  const below = (parent: string, depth: number): { unit: Unit; depth: number }[] =>
    held
      .filter((unit) => unit.parent === parent)
      .flatMap((unit) => [{ unit, depth }, ...below(unit.unit_id, depth + 1)]);
  const orphans = held.filter((unit) => unit.parent && !there.has(unit.parent));
  return [...below('', 0), ...orphans.flatMap((unit) => [{ unit, depth: 0 }, ...below(unit.unit_id, 1)])];
}

// Units that go on although what they stand below ends: each needs another place.
export const left_without = (every: Unit[], plan: Plan): Unit[] =>
  units_before(every, plan.day)
    .map(({ unit }) => unit)
    .filter((unit) => !(unit.unit_id in plan.end) && unit.parent in plan.end);

// Where such a unit goes unless somebody says otherwise: below what goes on in its department's place.
export const parent_of_left = (unit: Unit, plan: Plan): string =>
  plan.move[unit.unit_id] ?? (plan.end[unit.parent]?.length === 1 ? (plan.end[unit.parent]?.[0] ?? '') : '');

export interface Comes {
  begin: Unit[];
  move: Unit[];
  end: Unit[];
}

export function comes_to(every: Unit[], plan: Plan): Comes {
  const known = new Set(every.map(id_of));
  // What was planned and taken out again is named by nobody.
  const resolved = (id: string) => {
    const begins = plan.begin.find(({ key }) => key === id);
    return begins ? id_of_new(begins) : known.has(id) ? id : '';
  };
  const before = units_before(every, plan.day).map(({ unit }) => unit);
  const moved = new Set([...left_without(every, plan).map(id_of), ...Object.keys(plan.move)]);
  return {
    begin: plan.begin.map((unit) => ({
      unit_id: id_of_new(unit),
      parent: resolved(unit.parent),
      name: unit.name,
      sector: unit.sector,
      valid_from: plan.day,
      valid_until: '',
      successors: [],
    })),
    move: before
      .filter((unit) => moved.has(unit.unit_id) && !(unit.unit_id in plan.end))
      .map((unit) => ({ ...unit, parent: resolved(parent_of_left(unit, plan)), valid_from: plan.day })),
    end: before
      .filter((unit) => unit.unit_id in plan.end)
      .map((unit) => ({
        ...unit,
        valid_until: eve_of(plan.day),
        successors: (plan.end[unit.unit_id] ?? []).map(resolved).filter(Boolean),
      })),
  };
}

// The organisation of the day, were the plan saved.
export function units_after(every: Unit[], plan: Plan): { unit: Unit; depth: number }[] {
  const { begin, move, end } = comes_to(every, plan);
  const replaced = new Set(end.map((unit) => `${unit.unit_id} ${unit.valid_from}`));
  const all = [
    ...every.filter((unit) => !replaced.has(`${unit.unit_id} ${unit.valid_from}`)),
    ...begin,
    ...move,
    ...end,
  ];
  return tree(versions_on(all, id_of, plan.day).filter((unit) => holds(unit, plan.day)));
}
