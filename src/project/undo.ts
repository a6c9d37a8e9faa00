import { mkdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EXIT, ExpectedError } from '../model/errors.ts';
import { syncFolders } from './durable.ts';
import { fingerprintAt } from './file-state.ts';
import { explainIoError, isIoError, reasonOf } from './io-error.ts';
import { dropJournal, foldersAbove, isOpen, type JournalFile, originalAt, readJournal, stagedAt } from './journal.ts';
import { entryAt } from './paths.ts';

/**
 * Restores `root` to its state before the open transaction of `stage`. A file that was edited since stays as it is, and its
 * original is put beside it; returns the paths of these originals. Can be repeated.
 * Throws an `ExpectedError` if it fails; what is not restored yet stays in the stage.
 */
export function undo(root: string, stage: string): readonly string[] {
  const journal = readJournal(root, stage);
  if (journal === null || !isOpen(stage)) return [];
  const beside: string[] = [];
  for (const [number, file] of journal.files.entries()) {
    const original = originalAt(stage, number);
    try {
      const place = putBack(root, file, original, entryAt(stagedAt(stage, number)) === null);
      if (place !== file.path) beside.push(place);
    } catch (error) {
      throw isIoError(error) ? notPutBack(file, original, error) : error;
    }
  }
  for (const folder of journal.folders.toReversed()) removeIfEmpty(join(root, folder));
  try {
    const parents = journal.files.flatMap(({ path }) => foldersAbove(path).map((folder) => join(root, folder)));
    syncFolders([root, ...parents.filter((folder) => entryAt(folder) !== null)]);
    dropJournal(stage);
  } catch (error) {
    throw explainIoError(error, root);
  }
  return beside;
}

/** Removes a folder if nothing is in it. */
export function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (error) {
    if (!isIoError(error)) throw error;
  }
}

/** Undoes one change, of which `isDone` tells whether the new file is in place. Returns the path of the previous file. */
function putBack(root: string, { path, before, after }: JournalFile, original: string, isDone: boolean): string {
  const place = join(root, path);
  const now = fingerprintAt(place);
  const isOurs = isDone && now === after;
  if (entryAt(original) !== null) {
    mkdirSync(dirname(place), { recursive: true });
    const free = now === 'absent' || isOurs ? path : freeNameBeside(root, path);
    renameSync(original, join(root, free));
    return free;
  }
  // A replaced file that is not in the stage has been restored already, perhaps with the same text as ours.
  if (before === 'absent' && isOurs) rmSync(place, { force: true });
  return path;
}

function freeNameBeside(root: string, path: string): string {
  const name = `${path}.orig`;
  return entryAt(join(root, name)) === null ? name : freeNameBeside(root, name);
}

function notPutBack({ path }: JournalFile, original: string, error: NodeJS.ErrnoException): ExpectedError {
  const kept = entryAt(original) === null ? '' : `; it is kept as ${original}`;
  return new ExpectedError(EXIT.failed, [
    {
      code: 'not-put-back',
      message: `the previous ${path} could not be restored: ${reasonOf(error)}${kept}`,
      paths: [path],
      hint: 'fix that and run create-api in this folder again: it restores it first, and the files after it',
    },
  ]);
}
