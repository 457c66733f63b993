// Three versions of a text, line by line: what stood, what another made of it, what is typed here. Lines that
// only one of the two changed are taken from that one; where both changed the same, somebody has to choose.

export interface Part {
  lines: string[]; // as they stand merged; of a meeting: nothing
  met?: { mine: string[]; theirs: string[] };
}

// For each line of `of`, the line of `to` that it became; -1: it is gone.
function matches(of: string[], to: string[]): number[] {
  const longest = Array.from({ length: of.length + 1 }, () => new Uint32Array(to.length + 1));
  for (let i = of.length - 1; i >= 0; --i) {
    const row = longest[i] as Uint32Array;
    const below = longest[i + 1] as Uint32Array;
    for (let j = to.length - 1; j >= 0; --j)
      row[j] = of[i] === to[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
  }
  const found = new Array<number>(of.length).fill(-1);
  for (let i = 0, j = 0; i < of.length && j < to.length; ) {
    if (of[i] === to[j]) found[i++] = j++;
    else if ((longest[i + 1]?.[j] ?? 0) >= (longest[i]?.[j + 1] ?? 0)) ++i;
    else ++j;
  }
  return found;
}

const same = (a: string[], b: string[]) => a.length === b.length && a.every((line, at) => line === b[at]);

export function merged(stood: string, mine: string, theirs: string): Part[] {
  const base = stood.split('\n');
  const own = mine.split('\n');
  const other = theirs.split('\n');
  const in_own = matches(base, own);
  const in_other = matches(base, other);
  const parts: Part[] = [];
  const add = (part: Part) => {
    const last = parts.at(-1);
    if (last && !last.met && !part.met) last.lines.push(...part.lines);
    else if (part.met || part.lines.length > 0) parts.push(part);
  };
  let [b, m, t] = [0, 0, 0];
  for (;;) {
    // The next line that both have kept, with what each did before it.
    let next = b;
    while (next < base.length && (in_own[next] === -1 || in_other[next] === -1)) ++next;
    const to_m = next < base.length ? (in_own[next] as number) : own.length;
    const to_t = next < base.length ? (in_other[next] as number) : other.length;
    const was = base.slice(b, next);
    const made = own.slice(m, to_m);
    const theirs_made = other.slice(t, to_t);
    if (same(made, theirs_made) || same(theirs_made, was)) add({ lines: made });
    else if (same(made, was)) add({ lines: theirs_made });
    else add({ lines: [], met: { mine: made, theirs: theirs_made } });
    if (next >= base.length) return parts;
    add({ lines: [base[next] as string] });
    [b, m, t] = [next + 1, to_m + 1, to_t + 1];
  }
}

export interface Line {
  text: string;
  kind: 'kept' | 'added' | 'removed';
}

// What became of a text, line by line.
export function changes(before: string, after: string): Line[] {
  const of = before.split('\n');
  const to = after.split('\n');
  const became = matches(of, to);
  const lines: Line[] = [];
  let j = 0;
  for (const [i, text] of of.entries()) {
    const at = became[i] ?? -1;
    if (at === -1) {
      lines.push({ text, kind: 'removed' });
      continue;
    }
    for (; j < at; ++j) lines.push({ text: to[j] ?? '', kind: 'added' });
    lines.push({ text, kind: 'kept' });
    ++j;
  }
  for (; j < to.length; ++j) lines.push({ text: to[j] ?? '', kind: 'added' });
  return lines.filter(({ text, kind }) => kind === 'kept' || text !== '');
}
