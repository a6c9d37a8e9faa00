import { basename, resolve } from 'node:path';
import type { Answers } from '../../model/answers.ts';
import { EXIT, ExpectedError, type Problem } from '../../model/errors.ts';
import { readFlags } from '../../options/flags.ts';
import { type Request, readRequest, type Settings } from '../../options/resolve.ts';
import type { Context } from '../context.ts';
import { mistypedCommand } from '../mistyped-command.ts';
import { COMMAND_NAMES } from '../registry.ts';
import type { CreateOptions } from './create-options.ts';

/** A project as far as it is decided. */
export interface Draft {
  /** As typed; `null` until there is a name to call the folder by. */
  readonly directory: string | null;
  readonly chosen: Partial<Answers>;
  readonly settings: Settings;
}

/** Whether this run may ask: somebody is there, and did not say not to. */
export function mayAsk(context: Pick<Context, 'terminal'>, settings: Settings): boolean {
  return !settings.yes && !settings.json && context.terminal.isInteractive;
}

/** Reads the command line into a draft; throws every problem of it at once. */
export function readDraft(context: Context, options: CreateOptions): Draft {
  const raw = readFlags(options.all, context.argv);
  const { request, problems } = readRequest(raw, options.all, options.rules);
  const mistyped = mistypedCommand(raw.operands, COMMAND_NAMES);
  const { draft, problem } = named(request, context, options);
  // The word behind an unknown flag is its value or the directory: then it is not known that there is none.
  const isUnclear = request.directory === null && problems.some(({ code }) => code === 'unknown-flag');
  const all = [...(mistyped ? [mistyped] : []), ...problems, ...(problem && !isUnclear ? [problem] : [])];
  if (all.length > 0) throw new ExpectedError(EXIT.usage, all);
  return draft;
}

/** The name that follows from a directory: that of the folder. */
export function directoryName(directory: string, cwd: string): string {
  return basename(resolve(cwd, directory));
}

/** Settles the directory and the name as far as they follow from each other; what is then missing can only be asked. */
function named(request: Request, context: Context, options: CreateOptions): { draft: Draft; problem: Problem | null } {
  const { directory, chosen, settings } = request;
  if (directory === null) {
    return mayAsk(context, settings)
      ? { draft: { ...request, directory: chosen.name ?? null }, problem: null }
      : { draft: request, problem: directoryMissing() };
  }
  if (chosen.name !== undefined) return { draft: request, problem: null };
  const name = directoryName(directory, context.cwd);
  const problem = options.rules.checkName(name);
  if (problem === null) return { draft: { ...request, chosen: { ...chosen, name } }, problem: null };
  if (mayAsk(context, settings)) return { draft: request, problem: null };
  return { draft: request, problem: { ...problem, hint: `keep the folder with --name ${options.suggestName(name)}` } };
}

function directoryMissing(): Problem {
  return {
    code: 'missing-directory',
    message: 'no directory was given, and there is nobody to ask',
    allowed: 'a path that is new or empty; . is this folder',
    hint: 'create-api my-service',
  };
}
