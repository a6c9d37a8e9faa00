import { REMOVE_OPTIONS } from '../options/command-options.ts';
import { removeFrom } from './change/change-answers.ts';
import { changeProject } from './change/change-project.ts';
import { requireOperands } from './change/operands.ts';
import { readSettings } from './change/settings.ts';
import type { Command } from './context.ts';

/** `create-api remove <id…>`: removes middleware, features, authentication or packs from a project; migrations stay. */
export const remove: Command = async (context) => {
  const required = requireOperands('an id', 'remove redis');
  const isMissing = (ids: readonly string[], packs: readonly string[]) => (packs.length > 0 ? [] : required(ids));
  const { settings, operands: ids, packs } = await readSettings(context, isMissing, REMOVE_OPTIONS);
  const what = [...ids, ...packs.map((name) => `the pack ${name}`)].join(', ');
  return changeProject(
    {
      words: ['remove', ...ids, ...packs.flatMap((name) => ['--pack', name])],
      settings,
      removedPacks: packs,
      bringsUpToDate: false,
      want: (answers, options) => ({ answers: removeFrom(answers, ids, options), what: `removed ${what}` }),
    },
    context,
  );
};
