// The fields of a step's form, from what its command asks for; ids are chosen by the words behind them.
import { type FieldRow, messages } from '#generated/command_forms';
import { type Contents, is_value, matters_of, type Value } from '~/case_page/contents';
import { empty_of } from '~/case_steps/beginnings';
import { CaseField } from '~/case_steps/case_field';
import { Check, Checks } from '~/forms/checks';
import { DateField } from '~/forms/date_field';
import { SelectField } from '~/forms/select_field';
import { LongTextField, TextField } from '~/forms/text_field';
import { type Option, useAuthorities, useCodes, useColleagues, useUnits } from '~/reference/reference';
import { useTexts } from '~/texts/texts';

export interface FieldsOf {
  message: string;
  value: Value;
  change: (value: Value) => void;
  facts: Contents;
  kind: string; // of the case: complaint, authority-request ...
  path?: string; // of the value in what is sent: opening.client
  only?: readonly string[]; // of the message's fields, in this order
  without?: readonly string[];
}

export function StepFields({ message, value, change, facts, kind, path = '', only, without }: FieldsOf) {
  const rows = messages[message] ?? [];
  const shown = only
    ? only.map((name) => rows.find((row) => row.name === name)).filter((row) => row !== undefined)
    : rows.filter(({ name }) => !without?.includes(name));
  return (
    <>
      {shown.map((row) => (
        <StepField
          key={row.name}
          row={row}
          name={path ? `${path}.${row.name}` : row.name}
          value={value[row.name]}
          change={(next) => change({ ...value, [row.name]: next })}
          facts={facts}
          kind={kind}
        />
      ))}
    </>
  );
}

function StepField({
  row,
  name,
  value,
  change,
  facts,
  kind,
}: {
  row: FieldRow;
  name: string;
  value: unknown;
  change: (value: unknown) => void;
  facts: Contents;
  kind: string;
}) {
  const { t, named } = useTexts();
  const options = useOptions(facts);
  // The cause of a case is a code; the reason for a step is written.
  const label = row.name === 'reason' ? t('web.case.reason') : named(`label.${row.name}`);
  const text = typeof value === 'string' ? value : '';
  const plain = { name, label, value: text, change, required: row.required ?? false };
  if (row.holds === 'message' && row.list) {
    const all = Array.isArray(value) ? value.filter(is_value) : [];
    return (
      <fieldset className="inner stack">
        <legend>{label}</legend>
        {all.map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they have no name but their number
          <fieldset key={index} className="inner stack one-of-many">
            <legend>{t('web.case.number', { label, n: index + 1 })}</legend>
            <StepFields
              message={row.of ?? ''}
              value={one}
              change={(next) => change(all.map((before, at) => (at === index ? next : before)))}
              facts={facts}
              kind={kind}
              path={`${name}[${index}]`}
            />
            <button
              type="button"
              className="plain-button start"
              onClick={() => change(all.filter((_, at) => at !== index))}
            >
              {t('web.case.remove', { label, n: index + 1 })}
            </button>
          </fieldset>
        ))}
        <button
          type="button"
          className="plain-button start"
          onClick={() => change([...all, empty_of(row.of ?? '')])}
        >
          {t('web.case.add', { label })}
        </button>
      </fieldset>
    );
  }
  if (row.holds === 'message') {
    return (
      <fieldset className="inner stack">
        <legend>{label}</legend>
        <StepFields
          message={row.of ?? ''}
          value={is_value(value) ? value : {}}
          change={change}
          facts={facts}
          kind={kind}
          path={name}
        />
      </fieldset>
    );
  }
  if (row.list) {
    const all = Array.isArray(value) ? (value as string[]) : [];
    const offered = options(row);
    return offered.length > 8 ? (
      <ManyOf name={name} label={label} value={all} change={change} options={offered} />
    ) : (
      <Checks name={name} label={label} value={all} change={change} options={offered} />
    );
  }
  switch (row.holds) {
    case 'date':
      return <DateField {...plain} />;
    case 'flag':
      return <Check name={name} label={label} value={value === true} change={change} />;
    case 'number':
      return (
        <TextField
          {...plain}
          type="number"
          value={value ? String(value) : ''}
          change={(next) => change(Number(next) || 0)}
        />
      );
    case 'long':
      return <LongTextField {...plain} />;
    case 'text':
      return <TextField {...plain} />;
    default:
      break;
  }
  if (case_fields.has(row.name)) return <CaseField {...plain} kind={kind} />;
  return (
    <SelectField
      {...plain}
      none={row.required ? t('web.case.choose') : t('web.case.none')}
      options={with_the_present(options(row), text)}
    />
  );
}

const case_fields = new Set(['into', 'other', 'complaint_id', 'supplements']);

// What a case holds stays among the choices when it could no longer be chosen.
export const with_the_present = (options: Option[], value: string) =>
  value === '' || options.some((one) => one.value === value)
    ? options
    : [...options, { value, label: value }];

export function ManyOf({
  name,
  label,
  value,
  change,
  options,
}: {
  name: string;
  label: string;
  value: string[];
  change: (value: string[]) => void;
  options: Option[];
}) {
  const { t } = useTexts();
  const label_of = (id: string) => options.find((one) => one.value === id)?.label.trim() ?? id;
  return (
    <div className="stack close">
      <SelectField
        name={name}
        label={label}
        value=""
        none={value.length === 0 ? t('web.case.choose') : t('web.case.choose_more')}
        change={(chosen) => {
          if (chosen) change([...value, chosen]);
        }}
        options={options.filter((one) => !value.includes(one.value))}
      />
      {value.length > 0 ? (
        <ul className="chosen" aria-label={t('web.case.chosen', { label })}>
          {value.map((one) => (
            <li key={one}>
              <span>{label_of(one)}</span>
              <button
                type="button"
                className="plain-button"
                aria-label={t('web.case.take_away', { label: label_of(one) })}
                onClick={() => change(value.filter((other) => other !== one))}
              >
                ✕
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

function useOptions(facts: Contents) {
  const { t, date } = useTexts();
  const units = useUnits();
  const codes = useCodes();
  const authorities = useAuthorities();
  const people = useColleagues();
  const short = (words: string) => (words.length > 70 ? `${words.slice(0, 70)}…` : words);
  return (row: FieldRow): Option[] => {
    switch (row.holds) {
      case 'unit':
        return units.options();
      case 'user':
        return people.options();
      case 'authority':
        return authorities.options();
      case 'code':
        return codes.options(row.set ?? '');
      default:
        break;
    }
    switch (row.name) {
      case 'statement_id':
        return facts.statements
          .filter((one) => !one.waived_on && !one.received_on)
          .map((one) => ({
            value: one.statement_id,
            label: t('web.case.statement_of', { unit: units.name_of(one.unit), date: date(one.asked_on) }),
          }));
      case 'inquiry_id':
        return facts.inquiries
          .filter((one) => !one.answered_on)
          .map((one) => ({
            value: one.inquiry_id,
            label: `${codes.label('inquiry', one.inquiry_kind)}, ${one.sender}, ${date(one.received_on)}`,
          }));
      case 'measure_id':
        return facts.measures
          .filter((one) => !one.verified_on)
          .map((one) => ({ value: one.measure_id, label: `${short(one.what)} (${date(one.due_by)})` }));
      case 'document_id':
        return facts.documents.map((one) => ({
          value: one.document_id,
          label: `${one.title}, ${date(one.dated_on)}`,
        }));
      case 'link_id':
        return facts.links
          .filter((one) => !one.ended_on)
          .map((one) => ({ value: one.link_id, label: `${one.reminder}, ${date(one.given_on)}` }));
      case 'matter_id':
        return matters_of(facts).map((one, index) => ({
          value: `m${index + 1}`,
          label: `${index + 1}. ${short(String(one.description ?? '')) || codes.label('cause', String(one.cause ?? ''))}`,
        }));
      default:
        return [];
    }
  };
}
