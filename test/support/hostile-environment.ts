import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import path from 'node:path';
import { execa } from 'execa';
import { cargo } from './cargo.ts';

/** Where services of this kind listen by default, metrics included. */
const DEFAULT_PORTS = [3000, 9464];
/** Nothing listens there. */
const DEAD_PROXY = 'http://127.0.0.1:9';
const FOREIGN = 'of-another-project';

/** What a developer's shell may have, none of it meant for the project. */
const INHERITED = {
  ...Object.fromEntries(
    ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'].flatMap((name) => [
      [name, DEAD_PROXY],
      [name.toLowerCase(), DEAD_PROXY],
    ]),
  ),
  NO_PROXY: '',
  no_proxy: '',
  LANG: 'tr_TR.UTF-8',
  LC_ALL: 'tr_TR.UTF-8',
  TZ: 'Pacific/Apia',
  RUST_LOG: 'trace',
  SQLX_OFFLINE: 'false',
  LOCO_ENV: 'production',
  OTEL_SERVICE_NAME: FOREIGN,
  OTEL_TRACES_SAMPLER: 'always_off',
};

/** A value that no variable of a service accepts, except for ports, which other programs read as well. */
const foreignValue = (name: string) => (name.endsWith('PORT') ? String(DEFAULT_PORTS[0]) : FOREIGN);

/**
 * Runs the test programs of a project, which are built already, where everything that could reach them is wrong: proxies,
 * locale, time zone, umask, `.env` in the folder and above, every variable of the service, and its default ports.
 * `servers` says where the project's servers are, as the README documents. Throws with the output of one that fails.
 */
export async function runTestsInHostileEnvironment(
  project: string,
  servers: Readonly<Record<string, string>>,
): Promise<void> {
  const programs = await testPrograms(project, servers);
  if (programs.length === 0) throw new Error(`cargo named no test program of ${project}`);
  const example = await readFile(path.join(project, '.env.example'), 'utf8');
  const names = [...example.matchAll(/^(?:# )?([A-Z][A-Z0-9_]*)=/gm)].map(([, name = '']) => name);
  const variables = Object.fromEntries(names.map((name) => [name, foreignValue(name)]));
  const dotEnv = `${Object.entries(variables)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('')}FROM_DOT_ENV=1\n`;
  const dotEnvs = [path.join(project, '.env'), path.join(project, '..', '.env')];
  const temporary = path.join(project, '..', 'a folder of its own');

  await mkdir(temporary, { recursive: true });
  await Promise.all(dotEnvs.map((file) => writeFile(file, dotEnv)));
  const others = await Promise.all(DEFAULT_PORTS.map(occupy));
  try {
    for (const program of programs) {
      await execa('sh', ['-c', 'umask 077 && exec "$0"', program], {
        cwd: project,
        env: { ...INHERITED, ...variables, TMPDIR: temporary, ...servers },
        all: true,
      });
    }
  } finally {
    for (const other of others) other?.close();
    await Promise.all(dotEnvs.map((file) => rm(file)));
  }
}

/** The programs that `cargo test` runs. */
async function testPrograms(project: string, env: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const output = await cargo(['test', '--locked', '--no-run', '--message-format', 'json'], project, env);
  const messages = output.split('\n').filter((line) => line.startsWith('{'));
  return messages
    .map((line) => JSON.parse(line))
    .filter((message) => message.profile?.test === true && typeof message.executable === 'string')
    .map((message) => message.executable);
}

/** Listens on a default port of this machine; `null` if another service does already. */
function occupy(port: number): Promise<Server | null> {
  return new Promise((resolve) => {
    const server = createServer((connection) => connection.destroy());
    server.once('error', () => resolve(null));
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
