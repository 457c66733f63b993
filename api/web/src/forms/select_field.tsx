import '~/forms/forms.css';
import { useId } from 'react';
import { useField } from '~/forms/form';
import type { FieldOf } from '~/forms/text_field';
import type { Option } from '~/reference/reference';

// One of a few known ones, in a form.
export function SelectField({
  name,
  label,
  hint,
  value,
  change,
  error,
  options,
  none,
}: FieldOf<string> & { options: Option[]; none?: string }) {
  const { message, element } = useField(name);
  const id = useId();
  const wrong = error ?? message;
  return (
    <div className={wrong ? 'select wrong' : 'select'}>
      <label htmlFor={id}>{label}</label>
      {hint ? (
        <p id={`${id}-hint`} className="small">
          {hint}
        </p>
      ) : null}
      <select
        id={id}
        ref={element as never}
        value={value}
        aria-invalid={wrong ? true : undefined}
        aria-describedby={`${hint ? `${id}-hint` : ''} ${wrong ? `${id}-wrong` : ''}`.trim() || undefined}
        onChange={(event) => change(event.currentTarget.value)}
      >
        {none === undefined ? null : <option value="">{none}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value} lang={option.lang}>
            {option.label}
          </option>
        ))}
      </select>
      {wrong ? (
        <p id={`${id}-wrong`} className="field-error">
          {wrong}
        </p>
      ) : null}
    </div>
  );
}
