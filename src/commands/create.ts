import { type RawFlags, readFlags } from '../options/flags.ts';
import { isOpen } from '../options/questions.ts';
import { PACKS } from '../options/schema.ts';
import type { Command, Context } from './context.ts';
import { type CreateOptions, loadCreateOptions } from './create/create-options.ts';
import { createProject } from './create/create-project.ts';
import { dryRun } from './create/dry-run.ts';
import type { LoadedPreset } from './create/load-preset.ts';
import { prepare } from './create/prepare.ts';
import { mayAsk, readCommandLine } from './create/request.ts';

const NOT_ASKED = 'no terminal to ask questions in, or CI is set: the defaults were used';

/** `create-api [directory]`: reads flags, asks for the rest, renders and writes the project, and runs the steps. */
export const create: Command = async (context) => {
  const { options: offered, preset } = await loadOptions(context);
  const { request: given, options } = await readCommandLine(context, offered, preset);
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

/** The preset that is given, if one is, and the options with what its packs add, and those that are given. */
async function loadOptions(
  context: Context,
): Promise<{ readonly options: CreateOptions; readonly preset: LoadedPreset | null }> {
  const options = loadCreateOptions(context.pack);
  // What is wrong with flags is found later, together with everything else.
  const isGiven = context.argv.some((word) => /^--(?:preset|pack)(?:=|$)/.test(word));
  const { values } = isGiven ? await readFlags(options.all, context.argv) : { values: {} as RawFlags['values'] };
  const [name] = values['preset'] ?? [];
  const presetWith = async (known: CreateOptions) =>
    name === undefined ? null : (await (await loadCommands()).loadPresets()).loadPreset(name, context, known);
  const preset = await presetWith(options);
  const sources = values[PACKS.key] ?? [];
  const ofPreset = preset?.packs.map((pack) => ({ ...pack, isOfPreset: true })) ?? [];
  const wanted = [...ofPreset, ...sources.map((source) => ({ source, base: context.cwd }))];
  if (wanted.length === 0) return { options, preset };
  const { loadOptionsWith } = await (await loadCommands()).loadPacks();
  const withPacks = await loadOptionsWith(wanted, context);
  // A policy may be about what the packs offer.
  return { options: withPacks, preset: preset?.policies.length === 0 ? preset : await presetWith(withPacks) };
}

/** The file with the other commands, which has what only few projects need. */
function loadCommands() {
  return import('./load-command.ts');
}
