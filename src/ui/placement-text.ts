import { join } from 'node:path';
import type { Addition } from '../model/files.ts';

/** A file outside the project's folder. */
export interface OutsideFile {
  readonly path: string;
  readonly action: 'write' | 'keep' | 'same';
  /** What a kept file lacks; `null` if lines alone do not help. */
  readonly addition: Addition | null;
}

/** The files at the root of the repository that are worth a line, with absolute paths. */
export function outsideFiles(
  root: string,
  files: readonly OutsideFile[],
  unwritten: readonly { readonly path: string }[] = [],
): readonly OutsideFile[] {
  return files
    .filter(({ path, action }) => action !== 'same' && unwritten.every((file) => file.path !== path))
    .map((file) => ({ ...file, path: join(root, file.path) }));
}

/** What to do about a file that was, or would be, kept. */
export function remedyText({ addition }: OutsideFile): string {
  return addition === null
    ? 'move it away and run the same command with --on-conflict skip to write the one of this project'
    : `unless it has them, add these entries below "${addition.below}"`;
}

/** The lines to add to a kept file, unindented so that they can be pasted. */
export function additionLines({ action, addition }: OutsideFile): readonly string[] {
  return action === 'keep' && addition !== null ? ['', addition.lines, ''] : [];
}
