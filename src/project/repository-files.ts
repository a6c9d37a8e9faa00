import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Addition, FileSet } from '../model/files.ts';
import { isIoError, reasonOf } from './io-error.ts';
import { entryAt } from './paths.ts';
import { assertSafePaths } from './safe-paths.ts';
import { surveyFolder } from './survey.ts';

/** A file for the root of the repository around the project, and its outcome: existing files are never replaced. */
export interface RepositoryFile {
  /** Relative to that root. */
  readonly path: string;
  readonly text: string;
  /** `same`: an existing file has everything that this one has. */
  readonly action: 'write' | 'keep' | 'same';
  /** What to add to a kept file by hand; `null` if adding lines does not help, as in a workflow. */
  readonly addition: Addition | null;
}

/** A file that could not be written, and why. */
export interface UnwrittenFile {
  readonly path: string;
  readonly reason: string;
}

/** Finds out which of the files already exist or cannot be written; changes nothing. */
export function surveyRepositoryFiles(root: string, files: FileSet): readonly RepositoryFile[] {
  if (files.length === 0) return [];
  assertSafePaths(files);
  const { collisions, differing, blocked } = surveyFolder(root, files);
  const isBlocked = (path: string) => blocked.some((other) => path === other || path.startsWith(`${other}/`));
  return files.map(({ path, text }) => {
    if (isBlocked(path)) return { path, text, action: 'keep', addition: null };
    if (!collisions.includes(path)) return { path, text, action: 'write', addition: null };
    if (!differing.includes(path)) return { path, text, action: 'same', addition: null };
    const addition = additionTo(join(root, path), text);
    return { path, text, action: addition?.lines === '' ? 'same' : 'keep', addition };
  });
}

/** What the existing file at `path` lacks of a text that is a list with only unindented lines before it. */
function additionTo(path: string, text: string): Addition | null {
  const [, below, list] = /^(?:\S.*\n)*?(\S.*)\n((?: {2}.*\n)+)$/.exec(text) ?? [];
  if (below === undefined || list === undefined || !entryAt(path)?.isFile()) return null;
  const existing = readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
  const missing = list.split(/^(?= {2}- )/m).filter((entry) => !existing.includes(entry.trimEnd()));
  return { below, lines: missing.join('').trimEnd() };
}

/** Writes the new files; returns those that could not be written. */
export function writeRepositoryFiles(root: string, files: readonly RepositoryFile[]): readonly UnwrittenFile[] {
  return files.flatMap(({ path, text, action }) => {
    if (action !== 'write') return [];
    try {
      const file = join(root, path);
      mkdirSync(dirname(file), { recursive: true });
      // Fails if a file has appeared meanwhile.
      writeFileSync(file, text, { flag: 'wx' });
      return [];
    } catch (error) {
      if (!isIoError(error)) throw error;
      return [{ path, reason: reasonOf(error) }];
    }
  });
}
