import type { Names } from '~/administration/name_fields';
import { LongTextField } from '~/forms/text_field';
import { useTexts } from '~/texts/texts';

// Lines of words in the three languages; what is wrong with all of it stands at the first.
export function TextFields({
  name,
  legend,
  hint,
  value,
  change,
}: {
  name: string;
  legend: string;
  hint?: string;
  value: Names;
  change: (value: Names) => void;
}) {
  const { t } = useTexts();
  return (
    <fieldset className="choice stack">
      <legend>{legend}</legend>
      {hint ? <p className="small quiet">{hint}</p> : null}
      <div className="field-pair">
        <LongTextField
          name={`${name}.fi`}
          label={t('web.administration.name.in_finnish')}
          value={value.fi}
          change={(fi) => change({ ...value, fi })}
          lang="fi"
        />
        <LongTextField
          name={`${name}.sv`}
          label={t('web.administration.name.in_swedish')}
          value={value.sv}
          change={(sv) => change({ ...value, sv })}
          lang="sv"
        />
        <LongTextField
          name={`${name}.en`}
          label={t('web.administration.name.in_english')}
          value={value.en}
          change={(en) => change({ ...value, en })}
          lang="en"
        />
      </div>
    </fieldset>
  );
}
