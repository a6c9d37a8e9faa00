// The SQLite database that the Rust services read.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { buildBare } from './rust-services.mjs';

/** Makes a new database with as many users as `rows` in a file and returns its URL. */
export function seed(file, rows) {
  console.error('building seed');
  const { seed: binary } = buildBare(['seed'], 'sqlite');
  for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true });
  const url = `sqlite://${file}`;
  const { status, stderr } = spawnSync(binary, [String(rows)], { env: { DATABASE_URL: url }, encoding: 'utf8' });
  if (status !== 0) throw new Error(`seed ended with ${status}:\n${stderr}`);
  return url;
}
