import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { FileSet, OnConflict } from '../../../src/model/files.ts';
import { populate } from './temporary-folder.ts';

/** The change that commits the files moved into an existing folder. */
const COMMIT = 'rm journal.json';

/** The failure to simulate; see `failing-disk.ts`. */
export interface Failure {
  /** Whether the process dies or the disk is full. */
  readonly by: 'kill' | 'ENOSPC';
  /** The first change of the disk that fails: its number, from 1, or its operation and name. */
  readonly position: number | typeof COMMIT;
  /** How many changes in a row fail; 1 by default. */
  readonly count?: number;
  readonly onConflict?: OnConflict;
}

/** How a run ended: its exit code, or the signal that killed it. */
export type Ended = number | string | null;

/** The exit of a run that made fewer changes than were allowed to succeed. */
export const NOTHING_FAILED = 99;

/** Bundles `failing-disk.ts` once; returns a function that runs it, and thus `writeProject`, in a separate process. */
export async function failingRuns(): Promise<(folder: string, files: FileSet, failure: Failure) => Ended> {
  const entryPoints = [join(import.meta.dirname, 'failing-disk.ts')];
  const bundle = await build({ entryPoints, bundle: true, write: false, platform: 'node', format: 'esm' });
  const code = bundle.outputFiles[0]?.text ?? '';
  return (folder, files, { by, position, count = 1, onConflict = 'overwrite' }) => {
    const options = ['--input-type=module', '--eval', code, '--'];
    const words = [folder, onConflict, by, `${position}`, `${count}`, JSON.stringify(files)];
    const run = spawnSync(process.execPath, [...options, ...words]);
    return run.signal ?? run.status;
  };
}

/** Writes `before` into `folder`, then leaves it as a run that was killed after moving all of `files`, before committing. */
export function interrupt(
  run: Awaited<ReturnType<typeof failingRuns>>,
  folder: string,
  before: Readonly<Record<string, string>>,
  files: FileSet,
): void {
  populate(folder, before);
  const ended = run(folder, files, { by: 'kill', position: COMMIT });
  if (ended !== 'SIGKILL') throw new Error(`expected a kill, but the run ended with ${ended}`);
}
