import { EXIT, ExpectedError } from '../../model/errors.ts';
import { type Pending, readPending } from '../../project/pending.ts';

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

/** The change that waits in a project. Throws an `ExpectedError` if there is none. */
export function requirePending(root: string): Pending {
  const pending = readPending(root);
  if (pending !== null) return pending;
  throw new ExpectedError(EXIT.usage, [
    { code: 'nothing-pending', message: 'no change of the project is waiting for its conflicts to be resolved' },
  ]);
}

/** The files that a person has to decide about. */
export function conflictPaths({ files }: Pending): readonly string[] {
  return files.filter(({ reason }) => reason !== undefined).map(({ path }) => path);
}
