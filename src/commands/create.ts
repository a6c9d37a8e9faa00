import type { Command } from './context.ts';
import { askTheRest } from './create/ask.ts';
import { carryOut } from './create/carry-out.ts';
import { loadCreateOptions } from './create/create-options.ts';
import { mayAsk, readDraft } from './create/draft.ts';
import { dryRun } from './create/dry-run.ts';
import { prepare } from './create/prepare.ts';

/** `create-api [directory]`: reads flags, asks the rest, renders, writes, runs the steps after it. */
export const create: Command = async (context) => {
  const options = await loadCreateOptions();
  const given = readDraft(context, options);
  const draft = mayAsk(context, given.settings) ? await askTheRest(given, options, context) : given;
  const prepared = await prepare(draft, options, context.cwd);
  return prepared.settings.dryRun ? dryRun(prepared, context) : carryOut(prepared, options, context);
};
