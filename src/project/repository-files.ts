import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FileSet } from '../model/files.ts';
import { isIoError, reasonOf } from './io-error.ts';
import { assertSafePaths } from './safe-paths.ts';
import { surveyFolder } from './survey.ts';

/** A file for the root of the repository around the project, and its outcome: existing files are never replaced. */
export interface RepositoryFile {
  /** Relative to that root. */
  readonly path: string;
  readonly text: string;
  readonly action: 'write' | 'keep';
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
  const { collisions, blocked } = surveyFolder(root, files);
  const isBlocked = (path: string) => blocked.some((other) => path === other || path.startsWith(`${other}/`));
  return files.map(({ path, text }) => ({
    path,
    text,
    action: collisions.includes(path) || isBlocked(path) ? 'keep' : 'write',
  }));
}

/** Writes the new files; returns those that could not be written. */
export function writeRepositoryFiles(root: string, files: readonly RepositoryFile[]): readonly UnwrittenFile[] {
  return files.flatMap(({ path, text, action }) => {
    if (action === 'keep') return [];
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
