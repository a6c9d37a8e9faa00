import { basename, resolve } from 'node:path';
import { EXIT, ExpectedError, type Problem } from '../../model/errors.ts';
import { readFlags } from '../../options/flags.ts';
import { type CreateRequest, readRequest, type Settings } from '../../options/resolve.ts';
import type { Context } from '../context.ts';
import { mistypedCommand } from '../mistyped-command.ts';
import { COMMAND_NAMES } from '../registry.ts';
import type { CreateOptions } from './create-options.ts';

/** Whether this run may ask: somebody is there, and did not say not to. */
export function mayAsk(context: Pick<Context, 'terminal'>, settings: Settings): boolean {
  return !settings.yes && !settings.json && context.terminal.isInteractive;
}

/** Reads the command line; throws an `ExpectedError` with every problem in it. */
export function readCommandLine(context: Context, options: CreateOptions): CreateRequest {
  const raw = readFlags(options.all, context.argv);
  const { request: given, problems } = readRequest(raw, options.all, options.rules);
  const mistyped = mistypedCommand(raw.operands, COMMAND_NAMES);
  const { request, problem } = withNameAndDirectory(given, context, options);
  // The word behind an unknown flag is its value or the directory: then it is not known that there is none.
  const isUnclear = given.directory === null && problems.some(({ code }) => code === 'unknown-flag');
  const all = [...(mistyped ? [mistyped] : []), ...problems, ...(problem && !isUnclear ? [problem] : [])];
  if (all.length > 0) throw new ExpectedError(EXIT.usage, all);
  return request;
}

/** The name of the folder, which is the default name of the project. */
export function directoryName(directory: string, cwd: string): string {
  return basename(resolve(cwd, directory));
}

/** Derives the name from the directory or the directory from the name; the interview asks for what is still missing. */
function withNameAndDirectory(
  request: CreateRequest,
  context: Context,
  options: CreateOptions,
): { request: CreateRequest; problem: Problem | null } {
  const { directory, chosen, settings } = request;
  if (directory === null) {
    return mayAsk(context, settings)
      ? { request: { ...request, directory: chosen.name ?? null }, problem: null }
      : { request, problem: directoryMissing() };
  }
  if (chosen.name !== undefined) return { request, problem: null };
  const name = directoryName(directory, context.cwd);
  const problem = options.rules.checkName(name);
  if (problem === null) return { request: { ...request, chosen: { ...chosen, name } }, problem: null };
  if (mayAsk(context, settings)) return { request, problem: null };
  return { request, problem: { ...problem, hint: `keep the folder with --name ${options.suggestName(name)}` } };
}

function directoryMissing(): Problem {
  return {
    code: 'missing-directory',
    message: 'no directory was given, and there is nobody to ask',
    allowed: 'a path that is new or empty; . is this folder',
    hint: 'create-api my-service',
  };
}
