// From which day and until which: the last day is still within.
import { DateField } from '~/forms/date_field';
import { useTexts } from '~/texts/texts';

interface Validity {
  valid_from: string;
  valid_until: string;
}

export function ValidityFields({
  value,
  change,
  from_required = false,
}: {
  value: Validity;
  change: (value: Partial<Validity>) => void;
  from_required?: boolean;
}) {
  const { t } = useTexts();
  return (
    <>
      <DateField
        name="valid_from"
        label={t('web.administration.valid_from')}
        value={value.valid_from}
        change={(valid_from) => change({ valid_from })}
        required={from_required}
      />
      <DateField
        name="valid_until"
        label={t('web.administration.valid_until')}
        value={value.valid_until}
        change={(valid_until) => change({ valid_until })}
      />
    </>
  );
}
