import { lstatSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { EXIT, ExpectedError } from '../model/errors.ts';
import type { FileSet } from '../model/files.ts';
import { isIoError } from './io-error.ts';
import { journalIn, readJournal, writeJournal } from './journal.ts';
import { entryAt } from './paths.ts';
import { isStale, makeStage, removeStage, STAGE, sweepStale, writeTree } from './stage.ts';
import { undo } from './undo.ts';

/**
 * Files are moved into an existing folder from a staging folder inside it. To have that one is the lock of the folder;
 * while it holds a journal, what was moved can be undone, by this run or, where this run was killed, by the next one.
 *
 *     .create-api-writing/owner.<pid>.<host>   an empty file; its name says which process has it
 *     .create-api-writing/new/<path>           the rendered files that are not in place yet
 *     .create-api-writing/old/<path>           what they replaced
 *     .create-api-writing/journal.json         what is to be moved; removing it commits
 */

const OWNER_NAME = /^owner\.(?<pid>[^.]*)\.(?<host>.*)$/;

/** As much of the host's name as fits into the name of a file. */
const HOST = encodeURIComponent(hostname()).slice(0, 200);
const OWN_NAME = `owner.${process.pid}.${HOST}`;

/** The folders whose stage this process has now: its id alone may be that of a killed run, they repeat in containers. */
const held = new Set<string>();

/** Whether a run, going on or killed, has its stage in the folder `root`. */
export function hasTransaction(root: string): boolean {
  return entryAt(join(root, STAGE)) !== null;
}

/**
 * Takes the lock of the folder `root`, undoing what a killed run left.
 * Throws an `ExpectedError` while another run has it, or where what is left cannot be trusted or undone.
 */
export function beginTransaction(root: string): void {
  sweepStale(root);
  const stage = join(root, STAGE);
  if (hasTransaction(root)) rollBackAbandoned(root, stage);
  const draft = makeStage(root);
  try {
    writeFileSync(join(draft, OWN_NAME), '');
    // The lock appears with its owner's name in it, or not at all: no folder is renamed over one that is not empty.
    renameSync(draft, stage);
    held.add(root);
  } catch (error) {
    removeStage(draft);
    throw isIoError(error, 'ENOTEMPTY', 'EEXIST', 'EPERM') && error.syscall === 'rename' ? busy(root) : error;
  }
}

/** Moves `files` into place, all or none; what is replaced must be a file or a link. Needs {@link beginTransaction}. */
export function moveIntoPlace(root: string, files: FileSet, replaced: ReadonlySet<string>): void {
  const stage = join(root, STAGE);
  writeTree(join(stage, 'new'), files);
  writeJournal(root, stage, files, replaced);
  try {
    for (const { path } of files) {
      if (replaced.has(path)) move(join(root, path), join(stage, 'old', path));
      if (entryAt(join(root, path)) !== null) throw changedMeanwhile(path);
      move(join(stage, 'new', path), join(root, path));
    }
    rmSync(journalIn(stage));
  } catch (error) {
    undo(root, stage);
    throw error;
  }
}

/**
 * Gives the lock back and removes what was staged: first out of the way, for the next run may take it at once.
 * While there is a journal it stays, for what was there before is still in it; where the disk refuses, it stays too.
 */
export function endTransaction(root: string): void {
  held.delete(root);
  const stage = join(root, STAGE);
  try {
    if (entryAt(journalIn(stage)) !== null) return;
    const away = makeStage(root);
    renameSync(stage, join(away, STAGE));
    removeStage(away);
  } catch (error) {
    if (!isIoError(error)) throw error;
  }
}

function rollBackAbandoned(root: string, stage: string): void {
  const owner = ownerOf(stage);
  if (owner === null || !isAbandoned(root, stage, owner)) throw busy(root);
  // Before anything in it is touched.
  readJournal(root, stage);
  claim(root, stage, owner);
  undo(root, stage);
  endTransaction(root);
}

/** One rename decides which of two runs that find the same owner gone does the undoing; a kill leaves it to a third. */
function claim(root: string, stage: string, owner: string): void {
  try {
    renameSync(join(stage, owner), join(stage, OWN_NAME));
  } catch (error) {
    throw isIoError(error, 'ENOENT') ? busy(root) : error;
  }
}

function isAbandoned(root: string, stage: string, owner: string): boolean {
  const { pid = '', host = '' } = OWNER_NAME.exec(owner)?.groups ?? {};
  if (host !== HOST) return isStale(lstatSync(stage));
  const id = Number(pid);
  return id === process.pid ? !held.has(root) : !isRunning(id);
}

function isRunning(pid: number): boolean {
  // Other numbers mean a group of processes.
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is somebody else's.
    return isIoError(error, 'EPERM');
  }
}

/** The name of the file that says who has the stage; `null` where it is not one of {@link beginTransaction}, or just gone. */
function ownerOf(stage: string): string | null {
  if (!entryAt(stage)?.isDirectory()) return null;
  try {
    return readdirSync(stage).find((name) => OWNER_NAME.test(name)) ?? null;
  } catch (error) {
    if (isIoError(error, 'ENOENT')) return null;
    throw error;
  }
}

function move(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  renameSync(from, to);
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
