// What a case is opened with, in the order of the paper it came on: when and how, from whom, about what.
import { is_value, nothing_yet, type Value } from '~/case_page/contents';
import { ManyOf, StepFields } from '~/case_steps/step_fields';
import { Check } from '~/forms/checks';
import { useCodes, useUnits } from '~/reference/reference';
import { useTexts } from '~/texts/texts';

export function OpeningFields({
  value,
  change,
  kind,
  path = 'opening',
}: {
  value: Value;
  change: (value: Value) => void;
  kind: string;
  path?: string;
}) {
  const { t, named } = useTexts();
  const units = useUnits();
  const codes = useCodes();
  const person_of = (name: string) => (is_value(value[name]) ? value[name] : {}) as Value;
  const fields = (only: readonly string[]) => (
    <StepFields
      message="Opening"
      value={value}
      change={change}
      facts={nothing_yet}
      kind={kind}
      path={path}
      only={only}
    />
  );
  const put = (name: string, next: unknown) => change({ ...value, [name]: next });
  const person = (name: string) => (
    <PersonFields value={person_of(name)} change={(next) => put(name, next)} path={`${path}.${name}`} />
  );
  const list = (name: string) => (Array.isArray(value[name]) ? (value[name] as string[]) : []);
  const by_another = value.maker !== 'client' && value.maker !== '' && value.maker !== undefined;
  return (
    <>
      <fieldset className="part stack">
        <legend>{t('web.register.part.arrival')}</legend>
        <div className="pair">{fields(['arrived_on', 'channel', 'language'])}</div>
      </fieldset>
      <fieldset className="part stack">
        <legend>{t('web.register.part.who')}</legend>
        <div className="pair">{fields(['maker'])}</div>
        <fieldset className="inner stack">
          <legend>{named('label.client')}</legend>
          {person('client')}
        </fieldset>
        {by_another ? (
          <>
            <fieldset className="inner stack">
              <legend>{named('label.maker_person')}</legend>
              {person('maker_person')}
            </fieldset>
            {fields(['standing'])}
          </>
        ) : null}
      </fieldset>
      <fieldset className="part stack">
        <legend>{t('web.register.part.what')}</legend>
        {fields(['subject'])}
        <ManyOf
          name={`${path}.units`}
          label={named('label.units')}
          value={list('units')}
          change={(next) => put('units', next)}
          options={units.options()}
        />
        {fields(['sectors'])}
        <div className="pair">{fields(['cause', 'service_task', 'provider'])}</div>
        <ManyOf
          name={`${path}.other_causes`}
          label={named('label.other_causes')}
          value={list('other_causes')}
          change={(next) => put('other_causes', next)}
          options={codes.options('cause').filter((one) => one.value !== value.cause)}
        />
        {fields(['matters'])}
      </fieldset>
      <details>
        <summary>{t('web.register.part.numbers')}</summary>
        <fieldset className="part stack">
          <legend className="out-of-sight">{t('web.register.part.numbers')}</legend>
          <div className="pair">{fields(['diary_number', 'external_id', 'municipality'])}</div>
        </fieldset>
      </details>
    </>
  );
}

function PersonFields({
  value,
  change,
  path,
}: {
  value: Value;
  change: (value: Value) => void;
  path: string;
}) {
  const { t, named } = useTexts();
  const fields = (only: readonly string[]) => (
    <StepFields
      message="Person"
      value={value}
      change={change}
      facts={nothing_yet}
      kind=""
      path={path}
      only={only}
    />
  );
  return (
    <>
      <div className="pair">{fields(['name', 'identity_code', 'phone', 'email', 'address'])}</div>
      <details>
        <summary>{t('web.register.more_of_person')}</summary>
        <div className="pair">{fields(['birth_on', 'temporary_id', 'mother_tongue'])}</div>
      </details>
      <Check
        name={`${path}.disclosure_banned`}
        label={named('label.disclosure_banned')}
        value={value.disclosure_banned === true}
        change={(banned) => change({ ...value, disclosure_banned: banned })}
      />
      {value.disclosure_banned === true ? fields(['ban_scope']) : null}
    </>
  );
}
