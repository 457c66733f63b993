import { existsSync, readFileSync, writeFileSync } from 'node:fs';

// A file keeps its date when nothing has changed, so that nothing is made again because of it.
export function write_if_changed(path, content) {
  if (existsSync(path) && readFileSync(path, 'utf8') === content) return;
  writeFileSync(path, content);
}
