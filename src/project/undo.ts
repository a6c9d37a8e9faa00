import { mkdirSync, readFileSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EXIT, ExpectedError } from '../model/errors.ts';
import { isIoError, reasonOf } from './io-error.ts';
import { type JournalFile, journalIn, readJournal, sha256 } from './journal.ts';
import { entryAt } from './paths.ts';

/**
 * Brings `root` back to what it was before the journal of `stage`; a file that was edited since stays.
 * It may be repeated. Where it fails it throws an `ExpectedError`, and what is not back yet stays in the stage.
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
  // Where another was replaced and is not in the stage, it is back already, perhaps with the same text as ours.
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
      message: `what was there before could not be put back: ${reasonOf(error)}; it is kept in ${join(stage, 'old')}`,
      hint: 'mend that and run it again in this folder: it is put back first',
    },
  ]);
}
