import { mkdirSync, mkdtempSync, readdirSync, rmSync, type Stats, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FileSet } from '../model/files.ts';
import { isIoError } from './io-error.ts';
import { entryAt } from './paths.ts';

/** Milliseconds after which something staged belongs to no run any more: writing a project takes far less. */
const STALE_AFTER = 10 * 60 * 1000;

const PREFIX = '.create-api-stage-';
const RANDOM_NAME = /^\.create-api-stage-[A-Za-z0-9]{6}$/;

/** The file that tells a stage from a folder that a person happened to call like one. */
const MARKER = '.create-api-marker';
const MARKER_TEXT = 'create-api stages files here while it writes them. What a killed run left, a later one removes.\n';

/** The folder inside an existing one that its lock and journal are in; see `folder-transaction.ts`. */
export const STAGE = '.create-api-writing';

/** Makes a folder in `parent` for what is being written, and gives its path; a later run recognises it by its marker. */
export function makeStage(parent: string): string {
  const stage = mkdtempSync(join(parent, PREFIX));
  try {
    writeFileSync(join(stage, MARKER), MARKER_TEXT);
    return stage;
  } catch (error) {
    removeStage(stage);
    throw error;
  }
}

/** Whether an entry of a folder is of a run, going on or killed. */
export function isTemporaryName(name: string): boolean {
  return name === STAGE || RANDOM_NAME.test(name);
}

/** Writes `files` below `folder`, which is made and must not be there yet. */
export function writeTree(folder: string, files: FileSet): void {
  const made = new Set<string>();
  mkdirSync(dirname(folder), { recursive: true });
  mkdirSync(folder);
  for (const file of files) {
    const path = join(folder, file.path);
    const parent = dirname(path);
    if (!made.has(parent)) mkdirSync(parent, { recursive: true });
    made.add(parent);
    writeFileSync(path, file.text, { flag: 'wx', mode: file.executable ? 0o777 : 0o666 });
  }
}

/** Removes a stage with all that is in it; what cannot be removed is left, for a later run. */
export function removeStage(stage: string): void {
  try {
    // The marker goes last: without it the rest would be nobody's for ever.
    for (const name of readdirSync(stage)) {
      if (name !== MARKER) rmSync(join(stage, name), { recursive: true, force: true });
    }
    rmSync(stage, { recursive: true, force: true });
  } catch (error) {
    if (!isIoError(error)) throw error;
  }
}

/** Removes the stages that killed runs of the same user left in `folder` {@link STALE_AFTER} ago or earlier. */
export function sweepStale(folder: string): void {
  for (const name of entriesOf(folder)) {
    const stage = join(folder, name);
    if (RANDOM_NAME.test(name) && isStaleStage(stage)) removeStage(stage);
  }
}

/** Whether nothing has happened to an entry for so long that no run can still be at it. */
export function isStale(entry: Stats): boolean {
  return Date.now() - entry.mtimeMs > STALE_AFTER;
}

function isStaleStage(stage: string): boolean {
  const entry = entryAt(stage);
  // In a folder that many can write to, a stranger could swap what is being removed.
  if (!entry?.isDirectory() || entry.uid !== (process.getuid?.() ?? entry.uid)) return false;
  return isStale(entry) && (entryAt(join(stage, MARKER))?.isFile() ?? false);
}

function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // A folder may be writable and not readable.
    return [];
  }
}
