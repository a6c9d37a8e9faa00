/** Runs git, for what it prints. */
import { EXIT, ExpectedError } from '../model/errors.ts';
import { readOutput } from './commands.ts';
import { type Environment, quietEnvironment } from './environment.ts';
import { failureOf } from './failure.ts';

export interface GitRun {
  readonly folder: string;
  readonly env: Environment;
  readonly signal: AbortSignal;
  /** Options of git itself, which come before the command. */
  readonly options?: readonly string[];
  /** What git reads. */
  readonly input?: string;
}

/** No signature that waits for a passphrase, and no author that git makes up from the names of user and host. */
const SETTINGS = [
  'commit.gpgSign=false',
  'user.useConfigOnly=true',
  'core.quotePath=false',
  'core.fsmonitor=false',
  // A record is about all files of a project.
  'core.sparseCheckout=false',
].flatMap((setting) => ['-c', setting]);

/** Milliseconds: hooks may build the project. */
const LONGEST = 10 * 60_000;

/** Bytes: git prints at most the files of a project. */
const MOST_OUTPUT = 200_000_000;

/** Runs git, which asks nothing. Returns what it prints, without the last line end; throws an `ExpectedError` with its reason. */
export async function git(args: readonly string[], run: GitRun): Promise<string> {
  return textOf(await gitBytes(args, run));
}

/** Runs git as {@link git} does, and returns exactly what it prints. */
export async function gitBytes(args: readonly string[], run: GitRun): Promise<Uint8Array> {
  const end = await gitOrReason(args, run);
  if ('stdout' in end) return end.stdout;
  const { reason, before } = end;
  const hint = before.join('; ');
  throw new ExpectedError(end.exitCode, [
    { code: 'git-failed', message: `git ${args[0]}: ${reason}`, ...(hint !== '' && { hint }) },
  ]);
}

/** Runs git for something that there may not be: `null` if it fails. Throws an `ExpectedError` if it is cancelled. */
export async function gitOrNull(args: readonly string[], run: GitRun): Promise<string | null> {
  const end = await gitOrReason(args, run);
  if ('stdout' in end) return textOf(end.stdout);
  if (end.exitCode === EXIT.cancelled) throw new ExpectedError(EXIT.cancelled, []);
  return null;
}

function textOf(stdout: Uint8Array): string {
  return new TextDecoder().decode(stdout).replace(/\n$/, '');
}

/**
 * The full name of the default branch of `origin`, as it was last fetched; `null` without one. Git before 2.48 knows it only of clones, so
 * the usual names count as well.
 */
export async function defaultBranch(run: GitRun): Promise<string | null> {
  for (const name of ['HEAD', 'main', 'master']) {
    const ref = `refs/remotes/origin/${name}`;
    if ((await gitOrNull(['rev-parse', '--verify', '--quiet', `${ref}^{commit}`], run)) !== null) return ref;
  }
  return null;
}

async function gitOrReason(args: readonly string[], { folder, env, signal, options = [], input = '' }: GitRun) {
  const end = await readOutput('git', [...SETTINGS, ...options, ...args], {
    ...{ folder, signal, input, timeout: LONGEST, longest: MOST_OUTPUT },
    env: quietEnvironment(env, false),
  });
  switch (end.kind) {
    case 'succeeded':
      return { stdout: end.stdout };
    case 'cancelled':
      return { exitCode: EXIT.cancelled, reason: 'cancelled', before: [] };
    case 'missing':
      return { exitCode: EXIT.failed, reason: 'it is not installed', before: [] };
    case 'failed': {
      const isSilentCommit = args[0] === 'commit' && end.isSilent;
      const { reason, before } = failureOf(isSilentCommit ? 'a hook refused the commit' : end.output);
      return { exitCode: EXIT.failed, reason: end.isTimeout ? 'it did not finish in time' : reason, before };
    }
  }
}
