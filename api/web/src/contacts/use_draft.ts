// A form's contents that survive a crash: sealed a moment after each change, there again when the form is opened.
import { useEffect, useState } from 'react';
import { give_up_draft, keep_draft, kept_draft } from '~/contacts/drafts';

export function useDraft<T extends object>(name: string, initial: () => T) {
  const [value, set_value] = useState(initial);
  const [restored, set_restored] = useState(false);
  useEffect(() => {
    let gone = false;
    kept_draft<T>(name)
      .then((before) => {
        if (gone || !before) return;
        set_value(before);
        set_restored(true);
      })
      .catch(() => undefined);
    return () => {
      gone = true;
    };
  }, [name]);
  return {
    value,
    restored,
    set(part: Partial<T>) {
      const next = { ...value, ...part };
      set_value(next);
      keep_draft(name, next);
    },
    // Without keeping it: what stands there is saved elsewhere.
    put: set_value,
    give_up: () => void give_up_draft(name),
    start_again() {
      void give_up_draft(name);
      set_restored(false);
      set_value(initial());
    },
  };
}
