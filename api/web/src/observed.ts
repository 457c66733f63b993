// A value that lives outside React and is watched by it.
import { useSyncExternalStore } from 'react';

export interface Observed<T> {
  get(): T;
  set(value: T): void;
  subscribe(changed: () => void): () => void;
}

export function observed<T>(initial: T): Observed<T> {
  let value = initial;
  const watchers = new Set<() => void>();
  return {
    get: () => value,
    set: (next) => {
      if (Object.is(next, value)) return;
      value = next;
      for (const changed of [...watchers]) changed();
    },
    subscribe: (changed) => {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
  };
}

export function useObserved<T>(of: Observed<T>): T {
  return useSyncExternalStore(of.subscribe, of.get);
}
