// The executable with the demo's data on a free port, and what a browser needs to believe its certificate.
import { spawn, spawnSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const password = 'vastine-demo-2018';

export function vastine() {
  const program = process.env.VASTINE;
  if (!program) throw new Error('VASTINE names the executable to be tried');
  return program;
}

function run(program, args, input) {
  const ended = spawnSync(program, args, { input, encoding: 'utf8' });
  if (ended.status !== 0) throw new Error(`${program} ${args[0]}: ${ended.stderr}`);
  return ended.stdout;
}

// The demo as it stands when its reports have been made, which takes longer than most stories: made once a day for
// each executable, and copied.
async function prepared() {
  const { size, mtimeMs } = statSync(vastine());
  const made_of = [realpathSync(vastine()), size, mtimeMs, process.getuid(), new Date().toDateString()].join(' ');
  const ready = join(tmpdir(), `vastine-demo-${createHash('sha256').update(made_of).digest('hex').slice(0, 16)}`);
  if (existsSync(ready)) return ready;
  for (const name of readdirSync(tmpdir())) {
    const old = join(tmpdir(), name);
    if (name.startsWith('vastine-demo-') && Date.now() - statSync(old).mtimeMs > 86_400_000)
      rmSync(old, { recursive: true, force: true });
  }
  const folder = mkdtempSync(join(tmpdir(), 'vastine-demo-being-made-'));
  const data = join(folder, 'data');
  run(vastine(), ['demo', '--data', data]);
  const server = await started(folder, data);
  try {
    const secretary = await api_of(server, 'board-secretary');
    while ((await secretary.get('/api/v1/publications')).rows.some((row) => row.files_waiting))
      await new Promise((later) => setTimeout(later, 500));
  } finally {
    await server.stop();
  }
  // Whoever was first has made it for all.
  if (!existsSync(ready)) renameSync(data, ready);
  rmSync(folder, { recursive: true, force: true });
  return ready;
}

async function a_free_port() {
  const listener = createServer();
  await new Promise((ready) => listener.listen(0, '127.0.0.1', ready));
  const { port } = listener.address();
  await new Promise((done) => listener.close(done));
  return port;
}

// `before`: what else is done to the data folder before the server holds it. `serve`: further arguments of serve,
// once it is known where that will be.
export async function start_server({ before, serve } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'vastine-browser-'));
  const data = join(folder, 'data');
  cpSync(await prepared(), data, { recursive: true });
  before?.((...args) => run(vastine(), [...args.slice(0, -1), '--data', data], args.at(-1)));
  const port = serve ? await a_free_port() : 0;
  const server = await started(folder, data, port, await serve?.({ folder, data, url: `https://localhost:${port}` }));
  trust(server);
  return server;
}

async function started(folder, data, port = 0, args = []) {
  const server = {
    folder,
    data,
    home: join(folder, 'home'),
    url: '',
    port,
    process: undefined,
    logged: '',
    // The same port again, so that open pages find it.
    async start() {
      const process_ = spawn(vastine(), ['serve', '--data', data, '--port', String(this.port), ...args], {
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      this.process = process_;
      let said = '';
      process_.stderr.setEncoding('utf8');
      process_.stderr.on('data', (text) => {
        this.logged += text;
      });
      await new Promise((ready, failed) => {
        process_.stdout.on('data', (bytes) => {
          said += bytes;
          const found = /Ready: https:\/\/127\.0\.0\.1:(\d+)/.exec(said);
          if (!found) return;
          this.port = Number(found[1]);
          this.url = `https://localhost:${this.port}`;
          ready();
        });
        process_.once('exit', (code) => failed(new Error(`the server ended with ${code}: ${this.logged.slice(-4000)}`)));
      });
    },
    async stop() {
      const process_ = this.process;
      if (!process_ || process_.exitCode !== null) return;
      const ended = new Promise((done) => process_.once('exit', done));
      process_.kill('SIGTERM');
      await ended;
    },
    async end() {
      await this.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}

// Chromium reads the authorities it believes from the home folder: this one has its own.
function trust({ home, data }) {
  const store = join(home, '.pki/nssdb');
  mkdirSync(store, { recursive: true });
  run('certutil', ['-d', `sql:${store}`, '-N', '--empty-password']);
  run('certutil', ['-d', `sql:${store}`, '-A', '-t', 'C,,', '-n', 'vastine', '-i', join(data, 'tls/ca.pem')]);
}

// The API as a script uses it, beside the browser: signed in as `login`.
export async function api_of(server, login) {
  const { request } = await import('node:https');
  const ca = readFileSync(join(server.data, 'tls/ca.pem'));
  let cookie = '';
  let csrf_token = '';
  const ask = (method, path, { body, headers = {} } = {}) =>
    new Promise((done, failed) => {
      const bytes = body === undefined ? undefined : JSON.stringify(body);
      const asked = request(
        {
          host: 'localhost',
          port: server.port,
          method,
          path,
          ca,
          headers: {
            ...(bytes ? { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(bytes) } : {}),
            ...(cookie ? { Cookie: cookie, 'X-CSRF-Token': csrf_token } : {}),
            ...headers,
          },
        },
        (answer) => {
          let text = '';
          answer.setEncoding('utf8');
          answer.on('data', (piece) => {
            text += piece;
          });
          answer.on('end', () =>
            done({ status: answer.statusCode, headers: answer.headers, body: text ? JSON.parse(text) : undefined }),
          );
        },
      );
      asked.on('error', failed);
      asked.end(bytes);
    });
  const opened = await ask('POST', '/api/v1/session', { body: { login, password } });
  cookie = opened.headers['set-cookie'][0].split(';')[0];
  csrf_token = opened.body.csrf_token;
  return {
    get: async (path, headers) => (await ask('GET', path, { headers })).body,
    remove: async (path) => {
      const answer = await ask('DELETE', path);
      if (answer.status >= 300) throw new Error(`DELETE ${path}: ${JSON.stringify(answer.body)}`);
    },
    // A command: with a fresh key unless one is given, on the version given.
    post: async (path, body, version, key = randomUUID()) => {
      const answer = await ask('POST', path, {
        body,
        headers: {
          'Idempotency-Key': key,
          ...(version === undefined ? {} : { 'If-Match': `"${version}"` }),
        },
      });
      if (answer.status >= 300) throw new Error(`POST ${path}: ${JSON.stringify(answer.body)}`);
      return answer.body;
    },
  };
}
