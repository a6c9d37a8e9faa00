import { effectsOfChoices, setIn } from './change/change-answers.ts';
import { changeProject } from './change/change-project.ts';
import { requireOperands } from './change/operands.ts';
import { readSettings } from './change/settings.ts';
import type { Command } from './context.ts';

/** `create-api set <option>=<id>`: gives a project another database, layer, framework or authentication. */
export const set: Command = async (context) => {
  const required = requireOperands('an option and its id', 'set auth=jwt');
  const { settings, operands: words } = await readSettings(context, required);
  return changeProject(
    {
      words: ['set', ...words],
      settings,
      bringsUpToDate: false,
      want(before, options) {
        const answers = setIn(before, words, options);
        const effects = effectsOfChoices(before, answers, options.catalog.axes);
        return { answers, what: `set ${words.join(', ')}`, effects };
      },
    },
    context,
  );
};
