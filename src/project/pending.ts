import { join } from 'node:path';
import { EXIT, ExpectedError } from '../model/errors.ts';
import type { FileChange, FileState } from '../model/files.ts';
import { type Fingerprint, fingerprintAt, fingerprintOf, isFingerprint, readState, sameState } from './file-state.ts';
import { isListOf, isObject, isText } from './guards.ts';
import { entryAt } from './paths.ts';
import { assertSafePaths } from './safe-paths.ts';
import type { HeldFolder } from './transaction.ts';

/**
 * A change of a project that a person has to finish, because of conflicts. Merged files, and those with conflict markers, are in
 * place already; the project's lock and base are still the previous ones.
 *
 *     .create-api/pending/.gitignore     keeps the folder out of commits: it belongs to this copy of the project
 *     .create-api/pending/record.json    what `continue` writes, and what `abort` restores
 */
const FOLDER = '.create-api/pending';
const RECORD = `${FOLDER}/record.json`;

/** Where `abort` keeps copies of what was edited since: the first of these that is not in use. */
const COPIES = '.create-api/aborted';

const FORMAT_VERSION = 1;

const IGNORE_ALL: FileState = { bytes: new TextEncoder().encode('*\n'), mode: 'file' };

/** A change that waits for `continue` or `abort`. */
export interface Pending {
  /** The command that began it, as it is typed. */
  readonly command: string;
  readonly files: readonly PendingFile[];
  /** What is left to write, once the conflicts are resolved. */
  readonly next: readonly FileChange[];
}

/** A file of a pending change. */
export interface PendingFile {
  readonly path: string;
  /** What `abort` restores; absent if there was no file. */
  readonly before?: FileState;
  /** What was written, to find out what was edited since. */
  readonly written: Fingerprint;
  /** Why a person has to decide; absent if the file was merged. */
  readonly reason?: string;
}

/** What `abort` did; paths are relative to the project. */
export interface AbortReport {
  readonly restored: readonly string[];
  /** Files that were edited since, and the copies of their last version. */
  readonly copies: readonly { readonly path: string; readonly copy: string }[];
}

/**
 * Makes `changes`, which include files with conflict markers, and records how to finish or undo them, or does nothing.
 * `reasons` has the conflicts by path, and `next` what `continue` writes.
 */
export function beginPending(
  folder: HeldFolder,
  command: string,
  changes: readonly FileChange[],
  reasons: ReadonlyMap<string, string>,
  next: readonly FileChange[],
): void {
  const files = changes.map(({ path, before, after }): PendingFile => {
    const reason = reasons.get(path);
    return { path, ...(before && { before }), written: fingerprintOf(after), ...(reason !== undefined && { reason }) };
  });
  folder.apply([...changes, ...recordChanges({ command, files, next })]);
}

/**
 * The change of the project `root` that is pending; `null` if none is.
 * Throws an `ExpectedError` if its record was not written by create-api.
 */
export function readPending(root: string): Pending | null {
  const record = readState(root, RECORD);
  if (record === undefined) return null;
  const pending = record.mode === 'link' ? null : parse(new TextDecoder().decode(record.bytes));
  if (pending === null) throw untrusted(root);
  return pending;
}

/** Writes what is left of a pending change, whose conflicts are resolved, and ends it. */
export function continuePending(folder: HeldFolder, { next }: Pending): void {
  folder.apply([...next, ...recordRemoval(folder.root)]);
}

/** Ends a pending change whose files were taken back or replaced, as by git, and leaves them as they are. */
export function forgetPending(folder: HeldFolder): void {
  folder.apply(recordRemoval(folder.root));
}

/**
 * Whether the files of a pending change or, if `isTracked`, those of them that were there before, are no longer as it wrote them, and
 * what it merged is back to what it was.
 */
export function isTakenBack(root: string, { files }: Pending, isTracked = false): boolean {
  const found = files
    .filter(({ before }) => before !== undefined || !isTracked)
    .map((file) => ({ ...file, now: fingerprintAt(join(root, file.path)) }));
  // A person may resolve a conflict so that the file is what it was.
  const isBack = found.some(({ reason, now, before }) => reason === undefined && now === fingerprintOf(before));
  return isBack && found.every(({ now, written }) => now !== written);
}

/** The files of a pending change that are neither what they were before nor what it wrote. */
export function editedSince(root: string, { files }: Pending): readonly string[] {
  return files.flatMap(({ path, before, written }) => {
    const now = readState(root, path);
    return sameState(now, before) || fingerprintOf(now) === written ? [] : [path];
  });
}

/**
 * Restores every file of a pending change to what it was before, apart from those at the paths `left`, and ends the change. Files that
 * were edited since are copied first. Throws an `ExpectedError` if something is in the way; then nothing is changed.
 */
export function abortPending(folder: HeldFolder, { files }: Pending, left: ReadonlySet<string>): AbortReport {
  const { root } = folder;
  const found = files
    .filter(({ path }) => !left.has(path))
    .map((file) => ({ ...file, now: readState(root, file.path) }));
  const changed = found.filter(({ now, before }) => !sameState(now, before));
  const copies = freeFolder(root);
  const edited = changed.flatMap(({ path, now, written }) =>
    now === undefined || fingerprintOf(now) === written ? [] : [{ path, copy: `${copies}/${path}`, after: now }],
  );
  folder.apply([
    ...changed.map(({ path, now, before }) => ({
      path,
      ...(now && { before: now }),
      ...(before && { after: before }),
    })),
    ...edited.map(({ copy, after }) => ({ path: copy, after })),
    ...(edited.length > 0 ? [{ path: `${copies}/.gitignore`, after: IGNORE_ALL }] : []),
    ...recordRemoval(root),
  ]);
  return { restored: changed.map(({ path }) => path), copies: edited.map(({ path, copy }) => ({ path, copy })) };
}

function recordChanges({ command, files, next }: Pending): readonly FileChange[] {
  const record: StoredRecord = {
    formatVersion: FORMAT_VERSION,
    command,
    files: files.map(({ before, ...file }) => ({ ...file, before: stored(before) })),
    next: next.map(({ path, before, after }) => ({ path, before: stored(before), after: stored(after) })),
  };
  return [
    { path: `${FOLDER}/.gitignore`, after: IGNORE_ALL },
    { path: RECORD, after: { bytes: new TextEncoder().encode(JSON.stringify(record)), mode: 'file' } },
  ];
}

function recordRemoval(root: string): readonly FileChange[] {
  return [RECORD, `${FOLDER}/.gitignore`].flatMap((path) => {
    const before = readState(root, path);
    return before === undefined ? [] : [{ path, before }];
  });
}

function freeFolder(root: string, number = 1): string {
  const folder = number === 1 ? COPIES : `${COPIES}-${number}`;
  return entryAt(join(root, folder)) === null ? folder : freeFolder(root, number + 1);
}

/** A record as JSON. */
interface StoredRecord {
  readonly formatVersion: number;
  readonly command: string;
  readonly files: readonly (Pick<PendingFile, 'path' | 'written' | 'reason'> & { readonly before: StoredState })[];
  readonly next: readonly { readonly path: string; readonly before: StoredState; readonly after: StoredState }[];
}

type StoredState = { readonly mode: FileState['mode']; readonly base64: string } | null;

function stored(state: FileState | undefined): StoredState {
  return state === undefined ? null : { mode: state.mode, base64: Buffer.from(state.bytes).toString('base64') };
}

/** `null` if the text is no record, or names paths that are not the project's. */
function parse(text: string): Pending | null {
  try {
    const record: unknown = JSON.parse(text);
    if (!isRecord(record)) return null;
    // As the changes are checked before they are made: what stays, and what goes.
    const { files, next } = record;
    const kept = [files.filter(({ before }) => before), next.filter(({ after }) => after)];
    const removed = [files.filter(({ before }) => !before), next.filter(({ after }) => !after)];
    for (const each of [...kept, ...removed]) assertSafePaths(each);
    return {
      command: record.command,
      files: record.files.map(({ before, ...file }) => ({ ...file, ...(before && { before: restored(before) }) })),
      next: record.next.map(({ path, before, after }) => ({
        path,
        ...(before && { before: restored(before) }),
        ...(after && { after: restored(after) }),
      })),
    };
  } catch {
    return null;
  }
}

function restored({ mode, base64 }: NonNullable<StoredState>): FileState {
  return { bytes: Buffer.from(base64, 'base64'), mode };
}

function isRecord(value: unknown): value is StoredRecord {
  return (
    isObject(value) &&
    value['formatVersion'] === FORMAT_VERSION &&
    isText(value['command']) &&
    isListOf(value['files'], isStoredFile) &&
    isListOf(value['next'], isStoredChange)
  );
}

function isStoredFile(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value['path']) &&
    isFingerprint(value['written']) &&
    isState(value['before']) &&
    (value['reason'] === undefined || isText(value['reason']))
  );
}

function isStoredChange(value: unknown): boolean {
  return isObject(value) && isText(value['path']) && isState(value['before']) && isState(value['after']);
}

function isState(value: unknown): boolean {
  if (value === null) return true;
  return isObject(value) && isText(value['base64']) && ['file', 'executable', 'link'].includes(`${value['mode']}`);
}

function untrusted(root: string): ExpectedError {
  return new ExpectedError(EXIT.integrity, [
    {
      code: 'untrusted-record',
      message: `${join(root, RECORD)} was not written by this version of create-api; nothing was changed`,
      hint: 'continue or abort with the version that wrote it, or move it away and restore the files with git',
    },
  ]);
}
