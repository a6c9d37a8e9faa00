import { type ChildProcess, spawn } from 'node:child_process';
import { whenThisProcessDies } from './guard.ts';
import { poll } from './poll.ts';

/** Ports that the system picks, unless a caller chooses others. */
const FREE_PORTS = { PORT: '0', METRICS_PORT: '0' };

/** How many lines of a log are worth reading at the end of an error. */
const LAST_LINES = 20;

/** How to run a generated service. */
export interface ServiceCommand {
  readonly binary: string;
  readonly args?: readonly string[];
  /** The whole environment except PATH: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  /** The service reads `.env` here, so use a folder without one unless that is being tested. */
  readonly cwd: string;
  /** How many files it may have open; as many as the caller where absent. */
  readonly files?: number | undefined;
}

/** How a process ended; `code` is `null` if a signal ended it. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A service that has logged the address it listens on. */
export interface RunningService {
  /** `http://host:port`, without a trailing slash. */
  readonly baseUrl: string;
  /** The same for its metrics; absent if it has none. */
  readonly metricsUrl?: string;
  /** All of stdout and stderr so far, just as it was written. */
  logs(): string;
  /** The end of its log and, if it has ended, how; for error messages. */
  lastWords(): string;
  signal(signal: NodeJS.Signals): void;
  readonly exit: Promise<Exit>;
  /** SIGTERM, after 5 s SIGKILL; resolves when it has ended. */
  stop(): Promise<Exit>;
}

/**
 * Starts a service, on a free port if `env` names none, and waits up to 30 s for its log line `listening on …`;
 * throws with its log if it exits or never logs it.
 */
export async function startService(command: ServiceCommand): Promise<RunningService> {
  const process = launch({ ...command, env: { ...FREE_PORTS, ...command.env } });
  try {
    const baseUrl = await poll('the log line "listening on …"', 30_000, () => {
      const url = /listening on (http:\/\/[^\s"]+)/.exec(process.logs())?.[1];
      if (url === undefined && process.hasExited()) return null;
      if (url === undefined) throw new Error(process.logs());
      return url.replace('//0.0.0.0:', '//127.0.0.1:');
    });
    if (baseUrl === null) throw new Error(`the service exited instead of listening:\n${process.logs()}`);
    // Logged before "listening on …", so it is there by now.
    const metricsUrl = /metrics on (http:\/\/[^\s"/]+)/.exec(process.logs())?.[1];
    return { ...process, baseUrl, ...(metricsUrl && { metricsUrl: metricsUrl.replace('//0.0.0.0:', '//127.0.0.1:') }) };
  } catch (error) {
    await process.stop();
    throw error;
  }
}

/**
 * Runs a service's command that is expected to end, e.g. `migrate` or a start that fails. It is killed, so that its
 * code is `null`, when it begins to listen instead and after 15 s.
 */
export async function runService(command: ServiceCommand): Promise<Exit & { readonly logs: string }> {
  const process = launch({ ...command, env: { ...FREE_PORTS, ...command.env } });
  const deadline = Date.now() + 15_000;
  const watch = setInterval(() => {
    if (Date.now() > deadline || process.logs().includes('listening on ')) process.signal('SIGKILL');
  }, 50);
  const exit = await process.exit.finally(() => clearInterval(watch));
  return { ...exit, logs: process.logs() };
}

function launch({ binary, args = [], env, cwd, files }: ServiceCommand) {
  const path = process.env['PATH'] ?? '';
  const limited = ['sh', '-c', `ulimit -n ${files} && exec "$0" "$@"`, binary, ...args] as const;
  const [program, ...words] = files === undefined ? ([binary, ...args] as const) : limited;
  const child = spawn(program, words, { cwd, env: { PATH: path, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const callOff = child.pid === undefined ? () => {} : whenThisProcessDies(`kill -KILL ${child.pid}`);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const exit = exitOf(child).finally(callOff);
  // A missing binary must not also be an unhandled rejection for a caller that never awaits the exit.
  exit.catch(() => {});
  const logs = () => output;
  const hasExited = () => child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
  return {
    logs,
    lastWords: () => {
      const how = child.signalCode === null ? `with code ${child.exitCode}` : `by ${child.signalCode}`;
      const state = hasExited() ? `The service has ended ${how}` : 'The service runs';
      return `${state}; the end of its log:\n${logs().trimEnd().split('\n').slice(-LAST_LINES).join('\n')}`;
    },
    signal: (signal: NodeJS.Signals) => void child.kill(signal),
    hasExited,
    exit,
    async stop(): Promise<Exit> {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
      return exit.finally(() => clearTimeout(timer));
    },
  };
}

/** Waits for `close`, not `exit`: only then has all output been read. */
function exitOf(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
}
