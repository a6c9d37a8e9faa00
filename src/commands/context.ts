import type { ExitCode, Problem } from '../model/errors.ts';
import type { Terminal } from '../ui/terminal.ts';

/** Everything outside the program that a command may use. */
export interface Context {
  /** Arguments after the command's own name. */
  readonly argv: readonly string[];
  /** The folder that paths are relative to. */
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly isWindows: boolean;
  /** The version of Node that runs this. */
  readonly nodeVersion: string;
  /** The folder with the pack that create-api comes with. */
  readonly pack: string;
  /** The day in UTC, such as 2027-01-31, on which waivers count or have expired. Nothing else depends on the clock. */
  readonly today: string;
  /** The version of create-api. */
  readonly version: string;
  /** The words that start this create-api again, before its arguments; see `program.ts`. */
  readonly program: string;
  readonly terminal: Terminal;
  /** Aborts when the command is to stop: on Ctrl-C or a signal. */
  readonly signal: AbortSignal;
}

/** The result of a command, for people and for scripts. */
export interface CommandResult {
  readonly exitCode: ExitCode;
  /** For stdout, coloured for it. */
  readonly text: string;
  /** What `--json` prints instead; absent if the command has no such flag. */
  readonly json?: unknown;
  /** Why the exit code is not 0, for stderr; part of `json` too. */
  readonly problems?: readonly Problem[];
}

export type Command = (context: Context) => Promise<CommandResult>;
