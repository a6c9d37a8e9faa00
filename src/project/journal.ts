import { createHash } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EXIT, ExpectedError } from '../model/errors.ts';
import type { FileSet } from '../model/files.ts';
import { ancestorsOf, entryAt, linkAbove } from './paths.ts';
import { assertSafePaths } from './safe-paths.ts';

/** The files to move into a folder, and what is needed to undo that. All paths are relative to the folder. */
export interface Journal {
  readonly files: readonly JournalFile[];
  /** Folders that did not exist before, outermost first. */
  readonly folders: readonly string[];
}

/** One file of a journal. */
export interface JournalFile {
  readonly path: string;
  /** Hash of the new text, in hexadecimal. */
  readonly sha256: string;
  /** It replaces an existing file. */
  readonly replaced: boolean;
}

/** Writes the journal of what is about to happen in the folder `root` to `stage`, atomically. */
export function writeJournal(root: string, stage: string, files: FileSet, replaced: ReadonlySet<string>): void {
  const parents = new Set(files.flatMap(({ path }) => ancestorsOf(dirname(path))));
  const journal: Journal = {
    files: files.map(({ path, text }) => ({ path, sha256: sha256(text), replaced: replaced.has(path) })),
    folders: [...parents].filter((folder) => entryAt(join(root, folder)) === null).sort(),
  };
  const draft = join(stage, 'journal.draft');
  writeFileSync(draft, JSON.stringify(journal));
  renameSync(draft, journalIn(stage));
}

/** The path of a stage's journal. While it exists the transaction is open; removing it commits it or ends its undoing. */
export function journalIn(stage: string): string {
  return join(stage, 'journal.json');
}

/**
 * Reads the journal of `stage`; `null` if there is none, because the transaction has not begun or has ended.
 * Throws an `ExpectedError` if no run can have written it for the folder `root`: a stage may come with a cloned
 * repository, and must not make us touch anything outside the folder.
 */
export function readJournal(root: string, stage: string): Journal | null {
  const path = journalIn(stage);
  const entry = entryAt(path);
  if (entry === null) return null;
  if (!entry.isFile()) throw untrusted(stage, 'its journal is not a file');
  const journal = parse(readFileSync(path, 'utf8'));
  if (!isJournal(journal)) throw untrusted(stage, 'its journal is broken');
  try {
    assertSafePaths(journal.files);
  } catch (error) {
    throw untrusted(stage, error instanceof Error ? error.message : String(error));
  }
  const stray = journal.folders.find((folder) => !journal.files.some((file) => file.path.startsWith(`${folder}/`)));
  if (stray !== undefined) throw untrusted(stage, `${JSON.stringify(stray)} contains none of its files`);
  for (const { path } of journal.files) {
    const link = linkAbove(root, path) ?? linkAbove(stage, `new/${path}`) ?? linkAbove(stage, `old/${path}`);
    if (link !== null) throw untrusted(stage, `${link} is a link`);
  }
  return journal;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isJournal(value: unknown): value is Journal {
  if (!isRecord(value)) return false;
  const { files, folders } = value;
  return Array.isArray(files) && files.every(isJournalFile) && Array.isArray(folders) && folders.every(isText);
}

function isJournalFile(value: unknown): value is JournalFile {
  if (!isRecord(value)) return false;
  return isText(value['path']) && isText(value['sha256']) && typeof value['replaced'] === 'boolean';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** The hash of a file in a journal. */
export function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
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
