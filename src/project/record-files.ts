import { closeSync, constants, existsSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { EXIT, ExpectedError } from '../model/errors.ts';
import { BASE_FILE, LOCK_FILE, PACKS_FILE } from '../model/project-record.ts';
import { isIoError, reasonOf } from './io-error.ts';
import { ancestorsOf, entryAt, linkAbove } from './paths.ts';

/** Bytes: a lock has a few thousand, a base less than a million, and so have packs. */
export const LONGEST = { [LOCK_FILE]: 1_000_000, [BASE_FILE]: 20_000_000, [PACKS_FILE]: 20_000_000 };

/** A file of the record of a project. */
export type RecordFile = keyof typeof LONGEST;

/**
 * The folder of the project around `cwd`: the innermost one that has a lock, in the same repository.
 * Throws an `ExpectedError` if there is none.
 */
export function findProject(cwd: string): string {
  for (const folder of ancestorsOf(resolve(cwd))) {
    if (entryAt(join(folder, LOCK_FILE)) !== null) return folder;
    if (existsSync(join(folder, '.git'))) break;
  }
  throw new ExpectedError(EXIT.usage, [
    {
      code: 'no-project',
      message: `${cwd} is not in a project that create-api made: there is no ${LOCK_FILE}`,
      hint: 'change to the folder of a project; create-api adopt takes in one that was made before there was a record',
    },
  ]);
}

/** Reads a file of the record of the project in `root`. Throws an `ExpectedError` if it is missing, a link, or far too long. */
export function readRecordFile(root: string, file: RecordFile): string {
  const path = join(root, file);
  if (linkAbove(root, file) !== null) throw untrusted(file, `${dirname(file)} is a link`);
  try {
    // Not through a link, and not a pipe, on which reading would wait.
    const opened = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    try {
      const entry = fstatSync(opened);
      if (!entry.isFile()) throw untrusted(file, 'it is not a file');
      if (entry.size > LONGEST[file]) throw untrusted(file, `it has ${entry.size} bytes`);
      const text = readFileSync(opened, 'utf8');
      if (/^<{7} /m.test(text)) throw inConflict(file);
      return text;
    } finally {
      closeSync(opened);
    }
  } catch (error) {
    if (!isIoError(error)) throw error;
    throw untrusted(
      file,
      error.code === 'ENOENT' ? 'it is missing' : error.code === 'ELOOP' ? 'it is a link' : reasonOf(error),
    );
  }
}

/** Two branches changed the project: what one of them has cannot be read out of both. */
function inConflict(file: string): ExpectedError {
  const message = `${file} is in conflict: two branches changed the project with create-api`;
  const hint = 'while git merges or rebases, create-api continue puts together what both did';
  return new ExpectedError(EXIT.conflict, [{ code: 'record-in-conflict', message, hint }]);
}

function untrusted(file: string, reason: string): ExpectedError {
  const message = `${file} cannot be read: ${reason}`;
  const hint = `restore it from git: git checkout HEAD -- ${file}`;
  return new ExpectedError(EXIT.integrity, [{ code: 'unreadable-record', message, hint }]);
}
