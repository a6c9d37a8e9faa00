import { mkdirSync, mkdtempSync, readdirSync, rmdirSync, rmSync, type Stats, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FileSet } from '../model/files.ts';
import { isIoError } from './io-error.ts';
import { entryAt } from './paths.ts';

/** Milliseconds after which a stage is abandoned: writing a project takes far less. */
const STALE_AFTER = 10 * 60 * 1000;

const PREFIX = '.create-api-stage-';
const RANDOM_NAME = /^\.create-api-stage-[A-Za-z0-9]{6}$/;

/** The file that tells a stage from a person's folder with such a name. */
const MARKER = '.create-api-marker';
const MARKER_TEXT =
  'create-api stages files here while it writes them. A later run removes what a killed run leaves.\n';

const IGNORE_FILE = '.gitignore';

/** The folder with the lock and journal of an existing folder; see `transaction.ts`. */
export const STAGE = '.create-api-writing';

/** Creates a stage in `parent` and returns its path; later runs recognise it by its marker. */
export function makeStage(parent: string): string {
  const stage = mkdtempSync(join(parent, PREFIX));
  try {
    writeFileSync(join(stage, MARKER), MARKER_TEXT);
    // No commit takes it in, nor does `git clean` remove the files that are to be restored from it.
    writeFileSync(join(stage, IGNORE_FILE), '*\n');
    return stage;
  } catch (error) {
    removeStage(stage);
    throw error;
  }
}

/** A name for a stage, which no other has, apart from one in two thousand million. */
export function unusedStageName(): string {
  return PREFIX + Math.random().toString(36).slice(2, 8).padEnd(6, '0');
}

/** Whether an entry of a folder belongs to a run, active or killed. */
export function isTemporaryName(name: string): boolean {
  return name === STAGE || RANDOM_NAME.test(name);
}

/** Writes `files` to the new folder `folder`. */
export function writeTree(folder: string, files: FileSet): void {
  const made = new Set<string>();
  mkdirSync(dirname(folder), { recursive: true });
  mkdirSync(folder);
  for (const file of files) {
    const path = join(folder, file.path);
    const parent = dirname(path);
    if (!made.has(parent)) mkdirSync(parent, { recursive: true });
    made.add(parent);
    // With its encoding, Node writes a text without copying it first.
    writeFileSync(path, file.text, { encoding: 'utf8', flag: 'wx', mode: file.executable ? 0o777 : 0o666 });
  }
}

/** Removes a stage and everything in it; what cannot be removed is left for a later run. */
export function removeStage(stage: string): void {
  try {
    const names = readdirSync(stage);
    for (const name of names) {
      // Often it is alone with the marker, and `rmSync` loads a module of Node.
      if (name === IGNORE_FILE) unlinkSync(join(stage, name));
      else if (name !== MARKER) rmSync(join(stage, name), { recursive: true, force: true });
    }
    // The marker goes last: without it no later run would remove the rest.
    if (names.includes(MARKER)) unlinkSync(join(stage, MARKER));
    rmdirSync(stage);
  } catch (error) {
    if (!isIoError(error)) throw error;
  }
}

/** Removes the stages in `folder` that the user's killed runs left at least {@link STALE_AFTER} ago. */
export function sweepStale(folder: string): void {
  for (const name of entriesOf(folder)) {
    const stage = join(folder, name);
    if (RANDOM_NAME.test(name) && isStaleStage(stage)) removeStage(stage);
  }
}

/** Whether an entry has not changed for so long that no run can still be using it. */
export function isStale(entry: Stats): boolean {
  return Date.now() - entry.mtimeMs > STALE_AFTER;
}

function isStaleStage(stage: string): boolean {
  const entry = entryAt(stage);
  // In a folder that others can write to, they could swap what is being removed.
  if (!entry?.isDirectory() || entry.uid !== (process.getuid?.() ?? entry.uid)) return false;
  return isStale(entry) && (entryAt(join(stage, MARKER))?.isFile() ?? false);
}

function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // A folder may be writable but not readable.
    return [];
  }
}
