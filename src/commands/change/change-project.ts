import type { Answers } from '../../model/answers.ts';
import { EXIT, ExpectedError, type Problem } from '../../model/errors.ts';
import { shellLine } from '../../options/equivalent.ts';
import type { ChangeEffect } from '../../plan/check-history.ts';
import { dirtyFiles } from '../../post/git-status.ts';
import { beginPending } from '../../project/pending.ts';
import { findProject } from '../../project/record-files.ts';
import { writeRepositoryFiles } from '../../project/repository-files.ts';
import { assertSettled, type HeldFolder, holdFolder } from '../../project/transaction.ts';
import { labelled } from '../../ui/layout.ts';
import { cancelled } from '../../ui/prompter.ts';
import type { CommandResult, Context } from '../context.ts';
import type { CreateOptions } from '../create/create-options.ts';
import { loadProjectOptions } from '../packs/project-options.ts';
import { enforceFor, problemsUnder, refuseNewViolations } from '../policy/enforce.ts';
import { refuseLostChoices } from './lost-choices.ts';
import { openProject } from './open-project.ts';
import { refusePending } from './pending-change.ts';
import {
  allChanges,
  type ConflictingFile,
  conflictsOf,
  type DecidedChange,
  fileChanges,
  type PlannedChange,
  planChange,
} from './plan-change.ts';
import { reportChange, reportConflicts, reportDryRun, reportNothing } from './report-change.ts';
import type { ChangeSettings } from './settings.ts';
import { cargoSteps, runWithProgress } from './steps.ts';
import { isOutdated, refuseOutdated } from './up-to-date.ts';

/** What a command wants of a project. */
export interface Wanted {
  readonly answers: Answers;
  /** What was done, for the report: `added redis`. */
  readonly what: string;
  /** What it does besides, as to rows of tables. */
  readonly effects?: readonly ChangeEffect[];
}

/** A command that changes a project. */
export interface ChangeCommand {
  /** Its name and operands, as they are typed. */
  readonly words: readonly string[];
  readonly settings: ChangeSettings;
  /** The templates of this create-api may be others than those that the project was rendered from. */
  readonly bringsUpToDate: boolean;
  /** Sources of packs, relative to the current folder, that the project is to have in other versions, or besides. */
  readonly packs?: readonly string[];
  /** Names of packs that the project is to do without. */
  readonly removedPacks?: readonly string[];
  /** What it wants of a project with these answers; throws an `ExpectedError` if that is impossible. */
  want(answers: Answers, options: CreateOptions): Wanted;
}

/** Changes the project around the current folder: recover, read, plan and render, merge, check, write, run steps, report. */
export async function changeProject(command: ChangeCommand, context: Context): Promise<CommandResult> {
  const root = findProject(context.cwd);
  const { settings } = command;
  if (settings.dryRun) {
    assertSettled(root);
    const { change } = await prepareChange(root, command, context);
    if (allChanges(change).length === 0) return reportNothing(change, true, context);
    const { problems, gitCanUndo } = await obstaclesOf(change, settings, context);
    if (!gitCanUndo) noteWithoutGit(context);
    return reportDryRun(change, stepsOf(change, settings), problems, context);
  }
  const held = holdFolder(root);
  try {
    noteRecovery(held, context);
    const { change, what } = await prepareChange(root, command, context, held);
    return await makeChange(held, change, { ...command, what }, context);
  } finally {
    held.release();
  }
}

async function prepareChange(root: string, command: ChangeCommand, context: Context, held?: HeldFolder) {
  await refusePending(root, context, held);
  const { packs = [], removedPacks = [] } = command;
  const unruled = await loadProjectOptions(root, packs, context, removedPacks);
  if (packs.length > 0 || removedPacks.length > 0) refuseLostChoices(root, unruled);
  const project = openProject(root, unruled);
  const options = await enforceFor(project, unruled, context);
  if (!command.bringsUpToDate) {
    const asRecorded =
      removedPacks.length === 0
        ? options
        : await enforceFor(project, await loadProjectOptions(root, [], context), context);
    refuseOutdated(project, asRecorded);
  }
  const { answers, what, effects = [] } = command.want(project.lock.answers, options);
  if (command.bringsUpToDate) {
    const broken = problemsUnder({ chosen: answers }, options);
    // An outdated project has to be updated first: no other command would do what the policy asks for.
    if (broken.length > 0 && !isOutdated(project, options)) throw new ExpectedError(EXIT.policy, broken);
    for (const { message, hint } of broken) warn(`${message}: ${hint}`, context);
  }
  // Only policies and packs change the answers of a project that is brought up to date.
  const by = command.bringsUpToDate ? 'policy' : 'flag';
  const change = await planChange(project, answers, options, by);
  refuseNewViolations(project, answers, change.rendered.files, options);
  return { change: { ...change, effects: [...effects, ...cautionsOf(change)] }, what };
}

/** What may make the new migrations of a change fail: nothing is known of what is in those of the owner's. */
function cautionsOf({ project, answers, rendered: { plan, guarded } }: PlannedChange): readonly ChangeEffect[] {
  const added = answers.resources.length - project.lock.answers.resources.length;
  return [...guarded].flatMap(([position, { table, columns }]) => {
    if (position < plan.steps.length - added) return [];
    const text = `fails if an index, view or trigger of yours uses ${columns.join(' or ')} of ${table}: drop it before, and create it again after, in this migration`;
    return [{ text, losesData: false }];
  });
}

async function makeChange(
  held: HeldFolder,
  change: DecidedChange,
  { words, what, settings }: ChangeCommand & Pick<Wanted, 'what'>,
  context: Context,
): Promise<CommandResult> {
  const changes = allChanges(change);
  if (changes.length === 0) return reportNothing(change, false, context);
  const { problems, gitCanUndo } = await obstaclesOf(change, settings, context);
  if (problems.length > 0) throw new ExpectedError(EXIT.conflict, problems);
  if (!gitCanUndo) noteWithoutGit(context);
  if (settings.asks) await (await import('./confirm-change.ts')).confirmChange(change, context);
  if (context.signal.aborted) throw cancelled(null);
  const conflicts = conflictsOf(change.files);
  if (conflicts.length > 0) {
    const typed = `create-api ${shellLine(words, context.isWindows)}`;
    const reasons = new Map(conflicts.map(({ path, outcome }) => [path, outcome.reason]));
    beginPending(held, typed, fileChanges(change), reasons, change.record);
    return reportConflicts(change, typed, context);
  }
  held.apply(changes);
  const unwritten = change.around === null ? [] : writeRepositoryFiles(change.around.root, change.around.files);
  const steps = await runWithProgress(stepsOf(change, settings), change.project.root, context);
  return reportChange(change, { what, steps, unwritten, isInstallRequested: settings.isInstallRequested }, context);
}

/** Finds everything that prevents a change, all at once, and whether git has what is going to be changed. */
async function obstaclesOf(
  { project, files, record, effects }: DecidedChange,
  { allowDirty, marksConflicts, mayLoseData }: ChangeSettings,
  { env, signal }: Pick<Context, 'env' | 'signal'>,
): Promise<{ readonly problems: readonly Problem[]; readonly gitCanUndo: boolean }> {
  const conflicts = marksConflicts ? [] : conflictsOf(files);
  const touched = allChanges({ files, record }).filter(({ before }) => before !== undefined);
  const paths = touched.map(({ path }) => path);
  const found = dirtyFiles(project.root, paths, env, signal);
  // A repository that cannot be read is as good as none.
  const dirty = await (allowDirty ? found.catch(() => null) : found);
  const edited = allowDirty ? [] : (dirty ?? []);
  const losses = mayLoseData ? [] : effects.filter(({ losesData }) => losesData);
  return {
    problems: [
      ...(losses.length === 0 ? [] : [losingData(losses)]),
      ...conflicts.map(inConflict),
      ...(edited.length === 0 ? [] : [notCommitted(edited)]),
    ],
    gitCanUndo: dirty?.length === 0 || edited.length > 0,
  };
}

function inConflict({ path, outcome: { reason, lines } }: ConflictingFile): Problem {
  return {
    code: 'conflict',
    message: `${reason} Nothing was changed.`,
    paths: [path],
    lines,
    hint: 'run it in a terminal, or with --mark-conflicts, to get both versions between markers in the file, and decide there',
  };
}

function losingData(losses: readonly ChangeEffect[]): Problem {
  return {
    code: 'data-loss',
    message: `the change ${losses.map(({ text }) => text).join(', and ')}; nothing was changed`,
    hint: 'pass --yes if that is what you want',
  };
}

function notCommitted(paths: readonly string[]): Problem {
  return {
    code: 'not-committed',
    message: 'files that would be changed have edits that are not committed; nothing was changed',
    paths,
    hint: 'commit or stash them, or pass --allow-dirty',
  };
}

/** The steps that follow a change. */
function stepsOf(change: DecidedChange, { install }: ChangeSettings) {
  return cargoSteps(
    fileChanges(change).map(({ path }) => path),
    install,
  );
}

/** Says before anything is written that it cannot be undone. */
function noteWithoutGit(context: Context): void {
  warn('git cannot undo this change: it does not have the files as they are now.', context);
}

function warn(text: string, { terminal }: Context): void {
  terminal.note(`\n${labelled(`  ${terminal.err.yellow('!')}`, text, 4, terminal.columns)}`);
}

/** Says what became of a change that was interrupted. */
function noteRecovery({ recovery }: HeldFolder, { terminal }: Context): void {
  if (recovery.outcome === 'clean') return;
  terminal.note(`\n  An interrupted change was ${recovery.outcome} first.`);
  if (recovery.beside.length > 0) {
    terminal.note(`  Files that were edited since were kept; their previous versions: ${recovery.beside.join(', ')}`);
  }
}
