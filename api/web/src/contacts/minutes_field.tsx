// Minutes: a timer that runs while the contact is written, until somebody knows better.
import '~/contacts/contacts.css';
import { useEffect, useId, useRef, useState } from 'react';
import { useField } from '~/forms/form';
import { useTexts } from '~/texts/texts';

export function MinutesField({
  name,
  value,
  change,
  seconds,
  tick,
}: {
  name: string;
  value: string; // as typed; empty: the timer's
  change: (value: string) => void;
  seconds: number;
  tick: (seconds: number) => void; // now and then, for whoever keeps them
}) {
  const { t, named } = useTexts();
  const { message, element } = useField(name);
  const id = useId();
  const began = useRef(Date.now() - seconds * 1000);
  const [passed, set_passed] = useState(seconds);
  const told = useRef(tick);
  told.current = tick;
  useEffect(() => {
    const timer = setInterval(() => {
      const now = Math.floor((Date.now() - began.current) / 1000);
      set_passed(now);
      if (now % 10 === 0 || now % 60 === 1) told.current(now);
    }, 1000);
    return () => clearInterval(timer);
  }, []);
  const clock = `${Math.floor(passed / 60)}.${String(passed % 60).padStart(2, '0')}`;
  return (
    <div className={message ? 'code-field minutes wrong' : 'code-field minutes'}>
      <label htmlFor={id}>{named('label.minutes')}</label>
      <div className="minutes-row">
        <div className="code-box">
          <input
            id={id}
            ref={element as never}
            inputMode="numeric"
            autoComplete="off"
            value={value === '' ? String(Math.max(1, Math.ceil(passed / 60))) : value}
            aria-invalid={message ? true : undefined}
            aria-describedby={`${id}-clock${message ? ` ${id}-wrong` : ''}`}
            onFocus={(event) => event.currentTarget.select()}
            onChange={(event) => change(event.currentTarget.value.replace(/\D/g, '').slice(0, 4))}
          />
        </div>
        <span id={`${id}-clock`} className="small quiet">
          {value === '' ? (
            <>
              {t('web.contact.timer_runs')} <span aria-hidden="true">{clock}</span>
            </>
          ) : (
            <button type="button" className="plain-button" onClick={() => change('')}>
              {t('web.contact.timer_back')}
            </button>
          )}
        </span>
      </div>
      {message ? (
        <p id={`${id}-wrong`} className="field-error">
          {message}
        </p>
      ) : null}
    </div>
  );
}
