import { resolve } from 'node:path';
import type { Problem } from '../../model/errors.ts';
import type { StepId, StepOutcome } from '../../model/steps.ts';
import { asOperand, equivalentArguments, shellLine } from '../../options/equivalent.ts';
import { DEFAULT_DESCRIPTION } from '../../options/resolve.ts';
import type { Context } from '../context.ts';
import type { CreateOptions } from './create-options.ts';
import type { Prepared } from './prepare.ts';
import { directoryName } from './request.ts';

type Surroundings = Pick<Context, 'cwd' | 'version' | 'isWindows'>;

/** Steps that were asked for by flag and could not be done; a step that had nothing to do is no problem. */
export function problemsAfter(steps: readonly StepOutcome[], asked: readonly StepId[]): readonly Problem[] {
  return steps.flatMap((outcome): Problem[] => {
    if (outcome.status === 'done' || outcome.run === undefined || !asked.includes(outcome.step)) return [];
    return [
      {
        code: 'step-failed',
        message: `--${outcome.step} was asked for and not done: ${outcome.reason}`,
        hint: `the files are kept; in the project's folder run ${outcome.run}`,
      },
    ];
  });
}

/** What to type now, to see the service run. */
export function nextCommands(
  { directory, target, runCommands }: Pick<Prepared, 'directory' | 'target' | 'runCommands'>,
  { cwd, isWindows }: Surroundings,
): readonly string[] {
  const isHere = resolve(cwd, directory) === resolve(cwd) || target.path === cwd;
  return [...(isHere ? [] : [shellLine(['cd', asOperand(directory)], isWindows)]), ...runCommands];
}

/** The command that makes the same project again, without a question, with this exact version. */
export function equivalentCommand(
  prepared: Prepared,
  options: CreateOptions,
  { cwd, version, isWindows }: Surroundings,
): string {
  const { directory, answers, settings } = prepared;
  const words = equivalentArguments(
    {
      version,
      directory,
      directoryName: directoryName(directory, cwd),
      answers,
      isDescribed: answers.description !== DEFAULT_DESCRIPTION,
      settings,
    },
    options.axes,
  );
  return shellLine(['npx', ...words], isWindows);
}
