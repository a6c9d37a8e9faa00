import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { EXIT, ExpectedError } from '../model/errors.ts';
import type { FileSet } from '../model/files.ts';
import { isIoError } from './io-error.ts';
import { ancestorsOf, entryAt } from './paths.ts';
import { isStale, makeStage, removeTree, STAGE, sweepStale, writeTree } from './stage.ts';

/**
 * Files are moved into an existing folder from a staging folder inside it. To have that one is the lock of the folder;
 * while it holds a journal, what was moved can be undone, by this run or, where this run was killed, by the next one.
 *
 *     .create-api-writing/owner          host and process that have it
 *     .create-api-writing/new/<path>     the rendered files that are not in place yet
 *     .create-api-writing/old/<path>     what they replaced
 *     .create-api-writing/journal.json   what is to be moved; removing it commits
 */

interface Journal {
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
  /** Folders that were not there before, outer first. */
  readonly folders: readonly string[];
}

/** Takes the lock of the folder `root`, undoing what a killed run left; throws an `ExpectedError` while another run has it. */
export function openStage(root: string): void {
  sweepStale(root);
  const stage = join(root, STAGE);
  if (entryAt(stage) !== null && isAbandoned(stage)) undoAbandoned(root, stage);
  const draft = makeStage(root);
  try {
    writeFileSync(join(draft, 'owner'), `${hostname()} ${process.pid}`);
    // The lock appears with its owner's name in it, or not at all: no folder is renamed over one that is not empty.
    renameSync(draft, stage);
  } catch (error) {
    removeTree(draft);
    throw isIoError(error, 'ENOTEMPTY', 'EEXIST', 'EPERM') && error.syscall === 'rename' ? busy(root) : error;
  }
}

/** Moves `files` into place, all or none; what is replaced must be a file or a link. Needs {@link openStage}. */
export function moveIntoPlace(root: string, files: FileSet, replaced: ReadonlySet<string>): void {
  const stage = join(root, STAGE);
  writeTree(join(stage, 'new'), files);
  writeJournal(root, stage, files);
  try {
    for (const { path } of files) {
      if (replaced.has(path)) move(join(root, path), join(stage, 'old', path));
      if (entryAt(join(root, path)) !== null) throw changedMeanwhile(path);
      move(join(stage, 'new', path), join(root, path));
    }
    rmSync(join(stage, 'journal.json'));
  } catch (error) {
    undo(root, stage);
    throw error;
  }
}

/**
 * Gives the lock back and removes what was staged: first out of the way, for the next run may take it at once.
 * Where the disk refuses, it stays for a later run: what became of the files is decided already.
 */
export function closeStage(root: string): void {
  try {
    const away = makeStage(root);
    renameSync(join(root, STAGE), join(away, STAGE));
    removeTree(away);
  } catch (error) {
    if (!isIoError(error)) throw error;
  }
}

function writeJournal(root: string, stage: string, files: FileSet): void {
  const parents = new Set(files.flatMap(({ path }) => ancestorsOf(dirname(path))));
  const journal: Journal = {
    files: files.map(({ path, text }) => ({ path, sha256: sha256(text) })),
    folders: [...parents].filter((folder) => entryAt(join(root, folder)) === null).sort(),
  };
  const draft = join(stage, 'journal.draft');
  writeFileSync(draft, JSON.stringify(journal));
  renameSync(draft, join(stage, 'journal.json'));
}

/** The rename decides which of two runs that find it does the undoing. */
function undoAbandoned(root: string, stage: string): void {
  const taken = makeStage(root);
  try {
    renameSync(stage, join(taken, STAGE));
    undo(root, join(taken, STAGE));
  } catch (error) {
    throw isIoError(error, 'ENOENT') ? busy(root) : error;
  } finally {
    removeTree(taken);
  }
}

/** Brings `root` back to what it was before the journal of `stage`; a file that was edited since stays. */
function undo(root: string, stage: string): void {
  const path = join(stage, 'journal.json');
  if (!existsSync(path)) return;
  const journal: Journal = JSON.parse(readFileSync(path, 'utf8'));
  for (const file of journal.files) {
    const place = join(root, file.path);
    const wasMoved = entryAt(join(stage, 'new', file.path)) === null;
    if (wasMoved && entryAt(place)?.isFile() && sha256(readFileSync(place)) === file.sha256) rmSync(place);
    const original = join(stage, 'old', file.path);
    if (entryAt(original) !== null) renameSync(original, entryAt(place) === null ? place : `${place}.orig`);
  }
  for (const folder of journal.folders.toReversed()) removeIfEmpty(join(root, folder));
}

function move(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  renameSync(from, to);
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (error) {
    if (!isIoError(error)) throw error;
  }
}

function isAbandoned(stage: string): boolean {
  const [host, pid] = ownerOf(stage).split(' ');
  if (host !== hostname()) return isStale(lstatSync(stage));
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return isIoError(error, 'ESRCH');
  }
}

/** Empty where it was not written by {@link openStage}. */
function ownerOf(stage: string): string {
  try {
    return readFileSync(join(stage, 'owner'), 'utf8');
  } catch {
    return '';
  }
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

function busy(root: string): ExpectedError {
  return new ExpectedError(EXIT.conflict, [
    {
      code: 'folder-in-use',
      message: `another create-api is writing to ${root}`,
      hint: `wait for it; if there is none, remove ${join(root, STAGE)} and run it again`,
    },
  ]);
}

function changedMeanwhile(path: string): ExpectedError {
  return new ExpectedError(EXIT.conflict, [
    {
      code: 'conflict',
      message: `${path} appeared while the project was being written; nothing was changed`,
      hint: 'run it again',
    },
  ]);
}
