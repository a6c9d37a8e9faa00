import { EXIT, type ExitCode, isExpected, type Problem } from '../model/errors.ts';
import { problemsText } from '../ui/problems-text.ts';
import { createTerminal, type Streams, type Terminal } from '../ui/terminal.ts';
import { type CommandName, commandNamed } from './command-names.ts';
import type { Command, Context } from './context.ts';
import { type Launch, programName } from './program.ts';

/** The arguments, environment and streams that the process was started with. */
export type Invocation = Omit<Context, 'terminal' | 'program'> & Pick<Launch, 'script'> & { readonly streams: Streams };

type Name = CommandName | 'create' | 'help';

/** In the bundle, help and the command that creates projects have files of their own, because they are to start fast. */
async function load(name: Name): Promise<Command> {
  if (name === 'help') return (await import('./help.ts')).help;
  if (name === 'create') return (await import('./create.ts')).create;
  return (await import('./load-command.ts')).loadCommand(name);
}

/** Runs the command that the arguments name, writes its result and returns the exit code. Never rejects. */
export async function main(invocation: Invocation): Promise<ExitCode> {
  const terminal = createTerminal(invocation.streams, invocation.env);
  const program = programName(invocation);
  const isJson = flagsIn(invocation.argv).includes('--json');
  try {
    const { name, argv } = select(invocation.argv);
    const command = await load(name);
    const result = await command({ ...invocation, argv, terminal, program });
    terminal.result(isJson ? JSON.stringify(result.json, null, 2) : result.text);
    if (!isJson && result.problems)
      printProblems(
        result.problems.map((problem) => withProgram(problem, program)),
        terminal,
      );
    return result.exitCode;
  } catch (error) {
    const { exitCode, ...thrown } = isExpected(error) ? error : bug(error, invocation.version);
    const problems = thrown.problems.map((problem) => withProgram(problem, program));
    if (isJson) terminal.result(JSON.stringify({ ok: false, problems, exitCode }, null, 2));
    else printProblems(problems, terminal);
    return exitCode;
  }
}

/** Replaces the program name in a hint, so that it can be typed as it is. */
function withProgram(problem: Problem, program: string): Problem {
  return problem.hint === undefined
    ? problem
    : { ...problem, hint: problem.hint.replaceAll(/\bcreate-api(?= )/g, () => program) };
}

function printProblems(problems: readonly Problem[], terminal: Terminal): void {
  terminal.note(`\n${problemsText(problems, terminal.err, terminal.columns)}\n`);
}

function select(argv: readonly string[]): { readonly name: Name; readonly argv: readonly string[] } {
  const words = flagsIn(argv);
  if (words[0] === 'help' || words.includes('--help') || words.includes('-h')) return { name: 'help', argv };
  const name = commandNamed(argv[0]);
  return name === undefined ? { name: 'create', argv } : { name, argv: argv.slice(1) };
}

/** The words that may be flags: those before "--". */
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
        message: `create-api ${version} failed unexpectedly: ${stack}`,
        hint: 'this is a bug in create-api: please report it with the lines above',
      },
    ],
  };
}
