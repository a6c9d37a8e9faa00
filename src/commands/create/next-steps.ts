import { resolve } from 'node:path';
import type { Check } from '../../model/check.ts';
import type { Problem } from '../../model/errors.ts';
import type { StepId, StepOutcome } from '../../model/steps.ts';
import { asOperand, equivalentArguments, shellLine } from '../../options/equivalent.ts';
import { DEFAULT_DESCRIPTION } from '../../options/resolve.ts';
import type { Context } from '../context.ts';
import { pinnedIn } from '../packs/pinned.ts';
import type { CreateOptions } from './create-options.ts';
import type { KeptFiles } from './kept-files.ts';
import type { Prepared } from './prepare.ts';
import { directoryName } from './request.ts';

/** Steps that were requested by flag and not done, as problems. */
export function problemsOfSteps(steps: readonly StepOutcome[], requested: readonly StepId[]): readonly Problem[] {
  return steps.flatMap((outcome): Problem[] => {
    if (outcome.status === 'done' || !requested.includes(outcome.step)) return [];
    return [
      {
        code: 'step-failed',
        message: `--${outcome.step} was given, but not done: ${outcome.reason}`,
        hint: outcome.run === undefined ? `leave out --${outcome.step}` : 'run the commands listed under Next',
      },
    ];
  });
}

/** The commands to type until the service runs, in order: a toolchain, the folder, the remaining steps, the service. */
export function nextCommands(
  { directory, target, runCommands }: Pick<Prepared, 'directory' | 'target' | 'runCommands'>,
  { buildInputs }: Pick<KeptFiles, 'buildInputs'>,
  steps: readonly StepOutcome[],
  missingRust: Check | null,
  { cwd, isWindows }: Pick<Context, 'cwd' | 'isWindows'>,
): readonly string[] {
  const isHere = resolve(cwd, directory) === resolve(cwd) || target.path === cwd;
  return [
    // A comment in every shell, so that the whole list can be pasted.
    ...(missingRust === null ? [] : [`# ${missingRust.fix}`]),
    ...(isHere ? [] : [shellLine(['cd', asOperand(directory)], isWindows)]),
    ...steps.flatMap((outcome) => (outcome.status === 'done' ? [] : (outcome.run ?? []))),
    ...(buildInputs.length === 0 ? runCommands : ["# merge the kept files that Cargo reads with the project's"]),
  ];
}

/** The command that creates the same project again without a question. */
export function equivalentCommand(
  prepared: Prepared,
  options: CreateOptions,
  { cwd, program, isWindows }: Pick<Context, 'cwd' | 'program' | 'isWindows'>,
): string {
  const { directory, answers, origins, preset, settings } = prepared;
  const words = equivalentArguments(
    {
      directory,
      directoryName: directoryName(directory, cwd),
      answers,
      origins,
      preset,
      packs: options.packs.filter(({ isOfPreset }) => !isOfPreset).map((pack) => pinnedIn(cwd, pack).source),
      isDescribed: answers.description !== DEFAULT_DESCRIPTION,
      settings,
    },
    options.axes,
  );
  return `${program} ${shellLine(words, isWindows)}`;
}
