import type { Command } from './context.ts';
import { askTheRest } from './create/ask.ts';
import { loadCreateOptions } from './create/create-options.ts';
import { createProject } from './create/create-project.ts';
import { dryRun } from './create/dry-run.ts';
import { prepare } from './create/prepare.ts';
import { mayAsk, readCommandLine } from './create/request.ts';

/** `create-api [directory]`: reads flags, asks for the rest, renders and writes the project, and runs the steps. */
export const create: Command = async (context) => {
  const options = await loadCreateOptions();
  const given = readCommandLine(context, options);
  const request = mayAsk(context, given.settings) ? await askTheRest(given, options, context) : given;
  const prepared = await prepare(request, options, context.cwd);
  return prepared.settings.dryRun ? dryRun(prepared, context) : createProject(prepared, options, context);
};
