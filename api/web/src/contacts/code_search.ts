// Finding a code by what one begins to type: any word of its label, or of the code itself. The letters å, ä and ö
// are letters of their own; other accents are left out.
import type { Option } from '~/reference/reference';

export interface CodeOption extends Option {
  applies_to: string[]; // sectors; none: all
}

export function plain(text: string): string {
  return text
    .normalize('NFC')
    .toLocaleLowerCase('fi')
    .replace(/[^åäö\p{ASCII}]/gu, (letter) => letter.normalize('NFD').replace(/\p{M}/gu, ''));
}
const words_of = (text: string) =>
  plain(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

// Every word typed begins some word of it.
export function matches(option: Option, typed: string): boolean {
  const words = [...words_of(option.label), ...words_of(option.value)];
  return words_of(typed).every((begun) => words.some((word) => word.startsWith(begun)));
}

// Those that match: of the sectors at hand first, then the ones this person chose last, then in the set's order.
export function found(
  options: CodeOption[],
  typed: string,
  { last, sectors }: { last: string[]; sectors: string[] },
): CodeOption[] {
  const strange = (one: CodeOption) =>
    sectors.length > 0 &&
    one.applies_to.length > 0 &&
    !one.applies_to.some((sector) => sectors.includes(sector));
  const used = (one: CodeOption) => {
    const at = last.indexOf(one.value);
    return at < 0 ? last.length : at;
  };
  return options
    .filter((one) => matches(one, typed))
    .map((one, index) => ({ one, index }))
    .sort(
      (a, b) =>
        Number(strange(a.one)) - Number(strange(b.one)) || used(a.one) - used(b.one) || a.index - b.index,
    )
    .map(({ one }) => one);
}

// What the codes chosen say of the sectors: each that belongs to one; a code of several adds nothing where one of
// them is there already, and leaves the choice to the person where none is.
export function sectors_of(applies: string[][]): string[] {
  const sure = new Set(applies.filter((of) => of.length === 1).flat());
  return [...sure];
}
