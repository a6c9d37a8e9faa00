import { refuseNewer } from '../../catalog/newer-record.ts';
import { EXIT, ExpectedError } from '../../model/errors.ts';
import type { FileState } from '../../model/files.ts';
import { LOCK_FILE } from '../../model/project-record.ts';
import { readState, sameState } from '../../project/file-state.ts';
import { forgetPending, isTakenBack, type Pending, readPending } from '../../project/pending.ts';
import type { HeldFolder } from '../../project/transaction.ts';
import { labelled } from '../../ui/layout.ts';
import type { Context } from '../context.ts';

/** The change that waits in the project `root` and is still there; `null` if there is none. Writes nothing. */
export async function presentPending(root: string, context: Context): Promise<Pending | null> {
  const pending = readPending(root);
  return pending === null || (await isGone(root, pending, context)) ? null : pending;
}

/**
 * Whether a pending change is no longer in the files: git has restored what it changed, or has checked out another commit, whose record
 * is neither what the change found nor edited by hand. What the change kept says nothing about these files.
 */
export async function isGone(root: string, pending: Pending, context: Context): Promise<boolean> {
  if (isTakenBack(root, pending)) return true;
  const other = pending.next.filter(({ path, before }) => !sameState(readState(root, path), before));
  const paths = other.map(({ path }) => path);
  return paths.length > 0 && (await committedAmong(root, paths, context)).size > 0;
}

/** Those of the paths at which git has what is there; none if git cannot tell. */
export async function committedAmong(
  root: string,
  paths: readonly string[],
  { env, signal }: Context,
): Promise<ReadonlySet<string>> {
  const { dirtyFiles } = await import('../../post/git-status.ts');
  const dirty = await dirtyFiles(root, paths, env, signal).catch(() => null);
  return new Set(dirty === null ? [] : paths.filter((path) => !dirty.includes(path)));
}

/** Ends a change that is gone from the files, and says so. */
export function forgetGone(held: HeldFolder, { command }: Pending, { terminal }: Context): void {
  forgetPending(held);
  terminal.note(`\n${labelled(`  ${terminal.err.yellow('!')}`, goneText(command), 4, terminal.columns)}`);
}

/** Says that a change is gone from the files. */
export function goneText(command: string): string {
  return `"${command}" was not finished, and is gone from the files, as after git reset or on another branch: it is forgotten; git status shows what may be left of it.`;
}

/** The command of a change that waits for conflicts of two branches: `continue` itself began it. */
export const JOINING = 'create-api continue';

/** Throws an `ExpectedError` while a change of the project waits for a person: a second one would be mixed with it. */
export async function refusePending(root: string, context: Context, held?: HeldFolder): Promise<void> {
  const pending = await presentPending(root, context);
  if (pending === null) {
    const gone = held === undefined ? null : readPending(root);
    if (held !== undefined && gone !== null) forgetGone(held, gone, context);
    return;
  }
  throw new ExpectedError(EXIT.conflict, [
    {
      code: 'unfinished-change',
      message: `"${pending.command}" is not finished: it has conflicts`,
      paths: conflictPaths(pending),
      hint: 'create-api continue once they are resolved, or create-api abort',
    },
  ]);
}

/** The change that waits in a project, if there is one. Throws an `ExpectedError` if it is one of a newer create-api than this, `own`. */
export function findPending(root: string, own: string): Pending | null {
  // First: a newer create-api may keep what waits in another way.
  refuseNewerLock(readState(root, LOCK_FILE), own);
  const pending = readPending(root);
  refuseNewerLock(pending?.next.find(({ path }) => path === LOCK_FILE)?.after, own);
  return pending;
}

/** The error of a command that needs a change that waits; `abort` is the command that takes back what git is merging. */
export function nothingPending(abort: string | null = null): ExpectedError {
  const hint = abort !== null && {
    hint: `git is merging: ${abort} takes back what it did, and what create-api continue did`,
  };
  return new ExpectedError(EXIT.usage, [
    {
      code: 'nothing-pending',
      message: 'no change of the project is waiting for its conflicts to be resolved',
      ...hint,
    },
  ]);
}

function refuseNewerLock(lock: FileState | undefined, own: string): void {
  if (lock !== undefined) refuseNewer(new TextDecoder().decode(lock.bytes), own);
}

/** The files that a person has to decide about. */
export function conflictPaths({ files }: Pending): readonly string[] {
  return files.filter(({ reason }) => reason !== undefined).map(({ path }) => path);
}
