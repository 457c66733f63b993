// Short word of what was done, and the way back while there is one. Stays while it is looked at.
import { useEffect, useState } from 'react';
import { observed, useObserved } from '~/observed';
import { useTexts } from '~/texts/texts';

export interface Toast {
  text: string;
  undo?: () => void; // what goes back, as a correcting event
}
interface Shown extends Toast {
  id: number;
}

const shown = observed<Shown[]>([]);
let next_id = 1;

export function toast(one: Toast) {
  shown.set([...shown.get().slice(-2), { ...one, id: next_id++ }]);
}
const take_away = (id: number) => shown.set(shown.get().filter((one) => one.id !== id));

export function Toasts() {
  const { t } = useTexts();
  const all = useObserved(shown);
  return (
    <section className="toasts on-screen" aria-label={t('web.toast.region')} aria-live="polite">
      {all.map((one) => (
        <OneToast key={one.id} toast={one} />
      ))}
    </section>
  );
}

const seconds = { plain: 6, with_undo: 15 };

function OneToast({ toast }: { toast: Shown }) {
  const { t } = useTexts();
  const [held, set_held] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(
      () => take_away(toast.id),
      1000 * (toast.undo ? seconds.with_undo : seconds.plain),
    );
    return () => clearTimeout(timer);
  }, [held, toast]);
  return (
    <div
      className="toast"
      onPointerEnter={() => set_held(true)}
      onPointerLeave={() => set_held(false)}
      onFocus={() => set_held(true)}
      onBlur={() => set_held(false)}
    >
      <p>{toast.text}</p>
      {toast.undo ? (
        <button
          type="button"
          className="plain-button"
          onClick={() => {
            take_away(toast.id);
            toast.undo?.();
          }}
        >
          {t('web.toast.undo')}
        </button>
      ) : null}
      <button type="button" className="plain-button" onClick={() => take_away(toast.id)}>
        {t('web.toast.close')}
      </button>
    </div>
  );
}
