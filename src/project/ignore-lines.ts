import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FileSet } from '../model/files.ts';

/** A kept ignore file, and the patterns of the project that it lacks. */
export interface IncompleteIgnore {
  readonly path: string;
  readonly missing: readonly string[];
}

/** Finds the ignore files among `kept`, in the folder `root`, that lack patterns of the rendered ones. */
export function incompleteIgnores(root: string, files: FileSet, kept: readonly string[]): readonly IncompleteIgnore[] {
  return files
    .filter(({ path }) => kept.includes(path) && /(?:^|\/)\.\w+ignore$/.test(path))
    .map(({ path, text }) => {
      const existing = new Set(patternsOf(readFileSync(join(root, path), 'utf8')).map(comparable));
      return { path, missing: patternsOf(text).filter((pattern) => !existing.has(comparable(pattern))) };
    })
    .filter(({ missing }) => missing.length > 0);
}

function patternsOf(text: string): readonly string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** `target`, `/target` and `target/` all ignore the folder at the top. */
function comparable(pattern: string): string {
  return pattern.replace(/^\/|\/$/g, '');
}
