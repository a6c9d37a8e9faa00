import { type Branch, joinBranches } from '../../merge/join-branches.ts';
import type { Answers } from '../../model/answers.ts';
import { EXIT, ExpectedError, type Problem } from '../../model/errors.ts';
import { type FileClass, type FileState, stateOf } from '../../model/files.ts';
import type { FileMap } from '../../model/merge.ts';
import { type MigrationVersions, migrationOf } from '../../model/migrations.ts';
import type { Plan } from '../../model/plan.ts';
import type { BaseFile, ProjectLock } from '../../model/project-record.ts';
import { printResource } from '../../model/resource-syntax.ts';
import { isOlder } from '../../model/version.ts';
import { decide, joinAnswers, type Sides } from '../../options/join-answers.ts';
import type { ChangeEffect } from '../../plan/check-history.ts';
import { plan } from '../../plan/plan.ts';
import type { Files, GitIndex, GitMerge, Repository } from '../../post/git-merge.ts';
import { readState } from '../../project/file-state.ts';
import { entriesIn } from '../../project/neighbours.ts';
import { surveyAround } from '../change/around-project.ts';
import { isOtherStructure, keptPaths, movesOf, nextBase } from '../change/merge-project.ts';
import { numberMigrations } from '../change/number-migrations.ts';
import { type Project, problemsOfAnswers } from '../change/open-project.ts';
import { type DecidedChange, recordChanges, withMode } from '../change/plan-change.ts';
import { renderProject } from '../change/render-project.ts';
import { outdatedFiles } from '../change/up-to-date.ts';
import type { Context } from '../context.ts';
import type { CreateOptions } from '../create/create-options.ts';
import { pinnedIn } from '../packs/pinned.ts';
import { enforceFor } from '../policy/enforce.ts';
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

/** The lock of both branches together. Throws an `ExpectedError` if a person has to decide what is in it. */
function joinLocks(
  root: string,
  { base, ours, theirs }: Sides<CommittedProject>,
  { isPublished }: GitMerge,
  options: CreateOptions,
): ProjectLock {
  const of = <Key extends keyof ProjectLock>(key: Key): Sides<ProjectLock[Key]> => ({
    base: base.lock[key],
    ours: ours.lock[key],
    theirs: theirs.lock[key],
  });
  // What is on the default branch may have been released: its migrations keep their versions.
  const { answers, problems } = joinAnswers(of('answers'), isPublished ? 'theirs' : 'ours', options.axes);
  const found = problems.length > 0 ? problems : problemsOfAnswers(answers, options).map(together);
  if (found.length > 0) throw new ExpectedError(EXIT.conflict, found);
  const origins = Object.keys({ ...ours.lock.origins, ...theirs.lock.origins }).map((key) => {
    const value = (each: CommittedProject) => each.lock.origins[key as keyof Answers];
    return [
      key,
      (decide({ base: value(base), ours: value(ours), theirs: value(theirs) }) ?? { value: value(ours) }).value,
    ];
  });
  return {
    standard: options.catalog.standard,
    packs: options.packs.map((pack) => pinnedIn(root, pack)),
    answers,
    origins: Object.fromEntries(origins),
    presets: joinSources(of('presets')),
    policies: joinSources(of('policies')),
    placement: (decide(of('placement')) ?? { value: ours.lock.placement }).value,
    migrations: {},
    deleted: [],
  };
}

function together(problem: Problem): Problem {
  return { ...problem, message: `what both branches want does not fit together: ${problem.message}` };
}

/** Presets or policies of both branches: those that either added, and for each source what one of them made of it. */
function joinSources<Each extends { readonly source: string }>(sides: Sides<readonly Each[]>): readonly Each[] {
  const all = new Set([...sides.ours, ...sides.theirs].map(({ source }) => source));
  return [...all].flatMap((source) => {
    const find = (list: readonly Each[]) => list.find((each) => each.source === source);
    const found = { base: find(sides.base), ours: find(sides.ours), theirs: find(sides.theirs) };
    return (decide(found) ?? { value: found.ours }).value ?? [];
  });
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

function planOf({ answers, placement, migrations }: ProjectLock, { catalog }: CreateOptions): Plan {
  return plan(answers, catalog, placement, [], migrations);
}

/**
 * The versions of the migrations of both branches: those that they have in the first one, then in the second one, unless they are taken or
 * come too early; then the next one.
 */
function versionsOf(
  root: string,
  joined: ProjectLock,
  base: ReadonlyMap<string, BaseFile>,
  [first, second]: readonly [CommittedProject, CommittedProject],
  options: CreateOptions,
): MigrationVersions {
  const defaults = migrationsIn(planOf(joined, options));
  const versions: Record<string, string> = { ...first.lock.migrations };
  const applied = [...migrationsIn(planOf(first.lock, options)).values()].map(versionIn);
  const numbered = Object.values(second.lock.migrations);
  for (const [key, path] of migrationsIn(planOf(second.lock, options))) {
    const [version, usual] = [versionIn(path), versionIn(defaults.get(key) ?? '')];
    if (!numbered.includes(version) || usual in versions || applied.some((other) => other >= version)) continue;
    versions[usual] = version;
  }
  return numberMigrations({
    planned: planOf({ ...joined, migrations: versions }, options).files,
    base,
    versions,
    isOther: isOtherStructure(first.lock.answers, joined.answers, options.catalog.axes),
    namesIn: (folder) => entriesIn(root, folder),
  });
}

function versionIn(path: string): string {
  return migrationOf(path)?.version ?? '';
}

/**
 * The migrations that have another version now, because the other branch has one of that version: their paths now by those before;
 * `null` for one that another one takes the place of.
 */
function renumberedFiles(before: Plan, now: Plan): ReadonlyMap<string, string | null> {
  const paths = migrationsIn(now);
  return new Map(
    [...migrationsIn(before)].flatMap(([key, path]) => {
      const to = paths.get(key) ?? null;
      return to === path ? [] : [[path, to] as const];
    }),
  );
}

/** What it means that migrations have another version now, whatever files each of them has. */
function effectsOf(renumbered: ReadonlyMap<string, string | null>): readonly ChangeEffect[] {
  const texts = [...renumbered].flatMap(([from, to]) => {
    const [before, now] = [migrationOf(from), migrationOf(to ?? '')];
    if (before === null || now === null || before.version === now.version) return [];
    return `renames ${before.entry} to ${now.entry}: recreate development databases that have run it`;
  });
  return [...new Set(texts)].map((text) => ({ text, losesData: false }));
}

/** The paths of the migrations in a plan, by what is theirs, whatever their version is. */
function migrationsIn({ files, steps }: Plan): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  for (const { path, template, step, class: fileClass } of files) {
    if (fileClass !== 'seed' || migrationOf(path) === null) continue;
    const entry = step === null ? undefined : steps[step];
    let key = `${template} ${entry === undefined ? '' : printResource(entry.resource)}`;
    while (paths.has(key)) key += '+';
    paths.set(key, path);
  }
  return paths;
}

function only<Value>(files: ReadonlyMap<string, Value>, paths: ReadonlySet<string>): ReadonlyMap<string, Value> {
  return new Map([...files].filter(([path]) => paths.has(path)));
}

function statesOf(files: Iterable<BaseFile>): FileMap {
  return new Map([...files].map((file) => [file.path, stateOf(file)]));
}
