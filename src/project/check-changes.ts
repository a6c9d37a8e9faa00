import { accessSync, constants, readdirSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { EXIT, ExpectedError, type Problem } from '../model/errors.ts';
import { foldedPath } from '../model/safe-path.ts';
import { pathsBlocked } from './conflicts.ts';
import { type Fingerprint, fingerprintAt } from './file-state.ts';
import { explainIoError, isIoError } from './io-error.ts';
import { ancestorsOf, entryAt, obstacleAbove } from './paths.ts';
import { assertSafePaths } from './safe-paths.ts';

interface Checked {
  readonly path: string;
  readonly before: Fingerprint;
  readonly after: Fingerprint;
}

/**
 * Throws an `ExpectedError` with everything that is in the way of `changes` to files of the folder `root`: links, folders, names
 * that differ in case only, files that are no longer what they were, and folders that cannot be written to. Writes nothing.
 */
export function checkChanges(root: string, changes: readonly Checked[]): void {
  const staying = changes.filter(({ after }) => after !== 'absent');
  assertSafePaths(staying);
  // Without those that stay, for a name of which only the case changes.
  assertSafePaths(changes.filter(({ after }) => after === 'absent'));
  const blocked = new Set<string>();
  const changed: string[] = [];
  for (const { path, before } of changes) {
    const obstacle = obstacleAbove(root, path);
    const found = obstacle === null ? fingerprint(root, path) : 'absent';
    if (obstacle !== null) blocked.add(obstacle);
    else if (found === 'folder' || found === 'special') blocked.add(path);
    else if (found !== before) changed.push(path);
  }
  const problems: Problem[] = [];
  if (blocked.size > 0) problems.push(pathsBlocked(root, [...blocked].sort(), 'move it away and run it again'));
  if (changed.length > 0) problems.push(changedMeanwhile(changed));
  problems.push(...namesakes(root, changes), ...unwritable(root, changes));
  if (problems.length > 0) throw new ExpectedError(EXIT.conflict, problems);
}

/** The problem that files are not what the changes were computed from. */
export function changedMeanwhile(paths: readonly string[]): Problem {
  return {
    code: 'changed-meanwhile',
    message: 'files were changed while create-api was running; nothing was written',
    paths,
    hint: 'run it again',
  };
}

function fingerprint(root: string, path: string): Fingerprint {
  const place = join(root, path);
  try {
    return fingerprintAt(place);
  } catch (error) {
    throw explainIoError(error, place, 'read');
  }
}

/** Existing names that a new file or its folder would share where case does not count. */
function namesakes(root: string, changes: readonly Checked[]): readonly Problem[] {
  const deleted = new Set(changes.filter(({ after }) => after === 'absent').map(({ path }) => path));
  const created = changes.filter(({ before, after }) => before === 'absent' && after !== 'absent');
  const names = new Map<string, readonly string[]>();
  const found = new Set<string>();
  for (const { path } of created) {
    for (const at of ancestorsOf(path).filter((folder) => folder !== '.')) {
      const folder = posix.dirname(at);
      const siblings = names.get(folder) ?? namesIn(join(root, folder)).map((name) => posix.join(folder, name));
      names.set(folder, siblings);
      for (const other of siblings)
        if (other !== at && foldedPath(other) === foldedPath(at) && !deleted.has(other)) found.add(other);
    }
  }
  if (found.size === 0) return [];
  return [
    {
      code: 'same-name',
      message: `${root} has names that differ from those of new files in case or spelling only`,
      paths: [...found].sort(),
      hint: 'rename them: on some operating systems they are the same file',
    },
  ];
}

function namesIn(folder: string): readonly string[] {
  return entryAt(folder)?.isDirectory() ? readdirSync(folder) : [];
}

function unwritable(root: string, changes: readonly Checked[]): readonly Problem[] {
  const folders = changes.map(({ path }) =>
    ancestorsOf(dirname(join(root, path))).find((folder) => entryAt(folder)?.isDirectory()),
  );
  const refused = [...new Set(folders)]
    .filter((folder) => folder !== undefined)
    .filter((folder) => !isWritable(folder));
  if (refused.length === 0) return [];
  return [
    {
      code: 'cannot-write',
      message: 'files in these folders cannot be changed: permission denied',
      paths: refused.sort(),
      hint: 'make them writable and run it again',
    },
  ];
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch (error) {
    if (isIoError(error)) return false;
    throw error;
  }
}
