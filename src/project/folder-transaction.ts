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
 * Files are moved into an existing folder from a staging folder inside it. Owning that is the lock of the folder; while it
 * contains a journal, the move can be undone: by this run or, if it was killed, by the next one.
 *
 *     .create-api-writing/owner.<pid>.<host>   an empty file, whose name is the owning process
 *     .create-api-writing/new/<path>           the rendered files that are not in place yet
 *     .create-api-writing/old/<path>           what they replaced
 *     .create-api-writing/journal.json         the files to move; removing it commits
 */

const OWNER_NAME = /^owner\.(?<pid>[^.]*)\.(?<host>.*)$/;

/** The host's name, shortened to fit into the name of a file. */
const HOST = encodeURIComponent(hostname()).slice(0, 200);
const OWN_NAME = `owner.${process.pid}.${HOST}`;

/** The folders that this process has locked. Its id alone proves nothing: in containers, killed runs had the same one. */
const held = new Set<string>();

/** Whether a run, active or killed, has a stage in the folder `root`. */
export function hasTransaction(root: string): boolean {
  return entryAt(join(root, STAGE)) !== null;
}

/**
 * Locks the folder `root`, after undoing what a killed run left.
 * Throws an `ExpectedError` while another run has the lock, or if the remains cannot be trusted or undone.
 */
export function beginTransaction(root: string): void {
  sweepStale(root);
  const stage = join(root, STAGE);
  if (hasTransaction(root)) rollBackAbandoned(root, stage);
  const draft = makeStage(root);
  try {
    writeFileSync(join(draft, OWN_NAME), '');
    // The lock appears with its owner or not at all: a rename never replaces a folder that is not empty.
    renameSync(draft, stage);
    held.add(root);
  } catch (error) {
    removeStage(draft);
    throw isIoError(error, 'ENOTEMPTY', 'EEXIST', 'EPERM') && error.syscall === 'rename' ? busy(root) : error;
  }
}

/** Moves all `files` into place or none; only files and links are replaced. Requires {@link beginTransaction}. */
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
 * Releases the lock and removes the stage, after moving it out of the way of the next run.
 * While there is a journal the stage is kept, because the replaced files are in it; also if the disk fails.
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
  // Throws before anything in it is touched.
  readJournal(root, stage);
  claim(root, stage, owner);
  undo(root, stage);
  endTransaction(root);
}

/** Of two runs that find the owner gone, the one whose rename succeeds does the undoing. */
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
  // Zero and negative numbers are groups of processes.
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It belongs to another user.
    return isIoError(error, 'EPERM');
  }
}

/** The name of the owner file of a stage; `null` if there is none, or the stage has just gone. */
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
      hint: `wait for it to finish; if none is running, remove ${join(root, STAGE)}`,
    },
  ]);
}

function changedMeanwhile(path: string): ExpectedError {
  return new ExpectedError(EXIT.conflict, [
    {
      code: 'conflict',
      message: `${path} appeared while the project was being written; nothing was changed`,
      hint: 'run create-api again',
    },
  ]);
}
