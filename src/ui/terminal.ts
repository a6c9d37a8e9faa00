import type { Output } from './output.ts';
import { createStyle, type Style, wantsColors } from './style.ts';

/** The process's streams. Each is opened when it is first used, which takes a millisecond or two. */
export interface Streams {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: Output;
  readonly stderr: Output;
}

/** Where output goes: results to stdout, everything else to stderr. */
export interface Terminal {
  readonly streams: Streams;
  /** Colours of stdout. */
  readonly out: Style;
  /** Colours of stderr. */
  readonly err: Style;
  /** A person can see and answer questions: every stream is a terminal, and CI is not set. */
  readonly isInteractive: boolean;
  /** stderr can show a progress line. */
  readonly isLive: boolean;
  /** The width of texts, 40 to 100 columns. */
  readonly columns: number;
  /** Writes the result. */
  result(text: string): void;
  /** Writes anything but the result. */
  note(text: string): void;
}

/** Creates a terminal on the given streams, which handle failed writes themselves. */
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
    // An empty one, such as a patch that changes nothing, has no line.
    result: (text) => void (text === '' || streams.stdout.write(`${text}\n`)),
    note: (text) => void streams.stderr.write(`${text}\n`),
  };
}
