import '~/components/components.css';

// One of a few, all in sight.
export function Choice<T extends string>({
  name,
  legend,
  value,
  options,
  change,
}: {
  name: string;
  legend: string;
  value: T;
  options: [T, string][];
  change: (value: T) => void;
}) {
  return (
    <fieldset className="choice">
      <legend>{legend}</legend>
      {options.map(([of, label]) => (
        <label key={of}>
          <input type="radio" name={name} checked={of === value} onChange={() => change(of)} />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
