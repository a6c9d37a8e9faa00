import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type Environment, quietEnvironment } from './environment.ts';

/** Paths as they are, relative to the folder as only the short form has them. What counts as an edit is up to the person's settings. */
const SETTINGS = ['core.quotePath=false', 'core.fsmonitor=false', 'status.relativePaths=true', 'color.status=false'];

/** Bytes: a line for each of a project's files, and far more. */
const LONGEST = 10_000_000;

/**
 * The files among `paths`, relative to `folder`, that have changes which are not committed, or that git does not have at all: if
 * they are changed now, nobody can get back what they were. Empty without a repository or git.
 */
export async function dirtyFiles(
  folder: string,
  paths: readonly string[],
  env: Environment,
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (paths.length === 0) return [];
  const settings = SETTINGS.flatMap((setting) => ['-c', setting]);
  const status = ['status', '--short', '--no-branch', '--untracked-files=all', '--no-renames', '--', ...paths];
  const run = promisify(execFile)('git', ['--literal-pathspecs', ...settings, ...status], {
    cwd: folder,
    env: quietEnvironment(env, false),
    maxBuffer: LONGEST,
    signal,
  });
  const { stdout } = await run.catch(() => ({ stdout: '' }));
  const lines = stdout.split('\n').filter((line) => line !== '');
  return lines.map((line) => unquoted(line.slice(3)));
}

/** Git quotes a path that has a quote, a backslash or a control character. */
function unquoted(path: string): string {
  return path.startsWith('"') ? path.slice(1, -1).replace(/\\(["\\])/g, '$1') : path;
}
