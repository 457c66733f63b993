// What a page does by itself rather than through a form's command: refused or not, its list is read again.
import { useState } from 'react';
import { Refusal, Unreachable } from '~/api/refusal';

export function useTrying(then: () => Promise<unknown>) {
  const [refusal, set_refusal] = useState<Refusal | Unreachable>();
  const tried = async (work: () => Promise<unknown>) => {
    set_refusal(undefined);
    try {
      await work();
      await then();
    } catch (wrong) {
      if (!(wrong instanceof Refusal) && !(wrong instanceof Unreachable)) throw wrong;
      set_refusal(wrong);
    }
  };
  return { tried, refusal };
}
