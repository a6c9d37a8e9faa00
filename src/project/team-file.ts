import { closeSync, constants, fstatSync, openSync, readFileSync, statSync } from 'node:fs';
import type { Problem } from '../model/errors.ts';
import { isIoError, reasonOf } from './io-error.ts';

/** Bytes of a preset or policy at most: one with a hundred resources has a tenth of that. */
const LONGEST = 200_000;

type Reading = { readonly text: string } | { readonly problem: Problem };

/** Reads the file of a preset or policy, which is what `what` says; returns the problem if it cannot be read. */
export function readTeamFile(path: string, what: 'preset' | 'policy'): Reading {
  const cannot = (reason: string): Reading => ({
    problem: { code: `cannot-read-${what}`, message: `cannot read the ${what} ${path}: ${reason}`, hint: HINTS[what] },
  });
  try {
    // Not a pipe, on which reading would wait.
    const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const entry = fstatSync(file);
      if (!entry.isFile()) return cannot('it is not a file');
      if (entry.size > LONGEST) return cannot(tooLong(entry.size));
      return decoded(readFileSync(file), cannot);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    if (!isIoError(error)) throw error;
    return cannot(error.code === 'ENOENT' ? 'there is no such file' : reasonOf(error));
  }
}

/** Reads a file that was fetched; `name` is that of its source. */
export function readFetchedFile(bytes: Uint8Array, name: string, what: 'preset' | 'policy'): Reading {
  const cannot = (reason: string): Reading => ({
    problem: { code: `cannot-read-${what}`, message: `cannot read the ${what} ${name}: ${reason}` },
  });
  return bytes.length > LONGEST ? cannot(tooLong(bytes.length)) : decoded(bytes, cannot);
}

const HINTS = {
  preset: '--preset takes the path of a JSON file, npm:<package>@<version> or git+https://<host>/<repository>#<commit>',
  policy: 'CREATE_API_POLICY is the path of a JSON file; without it, create-api looks for .create-api-policy.json',
};

function tooLong(bytes: number): string {
  return `it has ${bytes} bytes, and may have ${LONGEST}`;
}

function decoded(bytes: Uint8Array, cannot: (reason: string) => Reading): Reading {
  try {
    // A byte order mark is not part of the JSON, and not of the text.
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return cannot('it is not UTF-8');
  }
}

/** Whether there is a folder at a path, or a link to one. */
export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    // What is wrong with the path is said when it is read.
    return false;
  }
}
