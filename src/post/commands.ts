import type { Environment } from './environment.ts';

/** How a command ended. `output` is what it wrote to stderr and stdout, in order, without colours. */
export type CommandEnd =
  | { readonly kind: 'succeeded' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly output: string };

export interface CommandRun {
  readonly folder: string;
  readonly env: Environment;
  readonly signal: AbortSignal;
  /** Called with every line as it is written. */
  readonly progress: (line: string) => void;
}

/** Milliseconds between asking a cancelled program to end and killing it. */
const GRACE = 2000;

/**
 * Runs a program without a terminal, so that it cannot wait for input. Never rejects, whatever the program does.
 */
export async function runCommand(program: string, args: readonly string[], run: CommandRun): Promise<CommandEnd> {
  if (run.signal.aborted) return { kind: 'cancelled' };
  const { execa } = await import('execa');
  const child = execa(program, args, {
    cwd: run.folder,
    env: run.env,
    extendEnv: false,
    stdin: 'ignore',
    all: true,
    reject: false,
    verbose: 'none',
    // A session of its own has no terminal, and can be stopped as a group.
    detached: process.platform !== 'win32',
  });
  child.all.setEncoding('utf8').on('data', linesInto(run.progress));
  const stop = () => endGroup(child.pid, () => child.kill());
  run.signal.addEventListener('abort', stop, { once: true });
  const result = await child;
  run.signal.removeEventListener('abort', stop);
  if (run.signal.aborted) return { kind: 'cancelled' };
  if (result.code === 'ENOENT') return { kind: 'missing' };
  return result.failed ? { kind: 'failed', output: result.all || result.shortMessage || '' } : { kind: 'succeeded' };
}

/** How a program that is run for its output ended; `output` of a failure is what it wrote to stderr, or why it was ended. */
export type OutputEnd =
  | { readonly kind: 'succeeded'; readonly stdout: Uint8Array }
  | { readonly kind: 'missing' }
  | { readonly kind: 'cancelled' }
  | {
      readonly kind: 'failed';
      readonly stdout: Uint8Array;
      readonly output: string;
      /** It wrote nothing to stdout or stderr. */
      readonly isSilent: boolean;
      readonly isTimeout: boolean;
    };

export interface OutputRun extends Pick<CommandRun, 'folder' | 'env' | 'signal'> {
  readonly input: string;
  /** Milliseconds. */
  readonly timeout: number;
  /** Bytes of its output, after which it is ended. */
  readonly longest: number;
}

/** Runs a program without a terminal for what it prints. Never rejects, whatever the program does. */
export async function readOutput(program: string, args: readonly string[], run: OutputRun): Promise<OutputEnd> {
  if (run.signal.aborted) return { kind: 'cancelled' };
  const { execa } = await import('execa');
  const child = execa(program, args, {
    cwd: run.folder,
    env: run.env,
    extendEnv: false,
    input: run.input,
    encoding: 'buffer',
    maxBuffer: run.longest,
    reject: false,
    verbose: 'none',
    detached: process.platform !== 'win32',
  });
  const stop = () => endGroup(child.pid, () => child.kill());
  run.signal.addEventListener('abort', stop, { once: true });
  let isTimeout = false;
  const timer = setTimeout(() => {
    isTimeout = true;
    stop();
  }, run.timeout);
  const { failed, code, stdout, stderr, shortMessage } = await child;
  clearTimeout(timer);
  run.signal.removeEventListener('abort', stop);
  if (run.signal.aborted) return { kind: 'cancelled' };
  if (code === 'ENOENT') return { kind: 'missing' };
  if (!failed) return { kind: 'succeeded', stdout };
  const output = new TextDecoder().decode(stderr) || shortMessage || '';
  return { kind: 'failed', stdout, output, isSilent: stdout.length + stderr.length === 0, isTimeout };
}

/** Cargo ends a progress bar with a carriage return. */
function linesInto(progress: (line: string) => void): (chunk: string) => void {
  let rest = '';
  return (chunk) => {
    const lines = (rest + chunk).split(/[\r\n]+/);
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') progress(line.trimEnd());
  };
}

function endGroup(pid: number | undefined, endAlone: () => void): void {
  if (pid === undefined || process.platform === 'win32') {
    endAlone();
    return;
  }
  signalGroup(pid, 'SIGTERM');
  setTimeout(() => signalGroup(pid, 'SIGKILL'), GRACE).unref();
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // It has already ended.
  }
}
