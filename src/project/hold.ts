import {
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { EXIT, ExpectedError } from '../model/errors.ts';
import { isIoError } from './io-error.ts';
import { entryAt } from './paths.ts';
import { makeStage, removeStage, STAGE } from './stage.ts';

/**
 * One process at a time changes a folder: the one that is named in the folder's stage.
 *
 *     .create-api-writing/owner.<pid>.<machine>
 *
 * The owner rewrites that file while it waits, so that a process elsewhere, which cannot see whether it still runs, knows.
 */

const OWNER_NAME = /^owner\.(?<pid>[^.]*)\.(?<machine>.*)$/;

let machine: string | undefined;

/** Where the id of a process means something: containers have their own, also under the name of their host. */
function thisMachine(): string {
  machine ??= encodeURIComponent(`${bootAndContainer()} ${hostname()}`).slice(0, 200);
  return machine;
}

function ownName(): string {
  return `owner.${process.pid}.${thisMachine()}`;
}

/** Milliseconds between two signs of life of an owner. */
const BEAT = 10_000;

/** Milliseconds after which an owner without a sign of life is gone. */
const SILENT_AFTER = 120_000;

/** The folders that this process holds. Its id alone proves nothing: in containers, killed runs had the same one. */
const held = new Map<string, NodeJS.Timeout>();

/** Takes the folder `root`, which has no stage yet. Throws an `ExpectedError` if another process was faster. */
export function takeFolder(root: string): void {
  const stage = join(root, STAGE);
  const draft = makeStage(root);
  try {
    writeFileSync(join(draft, ownName()), '');
    // The stage appears with its owner or not at all: a rename never replaces a folder that is not empty.
    renameSync(draft, stage);
  } catch (error) {
    removeStage(draft);
    throw isIoError(error, 'ENOTEMPTY', 'EEXIST', 'EPERM') && error.syscall === 'rename' ? folderInUse(root) : error;
  }
  const timer = setInterval(() => beat(stage), BEAT);
  timer.unref();
  held.set(root, timer);
}

/** Whether this process still holds the folder `root`; after a long sleep, another one may. */
export function holdsFolder(root: string): boolean {
  return held.has(root) && entryAt(join(root, STAGE, ownName())) !== null;
}

/** Stops the signs of life. The stage is still there. */
export function letGo(root: string): void {
  clearInterval(held.get(root));
  held.delete(root);
}

/** The owner that left the stage in the folder `root`. Throws an `ExpectedError` while it may still be running. */
export function abandonedOwner(root: string): string {
  const stage = join(root, STAGE);
  const owner = ownerOf(stage);
  if (owner === null || !isGone(root, owner)) throw folderInUse(root);
  return owner;
}

/** Makes this process the owner instead of `owner`. If two try, the one whose rename succeeds is. */
export function claimFolder(root: string, owner: string): void {
  const stage = join(root, STAGE);
  try {
    renameSync(join(stage, owner), join(stage, ownName()));
  } catch (error) {
    throw isIoError(error, 'ENOENT') ? folderInUse(root) : error;
  }
}

/** The error for a folder that another process holds. */
export function folderInUse(root: string): ExpectedError {
  return new ExpectedError(EXIT.conflict, [
    {
      code: 'folder-in-use',
      message: `another create-api is writing to ${root}`,
      hint:
        ownerOf(join(root, STAGE)) === null
          ? `move ${join(root, STAGE)} away, which no create-api has left like that`
          : 'wait for it to finish; if it was killed on another machine, run this again in two minutes',
    },
  ]);
}

function isGone(root: string, owner: string): boolean {
  const { pid = '', machine: place = '' } = OWNER_NAME.exec(owner)?.groups ?? {};
  const id = Number(pid);
  if (place === thisMachine() && (id === process.pid ? !held.has(root) : !isRunning(id))) return true;
  // It runs elsewhere, or its id is that of another process by now.
  return silenceOf(root, owner) > SILENT_AFTER;
}

/** Milliseconds since the last sign of life, by the clock of the file system, which may be that of a third machine. */
function silenceOf(root: string, owner: string): number {
  const probe = makeStage(root);
  try {
    const now = entryAt(probe)?.mtimeMs ?? 0;
    return now - (entryAt(join(root, STAGE, owner))?.mtimeMs ?? now);
  } finally {
    removeStage(probe);
  }
}

function beat(stage: string): void {
  try {
    const file = openSync(join(stage, ownName()), 'r+');
    writeSync(file, '.', 0);
    closeSync(file);
  } catch (error) {
    if (!isIoError(error)) throw error;
  }
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
  try {
    if (!entryAt(stage)?.isDirectory()) return null;
    return readdirSync(stage).find((name) => OWNER_NAME.test(name)) ?? null;
  } catch (error) {
    if (isIoError(error, 'ENOENT')) return null;
    throw error;
  }
}

function bootAndContainer(): string {
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    // Only Linux has them, and not in every sandbox.
    return '';
  }
}
