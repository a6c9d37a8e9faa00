import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EXIT, ExpectedError } from '../model/errors.ts';
import { syncFolders } from './durable.ts';
import { type Fingerprint, isFingerprint } from './file-state.ts';
import { isListOf, isObject, isText } from './guards.ts';
import { isIoError } from './io-error.ts';
import { ancestorsOf, entryAt, linkAbove } from './paths.ts';
import { assertSafePaths } from './safe-paths.ts';

/** The files that a transaction changes, and what is needed to undo it. All paths are relative to the project. */
export interface Journal {
  readonly files: readonly JournalFile[];
  /** Folders that did not exist before, outermost first. */
  readonly folders: readonly string[];
}

/** A file of a journal: what was at its path, and what the transaction puts there. */
export interface JournalFile {
  readonly path: string;
  readonly before: Fingerprint;
  readonly after: Fingerprint;
}

/** Opens the transaction of `stage` that is about to change `files` in the folder `root`. Survives a power failure. */
export function openJournal(root: string, stage: string, files: readonly JournalFile[]): void {
  const written = files.filter(({ after }) => after !== 'absent');
  const parents = new Set(written.flatMap(({ path }) => foldersAbove(path)));
  const folders = [...parents].filter((folder) => entryAt(join(root, folder)) === null).sort();
  const draft = join(stage, 'journal.draft');
  const journal: Journal = { files: files.map(({ path, before, after }) => ({ path, before, after })), folders };
  writeFileSync(draft, JSON.stringify(journal), { flush: true });
  renameSync(draft, openIn(stage));
  syncFolders([stage]);
}

/** Commits an open transaction: from now on it is completed instead of undone. */
export function commitJournal(stage: string): void {
  renameSync(openIn(stage), committedIn(stage));
  try {
    syncFolders([stage]);
  } catch (error) {
    // It is committed now, and cannot fail any more.
    if (!isIoError(error)) throw error;
  }
}

/** Ends an open transaction that is undone. */
export function dropJournal(stage: string): void {
  rmSync(openIn(stage));
  syncFolders([stage]);
}

/** Whether the transaction of `stage` has begun and is neither committed nor undone. */
export function isOpen(stage: string): boolean {
  return entryAt(openIn(stage)) !== null;
}

/** Whether the transaction of `stage` is committed. */
export function isCommitted(stage: string): boolean {
  return entryAt(committedIn(stage)) !== null;
}

/**
 * Reads the journal of `stage`; `null` if there is none, because the transaction has not begun or has been undone.
 * Throws an `ExpectedError` if no run can have written it for the folder `root`: a stage may come with a cloned
 * repository, and must not make us touch anything outside the folder.
 */
export function readJournal(root: string, stage: string): Journal | null {
  const path = [openIn(stage), committedIn(stage)].find((path) => entryAt(path) !== null);
  if (path === undefined) return null;
  if (!entryAt(path)?.isFile()) throw untrusted(stage, 'its journal is not a file');
  const journal = parse(readFileSync(path, 'utf8'));
  if (!isJournal(journal)) throw untrusted(stage, 'its journal is broken');
  try {
    for (const file of journal.files) assertSafePaths([file]);
  } catch (error) {
    throw untrusted(stage, error instanceof Error ? error.message : String(error));
  }
  const stray = journal.folders.find((folder) => !journal.files.some((file) => file.path.startsWith(`${folder}/`)));
  if (stray !== undefined) throw untrusted(stage, `${JSON.stringify(stray)} contains none of its files`);
  const inside = [linkAbove(stage, 'new/0'), linkAbove(stage, 'old/0')];
  const link = [...inside, ...journal.files.map(({ path }) => linkAbove(root, path))].find((link) => link !== null);
  if (link !== undefined) throw untrusted(stage, `${link} is a link`);
  return journal;
}

/** Where the new file with this number in the journal is until it is in place. */
export function stagedAt(stage: string, number: number): string {
  return join(stage, 'new', `${number}`);
}

/** Where the file that it replaces is. */
export function originalAt(stage: string, number: number): string {
  return join(stage, 'old', `${number}`);
}

/** The folders above a relative path, innermost first. */
export function foldersAbove(path: string): readonly string[] {
  return ancestorsOf(dirname(path)).filter((folder) => folder !== '.');
}

/** The journal of an open transaction. */
function openIn(stage: string): string {
  return join(stage, 'journal.json');
}

/** The journal of a transaction that was committed. */
export function committedIn(stage: string): string {
  return join(stage, 'committed.json');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isJournal(value: unknown): value is Journal {
  return isObject(value) && isListOf(value['files'], isJournalFile) && isListOf(value['folders'], isText);
}

function isJournalFile(value: unknown): value is JournalFile {
  return isObject(value) && isText(value['path']) && isFingerprint(value['before']) && isFingerprint(value['after']);
}

function untrusted(stage: string, reason: string): ExpectedError {
  return new ExpectedError(EXIT.integrity, [
    {
      code: 'untrusted-journal',
      message: `${stage} was not left by an interrupted create-api: ${reason}; nothing was changed`,
      hint: 'inspect it, move it away and run create-api again',
    },
  ]);
}
