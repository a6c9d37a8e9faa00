/** Reads which services a run is about, and the reports of earlier runs. */
import { realpathSync, type Stats, statSync } from 'node:fs';
import { dirname, join, posix, resolve } from 'node:path';
import { EXIT, ExpectedError, type Problem } from '../model/errors.ts';
import { isPathText } from '../model/fleet.ts';
import { parseJson } from '../model/json.ts';
import { LOCK_FILE } from '../model/project-record.ts';
import { explainIoError, isIoError, reasonOf } from './io-error.ts';
import { entryAt, linkAbove } from './paths.ts';
import { readBounded } from './team-file.ts';

/** A service of a list. */
export interface ListedService {
  /** Its folder, as it was given. */
  readonly service: string;
  /** Absolute. */
  readonly folder: string;
}

/** Bytes: a list of ten thousand services, and a report about as many. */
const LONGEST = { list: 1_000_000, report: 50_000_000 };

/** Reads a report that an earlier run printed; returns the problem if that is impossible. */
export function readReportFile(path: string): { readonly json: unknown } | { readonly reason: string } {
  const read = readBounded(path, LONGEST.report);
  return 'text' in read ? parseJson(read.text) : read;
}

/**
 * The services that folders and lists name, each folder once, whatever path leads to it. A list has a path on each line, apart from those
 * that begin with `#`, or, if it is called `*.json`, is an array of paths; they are relative to the list.
 */
export function readServices(
  operands: readonly string[],
  cwd: string,
): { readonly services: readonly ListedService[]; readonly problems: readonly Problem[] } {
  const services = new Map<string, ListedService>();
  const problems: Problem[] = [];
  for (const operand of operands) {
    const listed = listedIn(operand, cwd);
    if ('reason' in listed) problems.push(unreadable(operand, listed.reason));
    else
      for (const each of listed.services) {
        const key = placeOf(each.folder);
        services.set(key, services.get(key) ?? each);
      }
  }
  return { services: [...services.values()], problems };
}

/** Where a folder really is, if there is one. */
export function placeOf(folder: string): string {
  try {
    return realpathSync(folder);
  } catch (error) {
    if (!isIoError(error)) throw error;
    return folder;
  }
}

function listedIn(
  operand: string,
  cwd: string,
): { readonly services: readonly ListedService[] } | { readonly reason: string } {
  const path = resolve(cwd, operand);
  const entry = followed(path);
  if (typeof entry === 'string') return { reason: entry };
  if (entry.isDirectory()) return { services: [{ service: shown(operand), folder: path }] };
  const read = readBounded(path, LONGEST.list);
  if ('reason' in read) return read;
  const entries = operand.endsWith('.json') ? pathsIn(read.text) : linesOf(read.text);
  if (entries === null) return { reason: 'it is not a JSON array of paths' };
  const wrong = entries.find((each) => !isPathText(each));
  if (wrong !== undefined) return { reason: `${JSON.stringify(wrong.slice(0, 100))} is not a path` };
  return { services: entries.map((each) => ({ service: shown(each), folder: resolve(dirname(path), each) })) };
}

function linesOf(text: string): readonly string[] {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '' && !line.startsWith('#'));
}

function pathsIn(text: string): readonly string[] | null {
  const read = parseJson(text);
  if (!('json' in read) || !Array.isArray(read.json)) return null;
  return read.json.every((each) => typeof each === 'string') ? read.json : null;
}

function shown(path: string): string {
  return posix.normalize(path).replace(/(?<=.)\/$/, '');
}

function followed(path: string): Stats | string {
  try {
    return statSync(path);
  } catch (error) {
    if (!isIoError(error)) throw error;
    return error.code === 'ENOENT' ? 'there is no such folder or file' : reasonOf(error);
  }
}

function unreadable(operand: string, reason: string): Problem {
  return {
    code: 'invalid-services',
    message: `${operand}: ${reason}`,
    allowed: 'folders of services, and lists: files with a path on each line, or *.json with an array of paths',
  };
}

/** Throws an `ExpectedError` if `folder` is not the folder of a project. */
export function assertService(folder: string): void {
  const entry = followed(folder);
  const reason = typeof entry === 'string' ? entry : entry.isDirectory() ? null : 'it is not a folder';
  if (reason !== null) throw new ExpectedError(EXIT.usage, [{ code: 'no-such-service', message: reason }]);
  try {
    if (entryAt(join(folder, LOCK_FILE)) !== null) return;
  } catch (error) {
    throw explainIoError(error, folder, 'read');
  }
  throw new ExpectedError(EXIT.usage, [
    {
      code: 'no-project',
      message: `it is not a project of create-api: there is no ${LOCK_FILE}`,
      hint: 'create-api adopt takes in a project that was made before there was a record',
    },
  ]);
}

/**
 * Throws an `ExpectedError` if the folder `inside` of a service, which is empty or ends with a slash, is not in the commit that is checked
 * out in `worktree`, or is reached by a link there: an update would change the files where that leads.
 */
export function assertInCommit(worktree: string, inside: string): void {
  const link = linkAbove(worktree, inside + LOCK_FILE);
  if (link === null && entryAt(join(worktree, inside)) !== null) return;
  const reason = link === null ? 'has no such folder' : 'has a link in place of the folder';
  throw new ExpectedError(EXIT.usage, [
    { code: 'no-such-service', message: `the commit that the branch starts from ${reason}` },
  ]);
}
