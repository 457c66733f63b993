// What a form works on: as it was read first, as it is typed, and as somebody else has saved it since.
import { useState } from 'react';

export interface Draft<T> {
  mine: T;
  set: (changed: Partial<T>) => void;
  stood: T;
  theirs: T;
  take: (merged: T) => void; // goes on from theirs
}

export function useDraft<T extends object>(read: T): Draft<T> {
  const [stood, set_stood] = useState(read);
  const [mine, set_mine] = useState(read);
  return {
    mine,
    set: (changed) => set_mine((now) => ({ ...now, ...changed })),
    stood,
    theirs: read,
    take: (merged) => {
      set_stood(read);
      set_mine(merged);
    },
  };
}
