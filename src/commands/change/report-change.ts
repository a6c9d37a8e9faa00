import { textOf } from '../../merge/file-content.ts';
import { EXIT, type ExitCode, type Problem } from '../../model/errors.ts';
import type { FileState } from '../../model/files.ts';
import { currentResources } from '../../model/resource-history.ts';
import { printResource } from '../../model/resource-syntax.ts';
import { commandLine, type PlannedStep, type StepOutcome } from '../../model/steps.ts';
import type { UnwrittenFile } from '../../project/repository-files.ts';
import { changedText, plannedText } from '../../ui/change-text.ts';
import { placesText } from '../../ui/layout.ts';
import type { CommandResult, Context } from '../context.ts';
import { problemsOfSteps } from '../create/next-steps.ts';
import { describeAround, describeFiles } from './describe-change.ts';
import { conflictsOf, type DecidedChange, fileChanges } from './plan-change.ts';

/** How a change went. */
export interface MadeChange {
  /** What was done: `added redis`. */
  readonly what: string;
  readonly steps: readonly StepOutcome[];
  /** Files around the project that could not be written. */
  readonly unwritten: readonly UnwrittenFile[];
  /** Cargo was to run in any case. */
  readonly isInstallRequested: boolean;
  /** The commands to type at the end. */
  readonly last?: readonly string[];
}

/** Reports a change that was made; a step that was requested and not done, or a file that could not be written, makes the exit code 1. */
export function reportChange(
  change: DecidedChange,
  { what, steps, unwritten, isInstallRequested, last = ['git diff', 'cargo test'] }: MadeChange,
  { terminal }: Context,
): CommandResult {
  const files = [...describeFiles(change), ...describeAround(change)];
  const problems = [
    ...problemsOfSteps(steps, isInstallRequested ? ['install'] : []),
    ...unwritten.map(({ path, reason }) => ({
      code: 'repository-file-not-written',
      message: `${path} could not be written to the root of the repository: ${reason}; the changes are kept`,
    })),
  ];
  const exitCode = problems.length === 0 ? EXIT.done : EXIT.failed;
  const next = [...nextCommands(change, steps), ...last];
  return {
    exitCode,
    text: changedText({ what, files, effects: textsOf(change), steps, next }, terminal),
    json: { ...documentOf(change, exitCode, false), steps, next, problems },
    ...(problems.length > 0 && { problems }),
  };
}

/** Reports a change whose conflicts wait for a person: what to do about each, and then. */
export function reportConflicts(change: DecidedChange, typed: string, { terminal, program }: Context): CommandResult {
  const files = describeFiles(change, true);
  const conflicts = files.filter(({ action }) => action === 'conflict');
  const places = conflicts.map(({ path, lines }) => placesText(path, lines));
  const next = [`# decide about ${places.join(', ')}`, `${program} continue`, `# or undo everything: ${program} abort`];
  const problems = conflicts.map(({ path, lines = [], reason }) => ({
    code: 'conflict',
    message: `"${typed}" is not finished: ${reason}`,
    paths: [path],
    lines,
    hint: 'edit the file, then create-api continue; or create-api abort',
  }));
  return {
    exitCode: EXIT.conflict,
    text: changedText({ what: `${typed} is not finished`, files, effects: textsOf(change), steps: [], next }, terminal),
    json: { ...documentOf(change, EXIT.conflict, false), files, steps: [], next, problems },
    problems,
  };
}

/** Reports what would be done, with the exit code that doing it would have. */
export function reportDryRun(
  change: DecidedChange,
  steps: readonly PlannedStep[],
  problems: readonly Problem[],
  { terminal }: Context,
): CommandResult {
  const isMarked = conflictsOf(change.files).length > 0;
  const exitCode = problems.length === 0 && !isMarked ? EXIT.done : EXIT.conflict;
  return {
    exitCode,
    text: plannedText(
      {
        files: [...describeFiles(change), ...describeAround(change)],
        effects: textsOf(change),
        steps,
        isRefused: problems.length > 0,
      },
      terminal,
    ),
    json: {
      ...documentOf(change, exitCode, true),
      steps: steps.map((step) => ({ ...step, commands: step.commands.map(commandLine) })),
      problems,
    },
    ...(problems.length > 0 && { problems }),
  };
}

/** Reports that the project is as it is wanted already. */
export function reportNothing(change: DecidedChange, isDryRun: boolean, { terminal }: Context): CommandResult {
  const text = `  ${terminal.out.green('✔')} nothing to change: the project is as it should be`;
  return {
    exitCode: EXIT.done,
    text,
    json: { ...documentOf(change, EXIT.done, isDryRun), steps: [], next: [], problems: [] },
  };
}

function textsOf({ effects }: DecidedChange): readonly string[] {
  return effects.map(({ text }) => text);
}

function documentOf(change: DecidedChange, exitCode: ExitCode, isDryRun: boolean) {
  const { project, answers, origins, effects, record, around } = change;
  return {
    ok: exitCode === EXIT.done,
    exitCode,
    dryRun: isDryRun,
    path: project.root,
    answers: { ...answers, resources: currentResources(answers.resources).map(printResource) },
    origins,
    effects,
    files: describeFiles(change),
    record: record.map(({ path }) => path),
    repositoryFiles: around?.files.map(({ path, action, addition }) => ({ path, action, addition })) ?? [],
  };
}

function nextCommands({ files }: DecidedChange, steps: readonly StepOutcome[]): readonly string[] {
  const example = fileChanges({ files }).find(({ path }) => path === '.env.example');
  const linesOf = (state: FileState | undefined) => (state && textOf(state))?.split('\n') ?? [];
  const known = new Set(linesOf(example?.before));
  const hasNewLines = example !== undefined && linesOf(example.after).some((line) => !known.has(line));
  return [
    ...steps.flatMap((outcome) => (outcome.status === 'done' ? [] : (outcome.run ?? []))),
    ...(hasNewLines ? ['# take over what is new in .env.example to .env'] : []),
  ];
}
