import { useEffect, useState } from 'react';
import { TextInput } from 'suomifi-ui-components';
import { useField } from '~/forms/form';
import type { FieldOf } from '~/forms/text_field';
import { useTexts } from '~/texts/texts';

// 1.3.2026, 1/3/2026 and 2026-03-01 are days; 1.3. is one of this year. Anything else stays as it was typed, and
// the server says what is wrong with it.
export function iso_of(typed: string, year = new Date().getFullYear()): string {
  const text = typed.trim();
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  const usual = /^(\d{1,2})[./](\d{1,2})[./]?(\d{4})?$/.exec(text);
  const [y, m, d] = iso
    ? [iso[1], iso[2], iso[3]]
    : usual
      ? [usual[3] ?? String(year), usual[2], usual[1]]
      : [];
  if (y === undefined || m === undefined || d === undefined) return text;
  const day = `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`;
  const real = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(real.getTime()) && real.toISOString().startsWith(day) ? day : text;
}

// A day, typed as it is written; what is handed on is ISO.
export function DateField({ name, label, hint, value, change, required, error }: FieldOf<string>) {
  const { t, date } = useTexts();
  const { message, element } = useField(name);
  const [typed, set_typed] = useState(value ? date(value) : '');
  useEffect(() => {
    // Changed from outside, other than by what stands here.
    set_typed((now) => (iso_of(now) === value ? now : value ? date(value) : ''));
  }, [value, date]);
  const wrong = error ?? message;
  return (
    <TextInput
      ref={element as never}
      name={name}
      labelText={label}
      hintText={hint ?? t('web.field.date_hint')}
      optionalText={required ? undefined : t('web.field.optional')}
      value={typed}
      onChange={(next) => {
        set_typed(String(next ?? ''));
        change(iso_of(String(next ?? '')));
      }}
      onBlur={() => {
        const iso = iso_of(typed);
        if (/^\d{4}-/.test(iso)) set_typed(date(iso));
      }}
      status={wrong ? 'error' : 'default'}
      statusText={wrong}
      aria-required={required}
      autoComplete="off"
      fullWidth
    />
  );
}
