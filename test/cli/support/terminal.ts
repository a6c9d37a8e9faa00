import { stripVTControlCharacters } from 'node:util';
import { spawn } from '@lydell/node-pty';
import { onTestFinished } from 'vitest';
import { CLI, ENVIRONMENT } from './command.ts';

/** Keys, as a terminal sends them. */
export const KEY = {
  enter: '\r',
  escape: '\u001b',
  down: '\u001b[B',
  up: '\u001b[A',
  space: ' ',
  interrupt: '\u0003',
  /** Ctrl-A. */
  start: '\u0001',
  /** Ctrl-U. */
  eraseLine: '\u0015',
};

/** Milliseconds to wait for text to appear, generous enough for a busy machine. */
const PATIENCE = 20_000;

export interface TerminalOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly columns?: number;
}

export interface TerminalSession {
  /** Waits until `text` appears after all text waited for before. */
  see(text: string): Promise<void>;
  press(keys: string): void;
  /** All output, with control sequences. */
  raw(): string;
  /** The same without control sequences. */
  text(): string;
  /** The exit code. */
  readonly ended: Promise<number>;
}

/** Runs the command in a pseudo-terminal; it is killed when the test ends. */
export function createInTerminal(
  args: readonly string[],
  { cwd, env, columns = 80 }: TerminalOptions,
): TerminalSession {
  const pty = spawn(process.execPath, [CLI, ...args], {
    name: 'xterm-256color',
    cols: columns,
    rows: 40,
    cwd,
    env: { ...ENVIRONMENT, ...env },
  });
  onTestFinished(() => pty.kill('SIGKILL'));
  let raw = '';
  let seen = 0;
  let wake = () => {};
  pty.onData((data) => {
    raw += data;
    wake();
  });
  const ended = new Promise<number>((resolve) => pty.onExit(({ exitCode }) => resolve(exitCode)));
  const text = () => stripVTControlCharacters(raw);
  return {
    async see(wanted) {
      const deadline = Date.now() + PATIENCE;
      for (let at = text().indexOf(wanted, seen); ; at = text().indexOf(wanted, seen)) {
        if (at >= 0) {
          seen = at + wanted.length;
          return;
        }
        if (Date.now() > deadline) throw new Error(`did not see ${JSON.stringify(wanted)} in:\n${text().slice(seen)}`);
        await new Promise<void>((resolve) => {
          wake = resolve;
          setTimeout(resolve, 100);
        });
      }
    },
    press: (keys) => pty.write(keys),
    raw: () => raw,
    text,
    ended,
  };
}
