import type { Answers } from '../model/answers.ts';
import { EXIT, ExpectedError } from '../model/errors.ts';
import { UPDATE_OPTIONS } from '../options/command-options.ts';
import { problemsOfHistory } from '../plan/check-history.ts';
import { changeProject } from './change/change-project.ts';
import { readSettings } from './change/settings.ts';
import type { Command } from './context.ts';
import type { CreateOptions } from './create/create-options.ts';
import { refuseOperands } from './operands.ts';
import { answersUnder } from './policy/enforce.ts';

/** `create-api update`: brings a project to what this create-api, and other versions of its packs, render for the same answers. */
export const update: Command = async (context) => {
  const noOperand = (operands: readonly string[]) => refuseOperands('update', operands);
  const { settings, packs } = await readSettings(context, noOperand, UPDATE_OPTIONS);
  return changeProject(
    {
      words: ['update', ...packs.flatMap((source) => ['--pack', source])],
      settings,
      packs,
      bringsUpToDate: true,
      want(before, options) {
        const answers = answersUnder(withTeamResources(before, options), options);
        // What packs and policies add has to fit what the project has.
        const wrong = problemsOfHistory(answers.resources, answers, options.catalog);
        if (wrong.length > 0) throw new ExpectedError(EXIT.usage, wrong);
        return { answers, what: `brought up to date with ${[`create-api ${context.version}`, ...packs].join(', ')}` };
      },
    },
    context,
  );
};

/** The answers with the resources that packs have added since, behind those that there are, whose migrations keep their places. */
function withTeamResources(answers: Answers, { catalog }: CreateOptions): Answers {
  const { resources } = answers;
  const added = catalog.teamResources.filter(({ singular }) => resources.every((each) => each.singular !== singular));
  return added.length === 0 ? answers : { ...answers, resources: [...resources, ...added] };
}
