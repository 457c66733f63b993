import { useMemo } from 'react';
import type { CodeOption } from '~/contacts/code_search';
import { useCodes } from '~/reference/reference';

// The codes of a set, each with the sectors it is offered for.
export function useCodeOptions() {
  const codes = useCodes();
  return useMemo(() => {
    const made = new Map<string, CodeOption[]>();
    return (set: string): CodeOption[] => {
      const before = made.get(set);
      if (before) return before;
      const applies = new Map(codes.sets.get(set)?.codes.map((one) => [one.code, one.applies_to]));
      const all = codes.options(set).map((one) => ({ ...one, applies_to: applies.get(one.value) ?? [] }));
      made.set(set, all);
      return all;
    };
  }, [codes]);
}
