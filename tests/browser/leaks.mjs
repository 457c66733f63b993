// Nothing that people write may stand where others read it: not in the server's log, not in an address, which
// histories and proxies keep. What is typed is taken down while the stories run, and looked for in both.

// All that the server says of itself, line by line; anything else is told as a leak, whatever it is.
const uuid = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const lines = [
  // a request: its route's pattern, never the path
  String.raw`(none|/[a-z0-9{}_./-]*) \d{3} \d+\.\d ms`,
  String.raw`checkpoints: \d+ signed`,
  String.raw`files reaped: \d+ orphans, \d+ without a key, \d+ unfinished`,
  String.raw`alerts of \d{4}-\d{2}-\d{2}: \d+ messages, \d+ people skipped`,
  String.raw`webhook [a-z0-9-]+: attempt \d+ failed with (no answer|\d{3})`,
  String.raw`alert ${uuid}: [a-z -]+ [a-z_-]* ?\d*`,
  String.raw`destruction list ${uuid}: (\d+ items|\d+ destroyed, \d+ held back after all|completed)`,
  String.raw`keys: \d+ wrapped anew`,
  'the certificate was renewed',
].map((line) => new RegExp(String.raw`^\[[\d :.-]+\] \[vastine\] \[(info|warning)\] ${line}$`));

// Runs in the page: what is written into a field where one may write anything. A field with a list beside it holds
// codes; a login, and the id that an administrator gives a unit, are no secret of anybody's case.
export const take_down = () => {
  addEventListener(
    'change',
    ({ target }) => {
      const free = target.tagName === 'TEXTAREA' || ['text', 'search', 'password', 'email', 'tel'].includes(target.type);
      if (free && target.getAttribute('role') !== 'combobox' && !/^login$|(^|[_.])(id|code)$/.test(target.name)) globalThis.typed_here(target.value);
    },
    true,
  );
};

export class Leaks {
  #typed = new Set();
  found = [];

  typed(text) {
    for (const part of text.split('\n')) if (/\p{L}{4}/u.test(part)) this.#typed.add(part.trim().toLowerCase());
  }
  address(url) {
    const said = decodeURIComponent(url.replaceAll('+', ' ')).toLowerCase();
    for (const text of this.#typed) if (said.includes(text)) this.found.push('an address holds what was typed');
  }
  log(text) {
    for (const line of text.split('\n')) {
      if (line === '') continue;
      if (!lines.some((one) => one.test(line))) this.found.push(`the log says: ${line}`);
      for (const one of this.#typed) if (line.toLowerCase().includes(one)) this.found.push(`the log says what was typed: ${line}`);
    }
  }
  get count() {
    return this.#typed.size;
  }
}
