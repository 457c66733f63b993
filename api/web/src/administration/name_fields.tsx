import { TextField } from '~/forms/text_field';
import { useTexts } from '~/texts/texts';

export interface Names {
  fi: string;
  sv: string;
  en: string;
}
export const no_names: Names = { fi: '', sv: '', en: '' };

// One thing's name in the three languages. What is wrong with all of it stands at the first.
export function NameFields({
  name,
  value,
  change,
}: {
  name: string;
  value: Names;
  change: (value: Names) => void;
}) {
  const { t } = useTexts();
  return (
    <fieldset className="choice stack">
      <legend>{t('web.administration.name')}</legend>
      <div className="field-pair">
        <TextField
          name={name}
          label={t('web.administration.name.in_finnish')}
          value={value.fi}
          change={(fi) => change({ ...value, fi })}
          required
          lang="fi"
        />
        <TextField
          name={`${name}.sv`}
          label={t('web.administration.name.in_swedish')}
          value={value.sv}
          change={(sv) => change({ ...value, sv })}
          required
          lang="sv"
        />
        <TextField
          name={`${name}.en`}
          label={t('web.administration.name.in_english')}
          value={value.en}
          change={(en) => change({ ...value, en })}
          required
          lang="en"
        />
      </div>
    </fieldset>
  );
}
