import { EXIT, type ExitCode, ExpectedError, type Problem } from '../model/errors.ts';
import { problemsText } from '../ui/problems-text.ts';
import { createTerminal, type Streams, type Terminal } from '../ui/terminal.ts';
import { completion } from './completion.ts';
import type { Command, Context } from './context.ts';
import { create } from './create.ts';
import { doctor } from './doctor.ts';
import { help } from './help.ts';
import { list } from './list.ts';
import { type CommandName, commandNamed } from './registry.ts';

/** The arguments, environment and streams that the process was started with. */
export type Invocation = Omit<Context, 'terminal'> & { readonly streams: Streams };

// All in one: our own code is small, and each file more costs more than what is in it. Libraries are loaded when needed.
const NAMED: Readonly<Record<CommandName, Command>> = { list, doctor, completion };

/** Runs the command that the arguments name and writes how it ended; gives the exit code. Never rejects. */
export async function main(invocation: Invocation): Promise<ExitCode> {
  const terminal = createTerminal(invocation.streams, invocation.env);
  const isJson = flagsIn(invocation.argv).includes('--json');
  try {
    const { command, argv } = select(invocation.argv);
    const result = await command({ ...invocation, argv, terminal });
    terminal.result(isJson ? JSON.stringify(result.json, null, 2) : result.text);
    if (!isJson && result.problems) tell(result.problems, terminal);
    return result.exitCode;
  } catch (error) {
    const { exitCode, problems } = error instanceof ExpectedError ? error : bug(error, invocation.version);
    if (isJson) terminal.result(JSON.stringify({ ok: false, problems, exitCode }, null, 2));
    else tell(problems, terminal);
    return exitCode;
  }
}

function tell(problems: readonly Problem[], terminal: Terminal): void {
  terminal.note(`\n${problemsText(problems, terminal.err, terminal.columns)}\n`);
}

function select(argv: readonly string[]): { readonly command: Command; readonly argv: readonly string[] } {
  const words = flagsIn(argv);
  if (words[0] === 'help' || words.includes('--help') || words.includes('-h')) return { command: help, argv };
  const name = commandNamed(argv[0]);
  return name === undefined ? { command: create, argv } : { command: NAMED[name], argv: argv.slice(1) };
}

/** The words among which flags are: behind "--" there is none. */
function flagsIn(argv: readonly string[]): readonly string[] {
  return argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv;
}

function bug(error: unknown, version: string): { exitCode: ExitCode; problems: readonly Problem[] } {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    exitCode: EXIT.failed,
    problems: [
      {
        code: 'bug',
        message: `create-api ${version} failed in a way it should not: ${stack}`,
        hint: 'this is a defect of create-api: please report it with the lines above',
      },
    ],
  };
}
