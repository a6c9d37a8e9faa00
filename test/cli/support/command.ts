import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** The built command; `test/global-setup.ts` builds it. */
export const CLI = join(import.meta.dirname, '../../../dist/cli.js');

/** An interactive user's environment: no CI, no colour switches, an identity for git. */
export const ENVIRONMENT: NodeJS.ProcessEnv = {
  ...Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(?:CI|NO_COLOR|FORCE_COLOR|VITEST.*|NODE_.*|GIT_.*)$/.test(name)),
  ),
  TERM: 'xterm-256color',
  GIT_AUTHOR_NAME: 'A Person',
  GIT_AUTHOR_EMAIL: 'a.person@example.com',
  GIT_COMMITTER_NAME: 'A Person',
  GIT_COMMITTER_EMAIL: 'a.person@example.com',
};

export interface Finished {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Numeric ids of the user to run as; requires root. */
  readonly user?: number;
}

/** Runs the command with no terminal and a closed stdin. */
export function create(args: readonly string[], { cwd, env, user }: RunOptions): Promise<Finished> {
  return finish(
    spawn(process.execPath, [CLI, ...args], {
      cwd,
      env: { ...ENVIRONMENT, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(user !== undefined && { uid: user, gid: user }),
    }),
  );
}

/** Waits for a process and collects what it wrote. */
export function finish(child: ReturnType<typeof spawn>): Promise<Finished> {
  return new Promise((resolve, reject) => {
    let stdout = '';
    let stderr = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}
