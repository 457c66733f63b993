import '~/forms/forms.css';
import { useId } from 'react';
import { useField } from '~/forms/form';

// One file, by the browser's own control: it can be reached, named and dropped upon everywhere.
export function FileField({
  name,
  label,
  hint,
  accept,
  change,
  error,
}: {
  name: string;
  label: string;
  hint?: string;
  accept?: string;
  change: (file: File | undefined) => void;
  error?: string | undefined;
}) {
  const { message, element } = useField(name);
  const id = useId();
  const wrong = error ?? message;
  return (
    <div className="select">
      <label htmlFor={id}>{label}</label>
      {hint ? (
        <p id={`${id}-hint`} className="small quiet">
          {hint}
        </p>
      ) : null}
      <input
        id={id}
        ref={element as never}
        type="file"
        accept={accept}
        aria-invalid={wrong ? true : undefined}
        aria-describedby={`${hint ? `${id}-hint` : ''} ${wrong ? `${id}-wrong` : ''}`.trim() || undefined}
        onChange={(event) => change(event.currentTarget.files?.[0])}
      />
      {wrong ? (
        <p id={`${id}-wrong`} className="field-error">
          {wrong}
        </p>
      ) : null}
    </div>
  );
}
