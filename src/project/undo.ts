import { mkdirSync, readFileSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EXIT, ExpectedError } from '../model/errors.ts';
import { isIoError, reasonOf } from './io-error.ts';
import { type JournalFile, journalIn, readJournal, sha256 } from './journal.ts';
import { entryAt } from './paths.ts';

/**
 * Restores `root` to its state before the journal of `stage`; files that were edited since are kept.
 * Can be repeated. Throws an `ExpectedError` if it fails; what is not restored yet stays in the stage.
 */
export function undo(root: string, stage: string): void {
  const journal = readJournal(root, stage);
  if (journal === null) return;
  try {
    for (const file of journal.files) putBack(root, stage, file);
    for (const folder of journal.folders.toReversed()) removeIfEmpty(join(root, folder));
    rmSync(journalIn(stage));
  } catch (error) {
    throw isIoError(error) ? notPutBack(stage, error) : error;
  }
}

function putBack(root: string, stage: string, { path, sha256: written, replaced }: JournalFile): void {
  const place = join(root, path);
  const original = join(stage, 'old', path);
  const wasMoved = entryAt(join(stage, 'new', path)) === null;
  const isOurs = wasMoved && entryAt(place)?.isFile() && sha256(readFileSync(place)) === written;
  if (entryAt(original) !== null) {
    mkdirSync(dirname(place), { recursive: true });
    renameSync(original, isOurs || entryAt(place) === null ? place : freeNameBeside(place));
    return;
  }
  // A replaced file that is not in the stage has been restored already, perhaps with the same text as ours.
  if (isOurs && !replaced) rmSync(place);
}

function freeNameBeside(path: string): string {
  const name = `${path}.orig`;
  return entryAt(name) === null ? name : freeNameBeside(name);
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (error) {
    if (!isIoError(error)) throw error;
  }
}

function notPutBack(stage: string, error: NodeJS.ErrnoException): ExpectedError {
  return new ExpectedError(EXIT.failed, [
    {
      code: 'not-put-back',
      message: `the previous files could not be restored: ${reasonOf(error)}; they are kept in ${join(stage, 'old')}`,
      hint: 'fix that and run create-api in this folder again: it restores them first',
    },
  ]);
}
