// Which legal hold of the case is lifted: most often there is one, and then it is chosen already.
import { useEffect } from 'react';
import { useRead } from '~/api/reading';
import { Loaded } from '~/components/loaded';
import { SelectField } from '~/forms/select_field';
import { useTexts } from '~/texts/texts';

export function HoldChoice({
  case_id,
  value,
  change,
}: {
  case_id: string;
  value: string;
  change: (hold_id: string) => void;
}) {
  const { t, named, date } = useTexts();
  const reading = useRead('/api/v1/holds', {});
  const holds = reading.data?.holds.filter((one) => one.case_id === case_id);
  const only = holds?.length === 1 ? holds[0]?.hold_id : undefined;
  useEffect(() => {
    if (!value && only) change(only);
  }, [value, only, change]);
  return (
    <Loaded reading={reading}>
      {() => (
        <SelectField
          name="hold_id"
          label={named('label.hold_id')}
          value={value}
          change={change}
          none={t('web.case.choose')}
          options={(holds ?? []).map((one) => ({
            value: one.hold_id,
            label: `${one.reason} (${one.until ? date(one.until) : t('web.holds.until_lifted')})`,
          }))}
          required
        />
      )}
    </Loaded>
  );
}
