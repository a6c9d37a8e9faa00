import { createStyle, type Style, wantsColors } from './style.ts';

/** The process's streams, handed in. Each is opened when it is first read, which takes a millisecond or two. */
export interface Streams {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

/** Where everything a person or a script reads is written: results to stdout, all else to stderr. */
export interface Terminal {
  readonly streams: Streams;
  /** Colours of stdout. */
  readonly out: Style;
  /** Colours of stderr. */
  readonly err: Style;
  /** Somebody sees questions and can answer them: no CI, and a terminal on every stream. */
  readonly isInteractive: boolean;
  /** stderr can show a line that changes. */
  readonly isLive: boolean;
  /** Width to lay texts out for, 40 to 100 columns. */
  readonly columns: number;
  /** Writes the result, a line or more. */
  result(text: string): void;
  /** Writes anything that is not the result. */
  note(text: string): void;
}

/** A terminal on the given streams; what becomes of a write that fails is up to them. */
export function createTerminal(streams: Streams, env: NodeJS.ProcessEnv): Terminal {
  const isCi = env['CI'] !== undefined && !['', '0', 'false'].includes(env['CI']);
  return {
    streams,
    get out() {
      return createStyle(wantsColors(streams.stdout, env));
    },
    get err() {
      return createStyle(wantsColors(streams.stderr, env));
    },
    get isInteractive() {
      return this.isLive && streams.stdout.isTTY && streams.stdin.isTTY;
    },
    get isLive() {
      return !isCi && env['TERM'] !== 'dumb' && streams.stderr.isTTY;
    },
    get columns() {
      return Math.min(100, Math.max(40, streams.stdout.columns ?? streams.stderr.columns ?? 80));
    },
    result: (text) => void streams.stdout.write(`${text}\n`),
    note: (text) => void streams.stderr.write(`${text}\n`),
  };
}
