import { type Branch, joinBranches } from '../../merge/join-branches.ts';
import { EXIT, ExpectedError } from '../../model/errors.ts';
import { type FileClass, type FileState, stateOf } from '../../model/files.ts';
import type { FileMap } from '../../model/merge.ts';
import type { BaseFile } from '../../model/project-record.ts';
import { isOlder } from '../../model/version.ts';
import type { Sides } from '../../options/join-answers.ts';
import type { Files, GitIndex, GitMerge, Repository } from '../../post/git-merge.ts';
import { readState } from '../../project/file-state.ts';
import { surveyAround } from '../change/around-project.ts';
import { isOtherStructure, keptPaths, movesOf, nextBase } from '../change/merge-project.ts';
import type { Project } from '../change/open-project.ts';
import { type DecidedChange, recordChanges, withMode } from '../change/plan-change.ts';
import { renderProject } from '../change/render-project.ts';
import { outdatedFiles } from '../change/up-to-date.ts';
import type { Context } from '../context.ts';
import type { CreateOptions } from '../create/create-options.ts';
import { enforceFor } from '../policy/enforce.ts';
import { joinLocks } from './join-locks.ts';
import { effectsOf, planOf, renumberedFiles, versionsOf } from './join-migrations.ts';
import { type CommittedProject, readRecords } from './read-branches.ts';

/** Plans how the project in `root` becomes what the branches that git is merging want together. Reads, and writes nothing. */
export async function planJoin(
  root: string,
  repository: Repository,
  merge: GitMerge,
  { unmerged, resolved }: GitIndex,
  context: Context,
): Promise<DecidedChange> {
  const { projects, options: unruled } = await readRecords(root, repository, merge, context);
  const { ours, theirs } = projects;
  const joined = joinLocks(root, projects, merge, unruled);
  const options = await enforceFor({ root, lock: joined, base: ours.base }, unruled, context);
  refuseOutdated(root, projects, options);

  const known = new Map([...ours.base, ...theirs.base]);
  const ordered = merge.isPublished ? ([theirs, ours] as const) : ([ours, theirs] as const);
  const lock = { ...joined, migrations: versionsOf(root, joined, known, ordered, options) };
  const project: Project = { root, lock, base: ours.base };
  const planned = planOf(lock, options);
  const renumbered = [ours, theirs].map((side) => renumberedFiles(planOf(side.lock, options), planned));
  const seeds = new Map(
    [theirs, ours].flatMap((side, index) => {
      if (isOtherStructure(side.lock.answers, lock.answers, options.catalog.axes)) return [];
      const moved = renumbered[1 - index];
      return keptPaths(side.base).flatMap((path): [string, BaseFile][] => {
        const file = side.base.get(path);
        return file === undefined || moved?.has(path) ? [] : [[path, file]];
      });
    }),
  );
  const rendered = renderProject(lock.answers, lock, [...seeds.keys()], options);
  const { renames } = rendered.plan;
  const next = nextBase(seeds, rendered.files, false, movesOf(seeds, rendered.files, renames));

  const paths = new Set([...known.keys(), ...projects.base.base.keys(), ...next.map(({ path }) => path)]);
  const contentsOf = (files: Files) => repository.read(only(files, paths));
  const contents = { ours: await contentsOf(ours.files), theirs: await contentsOf(theirs.files) };
  const classes = new Map([...known.values(), ...next].map((file) => [file.path, file.class]));
  const branchOf = (side: 'ours' | 'theirs'): Branch => {
    const { lock: before, base } = projects[side];
    const isOther = isOtherStructure(before.answers, lock.answers, options.catalog.axes);
    const classOf = (path: string): FileClass => {
      const known = classes.get(path) ?? 'merge';
      return known === 'seed' && isOther ? 'merge' : known;
    };
    const moves = [...(renumbered[side === 'ours' ? 0 : 1] ?? [])].flatMap(([from, to]) =>
      to === null ? [] : [[to, from] as const],
    );
    return {
      rendered: statesOf(base.values()),
      files: contents[side],
      rules: { classOf, renames: new Map([...renames, ...moves]), version: options.catalog.standard.version },
    };
  };
  const disk = new Map<string, FileState>();
  for (const path of paths) {
    const state = readState(root, path);
    if (state !== undefined) disk.set(path, withMode(state, known.get(path)));
  }
  const outcomes = await joinBranches({
    ours: branchOf('ours'),
    theirs: branchOf('theirs'),
    rendered: statesOf(next),
    left: await contentsOf(await repository.filesOf(merge.left)),
    disk,
    unmerged,
    resolved,
  });
  const isThere = (path: string) => {
    const action = outcomes.get(path)?.action ?? 'none';
    return action === 'none' ? disk.has(path) : action !== 'delete';
  };
  const deleted = next.map(({ path }) => path).filter((path) => !isThere(path));
  return {
    project,
    answers: lock.answers,
    origins: lock.origins,
    rendered,
    files: [...outcomes].flatMap(([path, outcome]) => {
      const before = disk.get(path);
      return outcome.action === 'none' ? [] : [{ path, outcome, ...(before && { before }) }];
    }),
    effects: renumbered.flatMap(effectsOf),
    around: surveyAround(project, ours.lock.answers, rendered, options),
    record: recordChanges(project, { ...lock, deleted }, next, options),
  };
}

/** One of the branches has to be up to date with this create-api: bringing both to other templates would be a second change. */
function refuseOutdated(root: string, { ours, theirs }: Sides<CommittedProject>, options: CreateOptions): void {
  const { standard } = options.catalog;
  const isCurrent = ({ lock, base }: CommittedProject) =>
    lock.standard.integrity === standard.integrity || outdatedFiles({ root, lock, base }, options).length === 0;
  if (isCurrent(ours) || isCurrent(theirs)) return;
  const [one, other] = [ours.lock.standard.version, theirs.lock.standard.version];
  throw new ExpectedError(EXIT.usage, [
    {
      code: 'outdated-project',
      message: `neither branch is up to date with create-api ${standard.version}, which would change other files as well`,
      hint: `npx create-api@${isOlder(one, other) ? other : one} continue`,
    },
  ]);
}

function only<Value>(files: ReadonlyMap<string, Value>, paths: ReadonlySet<string>): ReadonlyMap<string, Value> {
  return new Map([...files].filter(([path]) => paths.has(path)));
}

function statesOf(files: Iterable<BaseFile>): FileMap {
  return new Map([...files].map((file) => [file.path, stateOf(file)]));
}
