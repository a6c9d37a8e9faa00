import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { requireBinary } from './binaries.ts';
import type { Engine } from './engine.ts';

const PASSWORD = 'postgres-test-password';
// Commits do not wait for the disk, but are handed to the operating system: killing the server loses nothing.
const SPEED = ['fsync=off', 'full_page_writes=off', 'shared_buffers=32MB'];

/** The newest installed PostgreSQL. */
export const postgres: Engine = {
  name: 'postgres',
  urlVariable: 'TEST_POSTGRES_URL',
  binaries: [['postgres'], ['initdb'], ['psql']],
  debianPackage: 'postgresql',
  accounts: ['postgres'],
  // The immediate shutdown: SIGKILL would leave the backends, which are not in the server's process group.
  quitSignal: 'SIGQUIT',
  url: (port) => `postgres://tester:${PASSWORD}@127.0.0.1:${port}/postgres`,

  async prepare(folder, account) {
    const passwordFile = join(folder, 'password');
    await writeFile(passwordFile, PASSWORD, { mode: 0o644 });
    const cluster = ['--pgdata', join(folder, 'data'), '--no-sync', '--encoding=UTF8', '--locale=C'];
    const login = ['--username=tester', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
    await execa(requireBinary('initdb'), [...cluster, ...login], { ...account, cwd: folder });
  },

  command(folder, port) {
    const place = ['-D', join(folder, 'data'), '-p', String(port), '-c', 'listen_addresses=127.0.0.1'];
    const limits = ['-c', 'unix_socket_directories=', '-c', 'max_connections=200'];
    return [requireBinary('postgres'), ...place, ...limits, ...SPEED.flatMap((setting) => ['-c', setting])];
  },

  ping: async (url) => void (await sql(url, 'SELECT 1')),
  createDatabase: async (url, name) => void (await sql(url, `CREATE DATABASE "${name}"`)),
  sql,
};

async function sql(url: string, statements: string): Promise<string> {
  const quiet = ['--no-psqlrc', '--quiet', '--tuples-only', '--no-align'];
  const { stdout } = await execa(requireBinary('psql'), [...quiet, url, '-c', statements], { timeout: 20_000 });
  return stdout;
}
