import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { FileSet, OnConflict } from '../../../src/model/files.ts';
import { populate } from './temporary-folder.ts';

/** The change that makes what was moved into an existing folder final. */
const COMMIT = 'rm journal.json';

/** How a run is to fail; see `failing-disk.ts`. */
export interface Failure {
  /** The process dies, or the disk has no more space for it. */
  readonly by: 'kill' | 'ENOSPC';
  /** The change of the disk that fails first: its number, from 1, or what it does to which name. */
  readonly position: number | typeof COMMIT;
  /** How many changes in a row fail; 1 where it is left out. */
  readonly count?: number;
  readonly onConflict?: OnConflict;
}

/** How a run ended: its exit code, or the signal that killed it. */
export type Ended = number | string | null;

/** How a run ends that had fewer changes to make than were to succeed. */
export const NOTHING_FAILED = 99;

/** Bundles `failing-disk.ts` once; what is given back runs it, and thus `writeProject`, in a process of its own. */
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

/** Puts `before` into `folder`, and leaves it as a run does that is killed when all of `files` is moved, not committed. */
export function interrupt(
  run: Awaited<ReturnType<typeof failingRuns>>,
  folder: string,
  before: Readonly<Record<string, string>>,
  files: FileSet,
): void {
  populate(folder, before);
  const ended = run(folder, files, { by: 'kill', position: COMMIT });
  if (ended !== 'SIGKILL') throw new Error(`it was to be killed, and ended with ${ended}`);
}
