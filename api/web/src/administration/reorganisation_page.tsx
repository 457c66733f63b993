// A reorganisation, planned ahead as one: the day, the units that begin, those that end with what goes on in
// their place, and what it comes to. Saved as a whole or not at all.
import '~/administration/administration.css';
import { useEffect, useRef, useState } from 'react';
import { Button } from 'suomifi-ui-components';
import { Link, useLocation } from 'wouter';
import { NameFields } from '~/administration/name_fields';
import {
  comes_to,
  id_of_new,
  is_day,
  left_without,
  type NewUnit,
  new_unit,
  type Plan,
  parent_of_left,
  units_before,
} from '~/administration/reorganisation_plan';
import { BecomesOfUnits } from '~/administration/reorganisation_preview';
import { useCommand } from '~/api/commanding';
import { useRead } from '~/api/reading';
import { Loaded } from '~/components/loaded';
import { Notice } from '~/components/notice';
import { Check, Checks } from '~/forms/checks';
import { DateField } from '~/forms/date_field';
import { Form } from '~/forms/form';
import { SelectField } from '~/forms/select_field';
import { TextField } from '~/forms/text_field';
import { Page } from '~/frame/page';
import { toast } from '~/frame/toasts';
import { type Option, today, type Unit, useCodes, useNames } from '~/reference/reference';
import { type PlainTextId, useTexts } from '~/texts/texts';

const list = '/administration/units';
const steps: PlainTextId[] = [
  'web.reorganisation.step.day',
  'web.reorganisation.step.begin',
  'web.reorganisation.step.end',
  'web.reorganisation.step.preview',
];
const last_step = steps.length - 1;

export default function ReorganisationPage() {
  const { t } = useTexts();
  const reading = useRead('/api/v1/reference/units', {});
  return (
    <div className="stack">
      <p>
        <Link href={list}>{t('web.units.title')}</Link>
      </p>
      <Page title={t('web.reorganisation.title')} lead={t('web.reorganisation.lead')}>
        <Loaded reading={reading}>
          {({ units, other_versions, version }) => (
            <Planning every={[...units, ...other_versions]} version={version} />
          )}
        </Loaded>
      </Page>
    </div>
  );
}

function Planning({ every, version }: { every: Unit[]; version: string }) {
  const { t, tn, date } = useTexts();
  const [, go] = useLocation();
  const [step, set_step] = useState(0);
  const [asked_on, set_asked_on] = useState(-1); // the step that was to be left while something was missing
  const [plan, set_plan] = useState<Plan>({
    day: `${Number(today().slice(0, 4)) + 1}-01-01`,
    begin: [],
    end: {},
    move: {},
  });
  const set = (changed: Partial<Plan>) => set_plan((now) => ({ ...now, ...changed }));
  const heading = useRef<HTMLHeadingElement>(null);
  const stepped = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: of a step that was gone to
  useEffect(() => {
    if (stepped.current) heading.current?.focus();
    stepped.current = true;
  }, [step]);
  const save = useCommand(
    '/api/v1/reference/units/reorganisation',
    { version },
    {
      taken: () => {
        toast({ text: t('web.reorganisation.saved', { date: date(plan.day) }) });
        go(`${list}?on=${plan.day}`);
      },
    },
  );
  const known = new Set(every.map((unit) => unit.unit_id));
  const fault_of = (unit: NewUnit): PlainTextId | undefined => {
    const id = id_of_new(unit);
    if (!id) return 'web.reorganisation.name_missing';
    const twice = plan.begin.filter((other) => id_of_new(other) === id).length > 1;
    return known.has(id) || twice ? 'web.administration.id_taken' : undefined;
  };
  const faulty = [
    !is_day(plan.day),
    plan.begin.some(fault_of),
    plan.begin.length === 0 && Object.keys(plan.end).length === 0,
    false,
  ];
  const next = () => {
    if (faulty[step]) return set_asked_on(step);
    set_asked_on(-1);
    set_step(step + 1);
  };
  const { begin, move, end } = is_day(plan.day) ? comes_to(every, plan) : { begin: [], move: [], end: [] };
  const send = () => (step === last_step ? save.send({ units: [...begin, ...move, ...end] }) : next());
  const asked = asked_on === step;
  return (
    <div className="stack">
      <ol className="progress-steps" aria-label={t('web.reorganisation.steps')}>
        {steps.map((id, at) => (
          <li key={id} aria-current={at === step ? 'step' : undefined}>
            {t(id)}
          </li>
        ))}
      </ol>
      <div className="card wide-form">
        <Form refusal={save.stale ? undefined : save.refusal} submit={send}>
          <h2 ref={heading} tabIndex={-1}>
            {t(steps[step] ?? 'web.reorganisation.step.day')}
          </h2>
          {step === 0 ? (
            <div className="field-pair">
              <DateField
                name="day"
                label={t('web.reorganisation.day')}
                hint={t('web.reorganisation.day_hint')}
                value={plan.day}
                change={(day) => set({ day })}
                error={asked && faulty[0] ? t('web.reorganisation.day_wrong') : undefined}
                required
              />
            </div>
          ) : null}
          {step === 1 ? (
            <Beginning every={every} plan={plan} set={set} fault_of={asked ? fault_of : no_fault} />
          ) : null}
          {step === 2 ? <Ending every={every} plan={plan} set={set} /> : null}
          {step === 2 && asked && faulty[2] ? (
            <Notice kind="error" title={t('web.reorganisation.nothing')} />
          ) : null}
          {step === last_step ? <BecomesOfUnits every={every} plan={plan} /> : null}
          {save.stale ? (
            <Notice kind="warning" title={t('web.administration.stale.title')}>
              <p>{t('web.administration.stale.text')}</p>
            </Notice>
          ) : null}
          <div className="form-end">
            <Button type="submit" aria-disabled={save.sending}>
              {step < last_step
                ? t('web.reorganisation.next')
                : tn('web.reorganisation.save', begin.length + move.length + end.length)}
            </Button>
            {step > 0 ? (
              <Button
                variant="secondary"
                onClick={() => {
                  save.forget();
                  set_step(step - 1);
                }}
              >
                {t('web.reorganisation.back')}
              </Button>
            ) : null}
            <Link href={list}>{t('web.administration.cancel')}</Link>
          </div>
        </Form>
      </div>
    </div>
  );
}

const no_fault = () => undefined;

// Indented by depth, for a list to choose from.
function useOptions() {
  const name = useNames();
  return (rows: { unit: Unit; depth: number }[]): Option[] =>
    rows.map(({ unit, depth }) => ({
      value: unit.unit_id,
      label: `${'\u00a0\u00a0'.repeat(depth)}${name(unit.name, unit.unit_id)}`,
    }));
}

interface StepOf {
  every: Unit[];
  plan: Plan;
  set: (changed: Partial<Plan>) => void;
}

function Beginning({
  every,
  plan,
  set,
  fault_of,
}: StepOf & { fault_of: (unit: NewUnit) => PlainTextId | undefined }) {
  const { t } = useTexts();
  const codes = useCodes();
  const name = useNames();
  const options = useOptions();
  const change = (key: string, changed: Partial<NewUnit>) =>
    set({ begin: plan.begin.map((unit) => (unit.key === key ? { ...unit, ...changed } : unit)) });
  return (
    <>
      <p>{t('web.reorganisation.begin_text')}</p>
      {plan.begin.map((unit, at) => {
        const fault = fault_of(unit);
        return (
          <div key={unit.key} className="planned-unit stack">
            <div className="row spread">
              <h3>{name(unit.name, t('web.units.new'))}</h3>
              <button
                type="button"
                className="plain-button"
                aria-label={t('web.reorganisation.remove_one', { name: name(unit.name, t('web.units.new')) })}
                onClick={() => set({ begin: plan.begin.filter(({ key }) => key !== unit.key) })}
              >
                {t('web.reorganisation.remove')}
              </button>
            </div>
            <NameFields
              name={`units[${at}].name`}
              value={unit.name}
              change={(names) => change(unit.key, { name: names })}
            />
            <div className="field-pair">
              <SelectField
                name={`units[${at}].parent`}
                label={t('web.units.parent')}
                value={unit.parent}
                change={(parent) => change(unit.key, { parent })}
                none={t('web.units.top')}
                options={[
                  ...plan.begin
                    .slice(0, at)
                    .map((one) => ({ value: one.key, label: name(one.name, id_of_new(one)) })),
                  ...options(units_before(every, plan.day)),
                ]}
              />
              <SelectField
                name={`units[${at}].sector`}
                label={t('web.units.sector')}
                value={unit.sector}
                change={(sector) => change(unit.key, { sector })}
                none={t('web.units.no_sector')}
                options={codes.options('sector')}
              />
            </div>
            <TextField
              name={`units[${at}].unit_id`}
              label={t('web.administration.id')}
              hint={t('web.reorganisation.id_hint')}
              value={unit.unit_id || id_of_new(unit)}
              change={(unit_id) => change(unit.key, { unit_id })}
              error={fault ? t(fault) : undefined}
              required
              spellCheck={false}
            />
          </div>
        );
      })}
      <div>
        <Button variant="secondary" onClick={() => set({ begin: [...plan.begin, new_unit()] })}>
          {plan.begin.length === 0 ? t('web.reorganisation.add_first') : t('web.reorganisation.add')}
        </Button>
      </div>
    </>
  );
}

function Ending({ every, plan, set }: StepOf) {
  const { t, tn, date } = useTexts();
  const name = useNames();
  const options = useOptions();
  const use = useRead('/api/v1/reference/units/in-use', {});
  const before = units_before(every, plan.day);
  const open_cases = (id: string) =>
    Number(use.data?.units.find((unit) => unit.unit_id === id)?.open_cases ?? 0);
  const begins: Option[] = plan.begin.map((unit) => ({
    value: unit.key,
    label: name(unit.name, id_of_new(unit)),
  }));
  const going_on = [...begins, ...options(before.filter(({ unit }) => !(unit.unit_id in plan.end)))];
  const left = left_without(every, plan);
  return (
    <>
      <p>{t('web.reorganisation.end_text', { date: date(plan.day) })}</p>
      <ul className="plain-list stack">
        {before.map(({ unit, depth }) => {
          const words = name(unit.name, unit.unit_id);
          const successors = plan.end[unit.unit_id];
          return (
            <li key={unit.unit_id} className={depth > 0 ? `stack depth-${Math.min(depth, 2)}` : 'stack'}>
              <Check
                name={`end ${unit.unit_id}`}
                label={words}
                hint={
                  open_cases(unit.unit_id) > 0
                    ? tn('web.reorganisation.open_cases', open_cases(unit.unit_id))
                    : undefined
                }
                value={successors !== undefined}
                change={(ends) => {
                  const { [unit.unit_id]: _, ...others } = plan.end;
                  set({ end: ends ? { ...others, [unit.unit_id]: [] } : others });
                }}
              />
              {successors ? (
                <div className="successors">
                  <Checks
                    name={`successors ${unit.unit_id}`}
                    label={t('web.reorganisation.successors_of', { name: words })}
                    value={successors}
                    change={(chosen) => set({ end: { ...plan.end, [unit.unit_id]: chosen } })}
                    options={going_on}
                  />
                </div>
              ) : null}
            </li>
          );
        })}
      </ul>
      {left.length > 0 ? (
        <section className="planned-unit stack" aria-labelledby="left">
          <h3 id="left">{t('web.reorganisation.left')}</h3>
          {left.map((unit) => (
            <SelectField
              key={unit.unit_id}
              name={`move ${unit.unit_id}`}
              label={t('web.reorganisation.new_parent', { name: name(unit.name, unit.unit_id) })}
              value={parent_of_left(unit, plan)}
              change={(parent) => set({ move: { ...plan.move, [unit.unit_id]: parent } })}
              none={t('web.units.top')}
              options={going_on.filter(({ value }) => value !== unit.unit_id)}
            />
          ))}
        </section>
      ) : null}
    </>
  );
}
