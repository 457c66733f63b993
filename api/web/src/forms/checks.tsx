import '~/forms/forms.css';
import { useId } from 'react';
import { useField } from '~/forms/form';
import type { FieldOf } from '~/forms/text_field';
import type { Option } from '~/reference/reference';

// Any of some, all in sight.
export function Checks({
  name,
  label,
  hint,
  value,
  change,
  error,
  options,
}: FieldOf<string[]> & { options: Option[] }) {
  const { message, element } = useField(name);
  const id = useId();
  const wrong = error ?? message;
  return (
    <fieldset className="choice checks" aria-describedby={wrong ? id : undefined}>
      <legend>{label}</legend>
      {hint ? <p className="small quiet">{hint}</p> : null}
      {options.map((option, index) => (
        <label key={option.value}>
          <input
            ref={index === 0 ? (element as never) : undefined}
            type="checkbox"
            checked={value.includes(option.value)}
            onChange={(event) =>
              change(
                event.currentTarget.checked
                  ? [...value, option.value]
                  : value.filter((one) => one !== option.value),
              )
            }
          />
          <span lang={option.lang}>{option.label.trim()}</span>
        </label>
      ))}
      {wrong ? (
        <p id={id} className="field-error">
          {wrong}
        </p>
      ) : null}
    </fieldset>
  );
}

export function Check({ name, label, hint, value, change, error }: FieldOf<boolean>) {
  const { message, element } = useField(name);
  const id = useId();
  const wrong = error ?? message;
  return (
    <div className="choice">
      <label>
        <input
          ref={element as never}
          type="checkbox"
          checked={value}
          aria-describedby={wrong || hint ? id : undefined}
          onChange={(event) => change(event.currentTarget.checked)}
        />
        {label}
      </label>
      {wrong || hint ? (
        <p id={id} className={wrong ? 'field-error' : 'small quiet'}>
          {wrong ?? hint}
        </p>
      ) : null}
    </div>
  );
}
