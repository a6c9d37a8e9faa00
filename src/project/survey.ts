import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FileSet } from '../model/files.ts';
import { explainIoError } from './io-error.ts';
import { entryAt, obstacleAbove } from './paths.ts';
import { isTemporaryName } from './stage.ts';

/** Conflicts of a set of files with an existing folder. Paths are relative to it, sorted. */
export interface Survey {
  /** Files, or links in their places, that exist already; they may be overwritten or kept. */
  readonly collisions: readonly string[];
  /** Collisions whose text is not the project's. */
  readonly differing: readonly string[];
  /** Links or files where a folder is needed, folders where a file is: nothing can be written there. */
  readonly blocked: readonly string[];
  /** Everything else at the top of the folder, but for what usually exists before a project, such as LICENSE. */
  readonly unrelated: readonly string[];
}

/** What a folder may contain before its project is created: the repository, and files of its host and of editors. */
const HARMLESS =
  /^(?:\.git|\.gitattributes|\.gitkeep|\.github|\.gitlab|\.gitlab-ci\.yml|\.hg|\.hgignore|\.svn|\.devcontainer|\.idea|\.vs|\.vscode|\.zed|\.fleet|.*\.iml|.*\.code-workspace|\.ds_store|thumbs\.db|desktop\.ini|licen[cs]e.*|copying.*|codeowners)$/i;

/**
 * Compares the existing folder `root` with the `files` that are to go there, and changes nothing.
 * Throws an `ExpectedError` if it cannot be read.
 */
export function surveyFolder(root: string, files: FileSet): Survey {
  try {
    return survey(root, files);
  } catch (error) {
    throw explainIoError(error, root);
  }
}

function survey(root: string, files: FileSet): Survey {
  const found = files.map((file) => ({ path: file.path, state: stateOf(root, file.path) }));
  const collisions = found.filter(({ state }) => state.kind === 'collision').map(({ path }) => path);
  const blocked = [...new Set(found.flatMap(({ state }) => (state.kind === 'blocked' ? [state.at] : [])))].sort();
  const isNamed = (entry: string) =>
    [...collisions, ...blocked].some((path) => path === entry || path.startsWith(`${entry}/`));
  const unrelated = readdirSync(root)
    .filter((entry) => !isTemporaryName(entry) && !HARMLESS.test(entry) && !isNamed(entry))
    .sort();
  const differing = files
    .filter(({ path, text }) => collisions.includes(path) && !hasText(join(root, path), text))
    .map(({ path }) => path);
  return { collisions, differing, blocked, unrelated };
}

function hasText(path: string, text: string): boolean {
  return entryAt(path)?.isFile() === true && readFileSync(path, 'utf8') === text;
}

type State = { readonly kind: 'free' | 'collision' } | { readonly kind: 'blocked'; readonly at: string };

function stateOf(root: string, path: string): State {
  const obstacle = obstacleAbove(root, path);
  if (obstacle !== null) return { kind: 'blocked', at: obstacle };
  const entry = entryAt(join(root, path));
  if (entry === null) return { kind: 'free' };
  return entry.isFile() || entry.isSymbolicLink() ? { kind: 'collision' } : { kind: 'blocked', at: path };
}
