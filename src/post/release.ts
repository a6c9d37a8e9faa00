/** Starts an earlier release of create-api, and npm, which provides it. */
import { readOutput } from './commands.ts';
import { type Environment, quietEnvironment } from './environment.ts';

/** How a program is run. */
export interface ProgramRun {
  readonly folder: string;
  readonly env: Environment;
  readonly signal: AbortSignal;
}

/** How a program ended. */
export type ProgramEnd =
  | { readonly kind: 'succeeded'; readonly stdout: string }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'cancelled' };

/** Milliseconds: npm may have to download a package, and a release renders in a fraction of a second. */
const LONGEST = { npm: 120_000, release: 60_000 };

/** Bytes of output: a release lists a few hundred files. */
const MOST_OUTPUT = 10_000_000;

/** Downloads the package `create-api@version` as a tarball into `folder`; the output is npm's JSON about it. */
export function downloadPackage(version: string, run: ProgramRun): Promise<ProgramEnd> {
  const spec = `create-api@${version}`;
  return npm(['pack', spec, '--json', '--ignore-scripts', '--fetch-retries=0', '--pack-destination', run.folder], run);
}

/** Unpacks a tarball without dependencies into `node_modules` of `folder`, offline and without running anything of it. */
export function unpackPackage(tarball: string, run: ProgramRun): Promise<ProgramEnd> {
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-save', '--no-package-lock', '--offline'];
  return npm(['install', tarball, '--prefix', run.folder, ...quiet], run);
}

/** Runs the script of a release with Node. It never asks, and starts neither cargo nor git unless it is told to. */
export function runRelease(script: string, args: readonly string[], run: ProgramRun): Promise<ProgramEnd> {
  return start(process.execPath, [script, ...args], run, LONGEST.release);
}

function npm(args: readonly string[], run: ProgramRun): Promise<ProgramEnd> {
  return start('npm', args, { ...run, env: { ...run.env, npm_config_loglevel: 'error' } }, LONGEST.npm);
}

async function start(
  program: string,
  args: readonly string[],
  { folder, env, signal }: ProgramRun,
  timeout: number,
): Promise<ProgramEnd> {
  const quiet = { ...quietEnvironment(env, false), CI: 'true', NO_COLOR: '1' };
  const end = await readOutput(program, args, { folder, env: quiet, signal, input: '', timeout, longest: MOST_OUTPUT });
  switch (end.kind) {
    case 'succeeded':
      return { kind: 'succeeded', stdout: new TextDecoder().decode(end.stdout) };
    case 'cancelled':
      return end;
    case 'missing':
      return { kind: 'failed', reason: `${program} is not installed` };
    case 'failed':
      return { kind: 'failed', reason: end.isTimeout ? 'it did not finish in time' : reasonOf(end.output) };
  }
}

function reasonOf(output: string): string {
  if (/\b(?:E404|ETARGET|ENOVERSIONS)\b/.test(output)) return 'the registry does not have it';
  if (/\b(?:ENOTFOUND|EAI_AGAIN|ECONN\w+|ETIMEDOUT|ENOTCACHED|ENETUNREACH)\b/.test(output))
    return 'the registry cannot be reached';
  const lines = output.split(/[\r\n]+/).map((line) => line.replace(/^npm (?:error|ERR!)\s*/, '').trim());
  return lines.find((line) => line !== '' && !/^code\b/.test(line)) ?? 'it failed without a message';
}
