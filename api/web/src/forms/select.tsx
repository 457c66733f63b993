import '~/forms/forms.css';
import { useId } from 'react';
import type { Option } from '~/reference/reference';

// One of some, as the browser shows them: for filters, and wherever there are too few to type for.
export function Select({
  label,
  value,
  options,
  change,
  all,
}: {
  label: string;
  value: string;
  options: Option[];
  change: (value: string) => void;
  all?: string; // what choosing none is called
}) {
  const id = useId();
  return (
    <div className="select">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => change(event.currentTarget.value)}>
        {all === undefined ? null : <option value="">{all}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value} lang={option.lang}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
