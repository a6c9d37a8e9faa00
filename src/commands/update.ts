import { changeProject } from './change/change-project.ts';
import { readSettings } from './change/settings.ts';
import type { Command } from './context.ts';
import { refuseOperands } from './operands.ts';

/** `create-api update`: brings a project to what this create-api renders for the same answers. */
export const update: Command = async (context) => {
  const { settings } = await readSettings(context, (operands) => refuseOperands('update', operands));
  return changeProject(
    {
      words: ['update'],
      settings,
      bringsUpToDate: true,
      want: (answers) => ({ answers, what: `brought up to date with create-api ${context.version}` }),
    },
    context,
  );
};
