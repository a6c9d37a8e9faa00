import type { RenderedFile } from '../model/files.ts';
import { BASE_FILE, LOCK_FILE, PACKS_FILE } from '../model/project-record.ts';
import { clashOf, isSafePath } from '../model/safe-path.ts';

/** What only create-api itself may write. */
const RECORD = [LOCK_FILE, BASE_FILE, PACKS_FILE];

/** The folders of `pending.ts`. */
const PENDING = /^\.create-api\/(?:pending|aborted(?:-\d+)?)\//;

/**
 * Throws if a set of files cannot be written on every operating system, or leaves the project's folder. `pack check` finds such
 * a set in the pack; this is the last guard before anything is written.
 */
export function assertSafePaths(files: readonly Pick<RenderedFile, 'path'>[]): void {
  const unsafe = files.find(({ path }) => !isSafePath(path.replace(PENDING, '')) && !RECORD.includes(path));
  if (unsafe !== undefined)
    throw new Error(`the path ${JSON.stringify(unsafe.path)} cannot be written on every operating system`);
  const clash = clashOf(files.map(({ path }) => path));
  if (clash !== null) throw new Error(`the paths ${clash[0]} and ${clash[1]} cannot both be written`);
}
