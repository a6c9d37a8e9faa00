import type { FileSet } from '../../src/model/files.ts';
import { inspectTarget } from '../../src/project/target.ts';
import { writeProject } from '../../src/project/write.ts';
import { type Ended, type Failure, onFailingDisk } from '../unit/project/failing-disk.ts';
import { populate } from '../unit/project/temporary-folder.ts';

/** Does work of which one change of the disk fails, or `count` in a row. */
export type Fail = (work: () => unknown, count?: number) => Promise<Ended>;

/**
 * Calls `attempt` with a disk that fails at the first change, then with one that fails at the second and so on, until the work
 * makes fewer changes. Returns their number.
 */
export async function failEveryChange(by: Failure['by'], attempt: (fail: Fail) => Promise<void>): Promise<number> {
  for (let position = 1; ; position++) {
    let ended: Ended = 'untouched';
    await attempt(async (work, count = 1) => {
      ended = await onFailingDisk({ by, position, count }, work);
      return ended;
    });
    if (ended === 'untouched') return position - 1;
  }
}

/** Writes `before` into `folder`, then leaves it as a run that was killed after moving all of `files`, before committing. */
export async function interrupt(
  folder: string,
  before: Readonly<Record<string, string>>,
  files: FileSet,
): Promise<void> {
  populate(folder, before);
  const ended = await onFailingDisk({ by: 'kill', position: 'rename journal.json' }, async () =>
    writeProject(await inspectTarget(folder), files, 'overwrite'),
  );
  if (ended !== 'killed') throw new Error(`expected a kill, but the run ended with ${ended}`);
}

/** What is in a folder, apart from what create-api needs while it works. */
export function withoutTemporary(contents: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(contents).filter(([path]) => !path.startsWith('.create-api-')));
}
