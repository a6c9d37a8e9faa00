import { findMarkers } from '../../merge/markers.ts';
import { EXIT, ExpectedError } from '../../model/errors.ts';
import { type GitMerge, openRepository } from '../../post/git-merge.ts';
import { readState } from '../../project/file-state.ts';
import { beginPending, type Pending } from '../../project/pending.ts';
import type { HeldFolder } from '../../project/transaction.ts';
import { JOINING } from '../change/pending-change.ts';
import { conflictsOf, fileChanges } from '../change/plan-change.ts';
import { reportChange, reportConflicts } from '../change/report-change.ts';
import { cargoSteps, runWithProgress } from '../change/steps.ts';
import type { CommandResult, Context } from '../context.ts';
import { planJoin } from './plan-join.ts';

/**
 * Puts together what two branches did to a project, which git is merging and could not merge. `null` if git is merging nothing.
 * Conflicts are marked, and wait as those of any change.
 */
export async function joinProject(
  held: HeldFolder,
  { install, isInstallRequested }: { readonly install: boolean; readonly isInstallRequested: boolean },
  context: Context,
): Promise<CommandResult | null> {
  const { root } = held;
  const repository = openRepository(root, context.env, context.signal);
  const index = await repository.index();
  if (index === null || index.unmerged.size === 0) return null;
  const merge = await repository.merge();
  if (merge === null) throw mergingNothing();
  const change = await planJoin(root, repository, merge, index, context);
  const changes = fileChanges(change);
  const conflicts = conflictsOf(change.files);
  if (conflicts.length > 0) {
    const reasons = new Map(conflicts.map(({ path, outcome }) => [path, outcome.reason]));
    beginPending(held, JOINING, changes, reasons, change.record);
    return reportConflicts(change, JOINING, context);
  }
  held.apply([...changes, ...change.record]);
  const paths = changes.map(({ path }) => path);
  const steps = await runWithProgress(cargoSteps(paths, install), root, context);
  await stageJoined(root, [...changes, ...change.record], context);
  const last = lastCommands(root, index.unmerged, merge);
  const what = 'put together what both branches did';
  return reportChange(change, { what, steps, unwritten: [], isInstallRequested, last }, context);
}

/**
 * The commands to type once a join that waited for a person is finished; `undefined` if git is merging nothing any more.
 */
export async function endJoin(
  root: string,
  { next }: Pending,
  { env, signal }: Context,
): Promise<readonly string[] | undefined> {
  const repository = openRepository(root, env, signal);
  const merge = await repository.merge();
  if (merge === null) return undefined;
  const record = new Set(next.map(({ path }) => path));
  const unmerged = [...((await repository.index())?.unmerged ?? [])];
  return lastCommands(root, new Set(unmerged.filter((path) => !record.has(path))), merge);
}

/**
 * Stages what a finished join wrote, as git did with what it could merge, so that `git merge --abort` and the like take it back. What is in
 * conflict stays so for git: only a person resolves it.
 */
export async function stageJoined(
  root: string,
  changes: readonly { readonly path: string }[],
  { env, signal }: Context,
): Promise<void> {
  const repository = openRepository(root, env, signal);
  const unmerged = (await repository.index())?.unmerged;
  await repository.stage(changes.map(({ path }) => path).filter((path) => !unmerged?.has(path)));
}

function lastCommands(root: string, unmerged: ReadonlySet<string>, { finish }: GitMerge): readonly string[] {
  const left = [...unmerged].filter((path) => hasMarkers(root, path));
  return [...left.map((path) => `# resolve ${path}, which is yours`), 'cargo test', 'git add --all .', finish];
}

function hasMarkers(root: string, path: string): boolean {
  const state = readState(root, path);
  return state !== undefined && findMarkers(new TextDecoder().decode(state.bytes)).length > 0;
}

/** What `git stash pop`, `git apply --3way` and `git merge --squash` bring in is in no commit that git would remember. */
function mergingNothing(): ExpectedError {
  return new ExpectedError(EXIT.conflict, [
    {
      code: 'no-merge',
      message:
        'files are in conflict, but git is merging no two commits, as after git stash pop, git apply or git merge --squash: they cannot be put together',
      hint: 'git reset --merge, commit on a branch what was to come in (git stash branch <name>), git merge that branch, and create-api continue',
    },
  ]);
}
