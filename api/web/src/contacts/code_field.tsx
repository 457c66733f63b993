// One or several codes, found by typing: any word of the label or the code. Tab takes what stands first and goes
// on; Enter takes it and stays, for another. Without a word typed, Tab only goes on.
import '~/contacts/contacts.css';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { type CodeOption, found } from '~/contacts/code_search';
import { useField } from '~/forms/form';
import { useTexts } from '~/texts/texts';

export function CodeField({
  name,
  label,
  options,
  values,
  change,
  last = [],
  sectors = [],
  several = false,
  required = false,
  hint,
  error,
  focus_first = false,
}: {
  name: string; // the server's path of it
  label: string;
  options: CodeOption[];
  values: string[];
  change: (values: string[]) => void;
  last?: string[];
  sectors?: string[];
  several?: boolean;
  required?: boolean;
  hint?: string;
  error?: string | undefined;
  focus_first?: boolean;
}) {
  const { t } = useTexts();
  const { message, element } = useField(name);
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const label_of = (value: string) => options.find((one) => one.value === value)?.label ?? value;
  const chosen = several ? '' : label_of(values[0] ?? '');
  // Nothing while nobody types: then the field shows what is chosen.
  const [typed, set_typed] = useState<string>();
  const [open, set_open] = useState(false);
  const [at, set_at] = useState(0);
  const shown = useMemo(
    () =>
      found(options, typed ?? '', { last, sectors }).filter((one) => !several || !values.includes(one.value)),
    [options, typed, last, sectors, several, values],
  );
  const input = element as unknown as React.RefObject<HTMLInputElement | null>;
  // biome-ignore lint/correctness/useExhaustiveDependencies: when it appears
  useEffect(() => {
    if (focus_first) input.current?.focus();
  }, []);
  useEffect(() => {
    if (open) box.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  });

  const wrong = error ?? message;
  const begun = typed !== undefined && typed.trim() !== '';
  const marked = open ? shown[Math.min(at, shown.length - 1)] : undefined;

  function take(option: CodeOption | undefined) {
    set_typed(undefined);
    set_open(false);
    set_at(0);
    if (!option) return;
    if (!several) change([option.value]);
    else if (!values.includes(option.value)) change([...values, option.value]);
  }
  // What was typed and means nothing goes; an emptied field means none.
  function leave() {
    if (begun && shown.length > 0) take(shown[Math.min(at, shown.length - 1)]);
    else {
      if (!several && typed !== undefined && typed.trim() === '' && values.length > 0) change([]);
      take(undefined);
    }
  }

  return (
    <div className={wrong ? 'code-field wrong' : 'code-field'} ref={box}>
      <label htmlFor={id}>
        {label}
        {required ? null : <span className="quiet optional"> ({t('web.field.optional')})</span>}
      </label>
      {hint ? (
        <p id={`${id}-hint`} className="small quiet">
          {hint}
        </p>
      ) : null}
      <div className="code-box">
        {several
          ? values.map((value) => (
              <button
                key={value}
                type="button"
                className="chip"
                tabIndex={-1} // by the keyboard: Backspace in the field
                aria-label={t('web.contact.take_away', { name: label_of(value) })}
                onClick={() => {
                  change(values.filter((one) => one !== value));
                  input.current?.focus();
                }}
              >
                {label_of(value)}
                <span aria-hidden="true">×</span>
              </button>
            ))
          : null}
        <input
          id={id}
          ref={input}
          role="combobox"
          aria-expanded={open && shown.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={marked ? `${id}-${marked.value}` : undefined}
          aria-required={required}
          aria-invalid={wrong ? true : undefined}
          aria-describedby={`${hint ? `${id}-hint` : ''} ${wrong ? `${id}-wrong` : ''}`.trim() || undefined}
          autoComplete="off"
          spellCheck={false}
          value={typed ?? chosen}
          onFocus={(event) => event.currentTarget.select()}
          onClick={() => set_open(true)}
          onChange={(event) => {
            set_typed(event.currentTarget.value);
            set_open(true);
            set_at(0);
          }}
          onBlur={leave}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return;
            if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
              event.preventDefault();
              if (!open) set_open(true);
              else
                set_at((now) =>
                  Math.max(0, Math.min(shown.length - 1, now + (event.key === 'ArrowDown' ? 1 : -1))),
                );
            } else if (event.key === 'Enter' && event.ctrlKey) {
              leave();
            } else if (event.key === 'Enter') {
              event.preventDefault();
              if (marked) take(marked);
            } else if (event.key === 'Tab' && open && marked && (begun || at > 0)) {
              take(marked);
            } else if (event.key === 'Escape' && open) {
              event.preventDefault();
              event.stopPropagation();
              take(undefined);
            } else if (event.key === 'Backspace' && several && !typed && values.length > 0) {
              change(values.slice(0, -1));
            }
          }}
        />
      </div>
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={label}
        className="code-list"
        hidden={!open || shown.length === 0}
      >
        {open
          ? shown.map((one) => (
              <div
                key={one.value}
                id={`${id}-${one.value}`}
                role="option"
                aria-selected={one === marked}
                tabIndex={-1}
                onPointerDown={(event) => {
                  event.preventDefault();
                  take(one);
                }}
              >
                {one.label}
              </div>
            ))
          : null}
      </div>
      {open && begun && shown.length === 0 ? (
        <p className="small quiet" role="status">
          {t('web.contact.no_such_code')}
        </p>
      ) : null}
      {wrong ? (
        <p id={`${id}-wrong`} className="field-error">
          {wrong}
        </p>
      ) : null}
    </div>
  );
}
