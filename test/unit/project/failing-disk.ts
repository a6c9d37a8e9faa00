/**
 * Runs `writeProject` in a process whose n-th change of the disk fails, and the next ones up to `count` in all: by an
 * error of the disk, or by the death of the process. Exits with the error's exit code.
 * Arguments, as of `node --eval`: folder, `fail|overwrite|skip`, `kill|ENOSPC`, n or e.g. `rm <name>`, count, files as JSON.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { basename } from 'node:path';
import type { ExpectedError } from '../../../src/model/errors.ts';
import type { FileSet, OnConflict } from '../../../src/model/files.ts';
import { inspectTarget } from '../../../src/project/target.ts';
import { writeProject } from '../../../src/project/write.ts';

const [folder = '', onConflict = '', failure = '', position = '', count = '', files = ''] = process.argv.slice(1);
let remaining = /^\d+$/.test(position) ? Number(position) : Number.POSITIVE_INFINITY;
const failUntil = 1 - Number(count);

function failing<A extends unknown[], R>(call: (...args: A) => R, syscall: string): (...args: A) => R {
  return (...args) => {
    remaining = position === `${syscall} ${basename(String(args[0]))}` ? 0 : remaining - 1;
    const isFailing = remaining <= 0 && remaining >= failUntil;
    if (isFailing && failure === 'kill') process.kill(process.pid, 'SIGKILL');
    if (isFailing) throw Object.assign(new Error('no space left on device'), { code: failure, syscall });
    return call(...args);
  };
}

const target = await inspectTarget(folder);
fs.mkdirSync = failing(fs.mkdirSync, 'mkdir') as typeof fs.mkdirSync;
fs.mkdtempSync = failing(fs.mkdtempSync, 'mkdtemp') as typeof fs.mkdtempSync;
fs.renameSync = failing(fs.renameSync, 'rename');
fs.rmSync = failing(fs.rmSync, 'rm');
fs.rmdirSync = failing(fs.rmdirSync, 'rmdir') as typeof fs.rmdirSync;
fs.writeFileSync = failing(fs.writeFileSync, 'write');
syncBuiltinESMExports();

try {
  await writeProject(target, JSON.parse(files) as FileSet, onConflict as OnConflict);
} catch (error) {
  process.exitCode = (error as ExpectedError).exitCode;
}
// The run made fewer changes than that, so nothing failed.
if (remaining > 0) process.exitCode ??= 99;
