import { accessSync, constants, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The path of the first of these programs that is installed, on PATH or where Debian keeps servers; else `null`. */
export function findBinary(...names: readonly string[]): string | null {
  const folders = [
    ...(process.env['PATH'] ?? '').split(delimiter),
    '/usr/sbin',
    '/usr/local/sbin',
    ...postgresFolders(),
  ];
  for (const name of names) {
    const path = folders.map((folder) => join(folder, name)).find(isExecutable);
    if (path !== undefined) return path;
  }
  return null;
}

/** Like `findBinary`, but throws an error that names the program if it is not installed. */
export function requireBinary(...names: readonly string[]): string {
  const path = findBinary(...names);
  if (path === null) throw new Error(`${names.join(' or ')} is not installed`);
  return path;
}

/** Debian keeps PostgreSQL's servers off PATH, one folder a major version; the newest comes first. */
function postgresFolders(): string[] {
  const root = '/usr/lib/postgresql';
  try {
    const versions = readdirSync(root).sort((a, b) => Number(b) - Number(a));
    return versions.map((version) => join(root, version, 'bin'));
  } catch {
    return [];
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
