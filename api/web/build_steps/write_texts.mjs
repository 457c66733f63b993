// The texts that the application uses, one module a language, from the catalogue that the server shares.
//
// Its own are web.*; each must be asked for in a source file, in quotes. Of the shared ones it takes the
// families below, whose ids come from the server (CaseRow.stage) or from the schema (command labels).
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { write_if_changed } from './write_if_changed.mjs';

const languages = ['fi', 'sv', 'en'];
const families = [
  'stage',
  'next',
  'due',
  'command',
  'label',
  'publication.stage',
  'token_scope',
  'destruction.stage',
];

export function write_texts({ texts, sources, generated }) {
  const catalogue = new Map();
  for (const file of readdirSync(texts).sort()) {
    if (file.endsWith('.toml')) read(parse(readFileSync(join(texts, file), 'utf8')), [], catalogue, file);
  }
  const taken = new Map(
    [...catalogue]
      .filter(([id]) => id.startsWith('web.') || families.some((family) => id.startsWith(`${family}.`)))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  const asked = words_of(sources);
  const unused = [...taken.keys()].filter(
    (id) => id.startsWith('web.') && !asked.has(id) && !asked.has(id.replace(/\.(one|other)$/, '')),
  );
  if (unused.length > 0)
    throw new Error(`These texts are asked for nowhere in api/web/src:\n  ${unused.join('\n  ')}`);

  for (const language of languages) {
    const all = Object.fromEntries([...taken].map(([id, text]) => [id, text[language]]));
    write_if_changed(
      join(generated, `texts_${language}.ts`),
      `export const texts: Record<string, string> = ${JSON.stringify(all, null, 1)};\n`,
    );
  }
  const plurals = [...taken.keys()].filter((id) => id.endsWith('.one')).map((id) => id.slice(0, -4));
  for (const id of plurals) {
    if (!taken.has(`${id}.other`)) throw new Error(`${id}.one stands without ${id}.other`);
  }
  const row = (id, of) =>
    `  ${JSON.stringify(id)}: ${
      names_in(taken.get(of))
        .map((name) => `'${name}'`)
        .join(' | ') || 'never'
    };\n`;
  write_if_changed(
    join(generated, 'text_ids.ts'),
    `// Every text that the application has, with the names of its placeholders.\nexport interface Texts {\n` +
      [...taken.keys()].map((id) => row(id, id)).join('') +
      `}\n// Those that depend on a count, {n}.\nexport interface Plurals {\n` +
      plurals.map((id) => row(id, `${id}.other`)).join('') +
      '}\n',
  );
}

function read(table, path, catalogue, file) {
  const found = languages.filter((language) => typeof table[language] === 'string');
  if (found.length > 0) {
    const id = path.join('.');
    if (found.length < languages.length) throw new Error(`${file}: ${id} lacks a language`);
    catalogue.set(id, table);
  }
  for (const [key, value] of Object.entries(table)) {
    if (typeof value === 'object') read(value, [...path, key], catalogue, file);
  }
}

function names_in(text) {
  return [...new Set([...text.fi.matchAll(/\{([a-z0-9_]+)\}/g)].map((found) => found[1]))];
}

function words_of(folder) {
  const words = new Set();
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      for (const word of words_of(path)) words.add(word);
    } else if (/\.tsx?$/.test(entry.name)) {
      for (const found of readFileSync(path, 'utf8').matchAll(/['"`]([A-Za-z0-9_.-]+)['"`]/g))
        words.add(found[1]);
    }
  }
  return words;
}
