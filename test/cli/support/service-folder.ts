import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';
import { LOCK_FILE } from '../../../src/model/project-record.ts';

/** An empty folder, in no repository, for one test. */
export function emptyFolder(): string {
  const folder = makeFolder();
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** An empty folder, in no repository, for all tests of a file; for its hooks. */
export function folderOfFile(): string {
  const folder = makeFolder();
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function makeFolder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'create-api-test-')));
}

/**
 * Every file below `folder`, path → sha256, without those in `.git` and `target`. Where answers came from does not count: a project is
 * the same, whoever chose it.
 */
export function hashesOf(folder: string): Record<string, string> {
  return hashed(folder, (path) => {
    const bytes = readFileSync(join(folder, path));
    return path.endsWith(LOCK_FILE) ? withoutOrigins(bytes.toString()) : bytes;
  });
}

/** The same, of all bytes. */
export function exactHashesOf(folder: string): Record<string, string> {
  return hashed(folder, (path) => readFileSync(join(folder, path)));
}

function hashed(folder: string, contentOf: (path: string) => string | Uint8Array): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => path.split(sep).join('/'));
  const files = paths.filter((path) => !/^(?:\.git|target)\//.test(path) && statSync(join(folder, path)).isFile());
  const hashOf = (path: string) => createHash('sha256').update(contentOf(path)).digest('hex');
  return Object.fromEntries(files.sort().map((path) => [path, hashOf(path)]));
}

function withoutOrigins(lock: string): string {
  const { origins: _, presets: __, ...others } = JSON.parse(lock);
  return JSON.stringify(others);
}
