import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { EXIT, ExpectedError } from '../model/errors.ts';
import { type Environment, quietEnvironment } from './environment.ts';
import { failureOf } from './failure.ts';

/** Paths as they are, relative to the folder as only the short form has them. What counts as an edit is up to the person's settings. */
const SETTINGS = ['core.quotePath=false', 'core.fsmonitor=false', 'status.relativePaths=true', 'color.status=false'];

/** Bytes: a line for each of a project's files, and far more. */
const LONGEST = 10_000_000;

/**
 * The files among `paths`, relative to `folder`, that have changes which are not committed, or that git does not have at all: if
 * they are changed now, nobody can get back what they were. `null` without a repository or git, which has none of them.
 * Throws an `ExpectedError` if git cannot tell, as in a repository that it does not trust.
 */
export async function dirtyFiles(
  folder: string,
  paths: readonly string[],
  env: Environment,
  signal: AbortSignal,
): Promise<readonly string[] | null> {
  if (paths.length === 0) return [];
  const settings = SETTINGS.flatMap((setting) => ['-c', setting]);
  const status = ['status', '--short', '--no-branch', '--untracked-files=all', '--no-renames', '--', ...paths];
  const run = promisify(execFile)('git', ['--literal-pathspecs', ...settings, ...status], {
    cwd: folder,
    // Without locks, git does not write what it found out into the index.
    env: { ...quietEnvironment(env, false), GIT_OPTIONAL_LOCKS: '0' },
    maxBuffer: LONGEST,
    signal,
  });
  const stdout = await run.then(
    (done) => done.stdout,
    (error: unknown) => {
      if (signal.aborted) return '';
      if (isWithoutGit(error)) return null;
      throw unknownStatus(error);
    },
  );
  if (stdout === null) return null;
  const lines = stdout.split('\n').filter((line) => line !== '');
  return lines.map((line) => unquoted(line.slice(3)));
}

/** Whether there is no git, or no repository. */
function isWithoutGit(error: unknown): boolean {
  return hasCode(error, 'ENOENT') || /not a git repository/i.test(stderrOf(error));
}

function unknownStatus(error: unknown): ExpectedError {
  const { reason, before } = failureOf(stderrOf(error));
  return new ExpectedError(EXIT.conflict, [
    {
      code: 'git-status-unknown',
      message: `git cannot tell whether all edits are committed: ${reason}; nothing was changed`,
      hint: [...before, 'pass --allow-dirty to change the project all the same'].join('; or '),
    },
  ]);
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

function stderrOf(error: unknown): string {
  return error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
}

/** Git quotes a path that has a quote, a backslash or a control character. */
function unquoted(path: string): string {
  return path.startsWith('"') ? path.slice(1, -1).replace(/\\(["\\])/g, '$1') : path;
}
