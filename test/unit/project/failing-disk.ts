import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { basename } from 'node:path';
import { isExpected } from '../../../src/model/errors.ts';

/** Which changes of the disk fail, and how. */
export interface Failure {
  /**
   * `kill`: the process dies, so nothing after it happens. `power`: the machine does, which also loses what was written and
   * not flushed. `ENOSPC`: the change fails, and so do the next ones up to `count`; a write has written a part.
   */
  readonly by: 'kill' | 'power' | 'ENOSPC';
  /** The first change that fails: its number, from 1, or its operation and the name of the file. */
  readonly position: number | `${Operation} ${string}`;
  /** 1 by default. */
  readonly count?: number;
}

/** How the work ended: with an exit code, or by a kill. `untouched`: it made fewer changes than were to succeed. */
export type Ended = number | 'killed' | 'untouched';

type Operation =
  | 'chmod'
  | 'fsync'
  | 'mkdir'
  | 'mkdtemp'
  | 'rename'
  | 'rm'
  | 'rmdir'
  | 'symlink'
  | 'unlink'
  | 'writeFile';

class Killed extends Error {}

/** Does `work`, of whose changes of the disk one fails or is the last. */
export async function onFailingDisk(failure: Failure, work: () => unknown): Promise<Ended> {
  const used = new FailingDisk(failure);
  disk = used;
  try {
    await work();
    return used.failed > 0 ? 0 : 'untouched';
  } catch (error) {
    if (used.isDead) return 'killed';
    if (isExpected(error)) return error.exitCode;
    throw error;
  } finally {
    disk = null;
    if (failure.by === 'power' && used.isDead) for (const path of used.unflushed) emptyFile(path);
  }
}

let disk: FailingDisk | null = null;

class FailingDisk {
  changes = 0;
  failed = 0;
  /** What was written without being flushed, by its current path. */
  readonly unflushed = new Set<string>();

  constructor(private readonly failure: Failure) {}

  get isDead(): boolean {
    return this.failed > 0 && this.failure.by !== 'ENOSPC';
  }

  isFailing(operation: Operation, args: readonly unknown[]): boolean {
    const { by, position, count = 1 } = this.failure;
    // However full the disk is, a folder can be removed.
    if (by === 'ENOSPC' && operation === 'rmdir') return false;
    this.changes++;
    if (this.failed > 0) return by !== 'ENOSPC' || this.failed < count;
    return typeof position === 'number'
      ? this.changes === position
      : position === `${operation} ${basename(`${args[0]}`)}`;
  }

  moved(from: string, to: string): void {
    for (const path of this.unflushed) {
      if (!`${path}/`.startsWith(`${from}/`)) continue;
      this.unflushed.delete(path);
      this.unflushed.add(to + path.slice(from.length));
    }
  }
}

const { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, rmdirSync, symlinkSync, unlinkSync, writeFileSync } = fs;

function failing<A extends readonly unknown[], R>(operation: Operation, call: (...args: A) => R): (...args: A) => R {
  return (...args) => {
    if (disk?.isFailing(operation, args)) {
      const isFirst = disk.failed++ === 0;
      if (operation === 'writeFile' && isFirst) writePart(args);
      if (disk.isDead) throw new Killed();
      throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC', syscall: operation });
    }
    const result = call(...args);
    if (operation === 'rename') disk?.moved(`${args[0]}`, `${args[1]}`);
    return result;
  };
}

function writePart([path, data, options]: readonly unknown[]): void {
  const bytes = Buffer.from(data as string | Uint8Array);
  writeFileSync(path as string, bytes.subarray(0, bytes.length / 2), options as fs.WriteFileOptions);
}

/** Flushing takes long, and here it is enough to know that it was asked for. */
function writeUnflushed(path: string, data: string | Uint8Array, options: { flush?: boolean } = {}): void {
  const { flush, ...others } = options;
  writeFileSync(path, data, others);
  if (!flush) disk?.unflushed.add(path);
}

function emptyFile(path: string): void {
  if (fs.existsSync(path)) fs.truncateSync(path);
}

// For good, since modules of Node keep what they have imported once.
Object.assign(fs, {
  chmodSync: failing('chmod', chmodSync),
  fsyncSync: failing('fsync', () => {}),
  mkdirSync: failing('mkdir', mkdirSync),
  mkdtempSync: failing('mkdtemp', mkdtempSync),
  renameSync: failing('rename', renameSync),
  rmSync: failing('rm', rmSync),
  rmdirSync: failing('rmdir', rmdirSync),
  symlinkSync: failing('symlink', symlinkSync),
  unlinkSync: failing('unlink', unlinkSync),
  writeFileSync: failing('writeFile', writeUnflushed),
});
syncBuiltinESMExports();
