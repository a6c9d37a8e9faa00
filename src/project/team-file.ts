import { closeSync, constants, fstatSync, openSync, readFileSync, statSync } from 'node:fs';
import type { Problem } from '../model/errors.ts';
import { isIoError, reasonOf } from './io-error.ts';

/** Bytes of a preset or policy at most: one with a hundred resources has a tenth of that. */
const LONGEST = 200_000;

type Reading = { readonly text: string } | { readonly problem: Problem };

/** Reads the file of a preset or policy, which is what `what` says; returns the problem if it cannot be read. */
export function readTeamFile(path: string, what: 'preset' | 'policy'): Reading {
  const read = readBounded(path, LONGEST);
  if ('text' in read) return read;
  return {
    problem: {
      code: `cannot-read-${what}`,
      message: `cannot read the ${what} ${path}: ${read.reason}`,
      hint: HINTS[what],
    },
  };
}

/** Reads a file of at most `longest` bytes as text; returns the reason if that is impossible. */
export function readBounded(path: string, longest: number): { readonly text: string } | { readonly reason: string } {
  try {
    // Not a pipe, on which reading would wait.
    const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const entry = fstatSync(file);
      if (!entry.isFile()) return { reason: 'it is not a file' };
      if (entry.size > longest) return { reason: tooLong(entry.size, longest) };
      return decoded(readFileSync(file));
    } finally {
      closeSync(file);
    }
  } catch (error) {
    if (!isIoError(error)) throw error;
    return { reason: error.code === 'ENOENT' ? 'there is no such file' : reasonOf(error) };
  }
}

/** Reads a file that was fetched; `name` is that of its source. */
export function readFetchedFile(bytes: Uint8Array, name: string, what: 'preset' | 'policy'): Reading {
  const read = bytes.length > LONGEST ? { reason: tooLong(bytes.length, LONGEST) } : decoded(bytes);
  if ('text' in read) return read;
  return { problem: { code: `cannot-read-${what}`, message: `cannot read the ${what} ${name}: ${read.reason}` } };
}

const HINTS = {
  preset: '--preset takes the path of a JSON file, npm:<package>@<version> or git+https://<host>/<repository>#<commit>',
  policy: 'CREATE_API_POLICY is the path of a JSON file; without it, create-api looks for .create-api-policy.json',
};

function tooLong(bytes: number, longest: number): string {
  return `it has ${bytes} bytes, and may have ${longest}`;
}

function decoded(bytes: Uint8Array): { readonly text: string } | { readonly reason: string } {
  try {
    // A byte order mark is not part of the JSON, and not of the text.
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { reason: 'it is not UTF-8' };
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
