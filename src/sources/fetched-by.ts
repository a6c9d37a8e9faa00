import { EXIT, ExpectedError } from '../model/errors.ts';
import { readOutput } from '../post/commands.ts';
import { type Environment, quietEnvironment } from '../post/environment.ts';
import { failureOf } from '../post/failure.ts';
import { MOST } from './source-files.ts';

/** What fetching needs of the process. */
export interface FetchContext {
  readonly env: Environment;
  readonly signal: AbortSignal;
}

interface Fetching extends FetchContext {
  readonly folder: string;
  /** The name of the source. */
  readonly about: string;
  readonly input?: string;
}

/** Milliseconds that a program may take. */
const LONGEST = 120_000;

/** Bytes that a program may print: the files of a source, with a line for each. */
const LONGEST_OUTPUT = MOST.all + MOST.files * (MOST.path + 200);

const OFFLINE =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|could(?: not|n't) resolve|failed to connect|unable to access|network is unreachable|connection (?:timed out|refused|reset)|ENOTCACHED/i;
const DENIED =
  /\bE40[13]\b|authentication failed|could not read (?:username|password)|permission denied|access denied/i;
const ABSENT =
  /\bE404\b|ETARGET|not our ref|couldn't find remote ref|unadvertised object|repository .* (?:not found|does not exist)|does not appear to be a git/i;

/**
 * Runs npm or git, and returns what it prints. Throws an `ExpectedError` that says what to do: the network may be down, a token
 * missing, or the source not there.
 */
export async function fetchedBy(
  program: 'npm' | 'git',
  args: readonly string[],
  { folder, about, env, signal, input = '' }: Fetching,
): Promise<Uint8Array> {
  const run = { folder, env: quietEnvironment(env, false), signal, input, timeout: LONGEST, longest: LONGEST_OUTPUT };
  const end = await readOutput(program, args, run);
  switch (end.kind) {
    case 'succeeded':
      return end.stdout;
    case 'cancelled':
      throw new ExpectedError(EXIT.cancelled, [{ code: 'cancelled', message: `${about} was not fetched` }]);
    case 'missing':
      throw failed(about, `${program} is not installed`, `install ${program}, or ${INSTEAD}`);
    case 'failed':
      throw failed(about, ...explained(end.output, program, end.isTimeout));
  }
}

const ABSENT_THERE = 'it does not exist there';

/** Whether a source was looked for, and does not exist. */
export function isAbsent(error: unknown): boolean {
  return error instanceof ExpectedError && error.message.endsWith(ABSENT_THERE);
}

const INSTEAD = 'give the path of a copy on this machine';

function explained(output: string, program: string, isTimeout: boolean): readonly [reason: string, hint: string] {
  if (isTimeout) return [`it took more than ${LONGEST / 1000} seconds`, `try again, or ${INSTEAD}`];
  if (OFFLINE.test(output)) return ['the network cannot be reached', `check the network or the proxy, or ${INSTEAD}`];
  if (DENIED.test(output)) return [`access is denied`, `sign in with ${program} first: it uses its own settings here`];
  if (ABSENT.test(output)) return [ABSENT_THERE, 'check its name, and that it was published or pushed'];
  const npm = output.split('\n').flatMap((line) => /^npm (?:error|ERR!) (?!code\b)(.*)$/.exec(line)?.[1] ?? []);
  return [npm[0] ?? failureOf(output).reason, `try the same with ${program} alone, or ${INSTEAD}`];
}

function failed(about: string, reason: string, hint: string): ExpectedError {
  return new ExpectedError(EXIT.failed, [
    { code: 'cannot-fetch', message: `${about} cannot be fetched: ${reason}`, hint },
  ]);
}
