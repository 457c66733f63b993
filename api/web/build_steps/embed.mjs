// From the bundle to a library: every file in its smallest forms in one blob, and the table that finds them.
// Says what the first page weighs, and fails when that is too much.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const first_page_script_max = 300_000;
const media = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
  '.json': 'application/json',
};
const compressible = new Set(['.js', '.css', '.svg', '.json', '.webmanifest']);

export function embed({ site, folder }) {
  const manifest = JSON.parse(readFileSync(join(site, 'manifest.json'), 'utf8'));
  const files = [
    'index.html',
    ...readdirSync(join(site, 'assets'))
      .sort()
      .map((name) => `assets/${name}`),
  ].filter((path) => !path.endsWith('.woff'));
  const blob = [];
  let length = 0;
  const place = (bytes) => {
    const at = { offset: length, size: bytes.length };
    blob.push(bytes);
    length += bytes.length;
    return at;
  };
  const sizes = new Map();
  const rows = files.map((path) => {
    const kind = extname(path);
    if (!media[kind]) throw new Error(`embed: no media type is known for ${path}`);
    const plain = readFileSync(join(site, path));
    const squeezed = compressible.has(kind);
    const gzip = squeezed ? gzipSync(plain, { level: 9 }) : Buffer.alloc(0);
    const brotli = squeezed
      ? brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } })
      : Buffer.alloc(0);
    sizes.set(path, (squeezed ? brotli : plain).length);
    const forms = [plain, gzip, brotli].map((bytes) => {
      const { offset, size } = place(bytes);
      return `{&web_bytes[${offset}], ${size}}`;
    });
    return `        {"${path}", {"${media[kind]}", ${forms.join(', ')}}},\n`;
  });
  weigh(manifest, sizes);
  writeFileSync(join(folder, 'web_files.bin'), Buffer.concat(blob));
  writeFileSync(
    join(folder, 'web_files.cpp'),
    `#include "api/web/web_files.hpp"
asm(".section .rodata\\n.global web_bytes\\n.balign 16\\nweb_bytes:\\n.incbin \\"${join(folder, 'web_files.bin')}\\"\\n.byte 0\\n.previous\\n");
extern "C" const char web_bytes[];
namespace vastine::api {
const WebFiles& embedded_web_files() {
    static const WebFiles files = {
${rows.join('')}    };
    return files;
}
}
`,
  );
}

// Everything that the first page loads before it can be used: the entry, what it imports at once, one language.
function weigh(manifest, sizes) {
  const entry = Object.values(manifest).find((chunk) => chunk.isEntry);
  const loaded = new Set();
  const follow = (chunk) => {
    if (loaded.has(chunk.file)) return;
    loaded.add(chunk.file);
    for (const other of chunk.imports ?? []) follow(manifest[other]);
  };
  follow(entry);
  for (const lazy of ['generated/texts_fi.ts', 'src/frame/sign_in_page.tsx'])
    if (manifest[lazy]) follow(manifest[lazy]);
  const total = [...loaded]
    .filter((file) => file.endsWith('.js'))
    .reduce((sum, file) => sum + sizes.get(file), 0);
  const everything = [...sizes]
    .filter(([path]) => path.endsWith('.js'))
    .reduce((sum, [, size]) => sum + size, 0);
  const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
  process.stdout.write(
    `Web application: ${kilobytes(total)} of compressed script for the first page (at most ${kilobytes(first_page_script_max)}), ${kilobytes(everything)} in all\n`,
  );
  if (total > first_page_script_max)
    throw new Error('The first page has become too heavy: load what it does not need when it is needed.');
}
