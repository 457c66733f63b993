// What a page shows, kept in its address: so it can be reloaded, gone back to and sent to a colleague. Never
// anything personal: addresses are remembered by browsers and written into logs.
import { useCallback, useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';

export function useAddress<const Names extends string>(names: readonly Names[]) {
  const search = useSearch();
  const [path, go] = useLocation();
  const values = useMemo(() => {
    const given = new URLSearchParams(search);
    return Object.fromEntries(names.map((name) => [name, given.get(name) ?? ''])) as Record<Names, string>;
  }, [search, names]);
  const change = useCallback(
    (changed: Partial<Record<Names, string>>) => {
      const next = new URLSearchParams(search);
      for (const [name, value] of Object.entries(changed) as [string, string][]) {
        if (value) next.set(name, value);
        else next.delete(name);
      }
      const text = next.toString();
      go(text ? `${path}?${text}` : path, { replace: true });
    },
    [search, path, go],
  );
  return [values, change] as const;
}
