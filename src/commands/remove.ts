import { removeFrom } from './change/change-answers.ts';
import { changeProject } from './change/change-project.ts';
import { requireOperands } from './change/operands.ts';
import { readSettings } from './change/settings.ts';
import type { Command } from './context.ts';

/** `create-api remove <id…>`: removes middleware, features or authentication from a project; migrations stay. */
export const remove: Command = async (context) => {
  const { settings, operands: ids } = await readSettings(context, requireOperands('an id', 'remove redis'));
  return changeProject(
    {
      words: ['remove', ...ids],
      settings,
      bringsUpToDate: false,
      want: (answers, options) => ({ answers: removeFrom(answers, ids, options), what: `removed ${ids.join(', ')}` }),
    },
    context,
  );
};
