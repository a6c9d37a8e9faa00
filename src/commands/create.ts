import { isOpen } from '../options/questions.ts';
import type { Command, Context } from './context.ts';
import { type CreateOptions, loadCreateOptions } from './create/create-options.ts';
import { createProject } from './create/create-project.ts';
import { dryRun } from './create/dry-run.ts';
import { prepare } from './create/prepare.ts';
import { mayAsk, readCommandLine } from './create/request.ts';
import { packsGiven } from './packs/packs-given.ts';

const NOT_ASKED = 'no terminal to ask questions in, or CI is set: the defaults were used';

/** `create-api [directory]`: reads flags, asks for the rest, renders and writes the project, and runs the steps. */
export const create: Command = async (context) => {
  const { request: given, options } = await readCommandLine(context, await loadOptions(context));
  const asks = mayAsk(context, given.settings);
  // What only some calls need is in a file of its own.
  const request = asks ? await (await import('./create/ask.ts')).askTheRest(given, options, context) : given;
  const prepared = await prepare(request, options, context.cwd);
  const result = prepared.settings.dryRun ? dryRun(prepared, context) : await createProject(prepared, options, context);
  const { yes, json } = given.settings;
  const usedDefaults = options.axes.some((option) => isOpen(option, given.chosen, options.rules));
  // A person may have expected the questions, for instance of a command in a pipe.
  if (!asks && !yes && !json && usedDefaults) context.terminal.note(`\n  ${NOT_ASKED}`);
  return result;
};

/** The options, with what the packs add that are given as flags. */
async function loadOptions(context: Context): Promise<CreateOptions> {
  const own = loadCreateOptions(context.pack);
  const sources = await packsGiven(own.all, context.argv);
  if (sources.length === 0) return own;
  const { loadOptionsWith } = await (await import('./load-command.ts')).loadPacks();
  return loadOptionsWith(
    sources.map((source) => ({ source, base: context.cwd })),
    context,
  );
}
