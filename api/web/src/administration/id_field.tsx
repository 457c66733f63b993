// What a new unit, authority, letter or system is called in addresses and mappings; it never changes.
import { TextField } from '~/forms/text_field';
import { useTexts } from '~/texts/texts';

export function IdField({
  name,
  hint,
  value,
  change,
  taken,
}: {
  name: string;
  hint: string;
  value: string;
  change: (value: string) => void;
  taken: boolean; // by another one
}) {
  const { t } = useTexts();
  return (
    <TextField
      name={name}
      label={t('web.administration.id')}
      hint={hint}
      value={value}
      change={change}
      error={taken ? t('web.administration.id_taken') : undefined}
      required
      spellCheck={false}
    />
  );
}
