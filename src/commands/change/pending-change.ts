import { refuseNewer } from '../../catalog/newer-record.ts';
import { EXIT, ExpectedError } from '../../model/errors.ts';
import type { FileState } from '../../model/files.ts';
import { LOCK_FILE } from '../../model/project-record.ts';
import { readState } from '../../project/file-state.ts';
import { type Pending, readPending } from '../../project/pending.ts';

/** The command of a change that waits for conflicts of two branches: `continue` itself began it. */
export const JOINING = 'create-api continue';

/** Throws an `ExpectedError` while a change of the project waits for a person: a second one would be mixed with it. */
export function refusePending(root: string): void {
  const pending = readPending(root);
  if (pending === null) return;
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

/** The error of a command that needs a change that waits. */
export function nothingPending(): ExpectedError {
  return new ExpectedError(EXIT.usage, [
    { code: 'nothing-pending', message: 'no change of the project is waiting for its conflicts to be resolved' },
  ]);
}

function refuseNewerLock(lock: FileState | undefined, own: string): void {
  if (lock !== undefined) refuseNewer(new TextDecoder().decode(lock.bytes), own);
}

/** The files that a person has to decide about. */
export function conflictPaths({ files }: Pending): readonly string[] {
  return files.filter(({ reason }) => reason !== undefined).map(({ path }) => path);
}
