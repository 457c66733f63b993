import type { HTMLInputAutoCompleteAttribute } from 'react';
import { Textarea, TextInput } from 'suomifi-ui-components';
import { useField } from '~/forms/form';
import { useTexts } from '~/texts/texts';

export interface FieldOf<T> {
  name: string; // the server's path of it: opening.arrived_on
  label: string;
  hint?: string;
  value: T;
  change: (value: T) => void;
  required?: boolean; // else the label says that it may be left out
  error?: string | undefined; // of our own; the server's comes by itself
  lang?: string; // what is typed there is in, when it is not the page's language
}

export function TextField({
  type = 'text',
  ...field
}: FieldOf<string> & {
  type?: 'text' | 'email' | 'number' | 'password' | 'tel' | 'url';
  autoComplete?: HTMLInputAutoCompleteAttribute;
  autoCapitalize?: string;
  spellCheck?: boolean;
  lang?: string; // of what is typed, when it is another than the page's
}) {
  const { t } = useTexts();
  const { name, label, hint, value, change, required, error, ...rest } = field;
  const { message, element } = useField(name);
  const wrong = error ?? message;
  return (
    <TextInput
      {...rest}
      ref={element as never}
      type={type}
      name={name}
      labelText={label}
      hintText={hint}
      optionalText={required ? undefined : t('web.field.optional')}
      value={value}
      onChange={(next) => change(String(next ?? ''))}
      status={wrong ? 'error' : 'default'}
      statusText={wrong}
      aria-required={required}
      fullWidth
    />
  );
}

export function LongTextField(field: FieldOf<string> & { lang?: string }) {
  const { t } = useTexts();
  const { name, label, hint, value, change, required, error, lang } = field;
  const { message, element } = useField(name);
  const wrong = error ?? message;
  return (
    <Textarea
      {...(lang ? { lang } : {})}
      ref={element as never}
      name={name}
      labelText={label}
      hintText={hint}
      optionalText={required ? undefined : t('web.field.optional')}
      value={value}
      onChange={(event) => change(event.currentTarget.value)}
      status={wrong ? 'error' : 'default'}
      statusText={wrong}
      aria-required={required}
      resize="vertical"
      lang={lang}
      fullWidth
    />
  );
}
