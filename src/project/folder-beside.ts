/** Temporary folders beside a repository, for a second copy of it. */
import { mkdtempSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { explainIoError, isIoError } from './io-error.ts';

/** The process that works in a folder is part of its name. */
const BESIDE = /^\.create-api-fleet-(?<pid>\d+)-\w{6}$/;

/**
 * Makes an empty folder beside `folder` for as long as `use` takes: paths that lead out of `folder` mean the same in it. Throws an
 * `ExpectedError` if that is impossible.
 */
export async function withFolderBeside<Result>(
  folder: string,
  use: (beside: string) => Promise<Result>,
): Promise<Result> {
  const beside = makeFolderBeside(folder);
  try {
    return await use(beside);
  } finally {
    deleteFolder(beside);
  }
}

/** Deletes a folder with all that is in it, if it is there. */
export function deleteFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

function makeFolderBeside(folder: string): string {
  try {
    return mkdtempSync(join(dirname(folder), `.create-api-fleet-${process.pid}-`));
  } catch (error) {
    throw explainIoError(error, dirname(folder));
  }
}

/** Removes the empty folders beside `folder` that `withFolderBeside` made in processes that were killed, as far as that is possible. */
export function removeEmptyBeside(folder: string): void {
  try {
    const abandoned = readdirSync(dirname(folder)).filter(isAbandoned);
    for (const name of abandoned) rmdirSync(join(dirname(folder), name));
  } catch (error) {
    // One with files is a worktree, perhaps of another repository.
    if (!isIoError(error)) throw error;
  }
}

/** Whether a folder was made by `withFolderBeside` in a process that was killed. */
export function isAbandoned(folder: string): boolean {
  const pid = BESIDE.exec(basename(folder))?.groups?.['pid'];
  if (pid === undefined) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return isIoError(error, 'ESRCH');
  }
}
