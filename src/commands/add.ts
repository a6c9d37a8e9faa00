import { addTo } from './change/change-answers.ts';
import { changeProject } from './change/change-project.ts';
import { requireOperands } from './change/operands.ts';
import { readSettings } from './change/settings.ts';
import type { Command } from './context.ts';

/** `create-api add <id…>`: adds middleware, features or authentication to a project. */
export const add: Command = async (context) => {
  const { settings, operands: ids } = await readSettings(context, requireOperands('an id', 'add redis'));
  return changeProject(
    {
      words: ['add', ...ids],
      settings,
      bringsUpToDate: false,
      want: (answers, options) => ({ answers: addTo(answers, ids, options), what: `added ${ids.join(', ')}` }),
    },
    context,
  );
};
