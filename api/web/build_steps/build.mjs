// The web application's build, step by step: what is derived, then types, then the bundle, then the library's source.
//
//   node build_steps/build.mjs FOLDER     FOLDER holds openapi.json and takes what is made
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { embed } from './embed.mjs';
import { write_api_types } from './write_api_types.mjs';
import { write_command_forms } from './write_command_forms.mjs';
import { write_texts } from './write_texts.mjs';

const here = fileURLToPath(new URL('..', import.meta.url));
const folder = process.argv[2];
if (!folder) throw new Error('usage: build.mjs FOLDER');

function run(program, ...args) {
  const ended = spawnSync(process.execPath, [join(here, 'node_modules', program), ...args], {
    cwd: here,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (ended.status !== 0) process.exit(ended.status ?? 1);
}

try {
  mkdirSync(join(here, 'generated'), { recursive: true });
  await write_api_types(join(folder, 'openapi.json'), join(here, 'generated'));
  write_command_forms(join(folder, 'openapi.json'), join(here, 'generated'));
  write_texts({
    texts: join(here, '../../domain/data/texts'),
    sources: join(here, 'src'),
    generated: join(here, 'generated'),
  });
  run(
    'typescript/bin/tsc',
    '--noEmit',
    '--incremental',
    '--tsBuildInfoFile',
    join(folder, 'types.tsbuildinfo'),
  );
  const site = join(folder, 'site');
  rmSync(site, { recursive: true, force: true });
  run('vite/bin/vite.js', 'build', '--logLevel', 'warn', '--outDir', site, '--emptyOutDir');
  embed({ site, folder });
} catch (wrong) {
  process.stderr.write(`${wrong instanceof Error ? wrong.message : String(wrong)}\n`);
  process.exit(1);
}
