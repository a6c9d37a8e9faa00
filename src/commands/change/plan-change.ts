import type { Answers, Origin, Origins } from '../../model/answers.ts';
import { type FileChange, type FileState, stateOf } from '../../model/files.ts';
import type { FileConflict, Outcome } from '../../model/merge.ts';
import {
  BASE_FILE,
  type BaseFile,
  LOCK_FILE,
  PACKS_FILE,
  type ProjectLock,
  printBase,
  printLock,
  printPacks,
} from '../../model/project-record.ts';
import type { ChangeEffect } from '../../plan/check-history.ts';
import { plan } from '../../plan/plan.ts';
import { readState } from '../../project/file-state.ts';
import { entriesIn, neighboursOf } from '../../project/neighbours.ts';
import type { CreateOptions } from '../create/create-options.ts';
import { pinnedIn } from '../packs/pinned.ts';
import { type AroundProject, surveyAround } from './around-project.ts';
import { isOtherStructure, keptPaths, mergeProject } from './merge-project.ts';
import { numberMigrations } from './number-migrations.ts';
import type { Project } from './open-project.ts';
import { type RenderedProject, renderProject } from './render-project.ts';

/** A file of a project and what becomes of it. */
export interface ChangedFile {
  readonly path: string;
  readonly outcome: Outcome;
  readonly before?: FileState;
}

/** What a change of the answers, or of the templates, does to a project. */
export interface PlannedChange {
  readonly project: Project;
  readonly answers: Answers;
  /** Where each of them came from. */
  readonly origins: Origins;
  readonly rendered: RenderedProject;
  /** The files that change, are in conflict, or deserve a notice, by path; then those of the owner's that deserve one. */
  readonly files: readonly ChangedFile[];
  /** The changes of the record. */
  readonly record: readonly FileChange[];
  readonly around: AroundProject | null;
}

/** A change, and what it does besides, as to rows of tables. */
export type DecidedChange = PlannedChange & { readonly effects: readonly ChangeEffect[] };

const LEFT = 'It stays, because a database may have it: migrate its tables away when you no longer need them.';

/**
 * Merges what is rendered for `answers` into the files of the project; those that changed come from `by`. Reads them, and writes
 * nothing.
 */
export async function planChange(
  project: Project,
  answers: Answers,
  options: CreateOptions,
  by: Origin = 'flag',
): Promise<PlannedChange> {
  const { root, lock, base } = project;
  const { axes, standard } = options.catalog;
  const isOther = isOtherStructure(lock.answers, answers, axes);
  const kept = isOther ? [] : keptPaths(base);
  const unnumbered = renderProject(answers, lock, kept, options);
  const namesIn = (folder: string) => entriesIn(root, folder);
  const changed = { planned: unnumbered.plan.files, base, versions: lock.migrations, isOther, namesIn };
  const migrations = numberMigrations(changed);
  const rendered =
    migrations === lock.migrations ? unnumbered : renderProject(answers, { ...lock, migrations }, kept, options);
  const paths = new Set([...base.keys(), ...rendered.files.map(({ path }) => path)]);
  const ours = new Map<string, FileState>();
  for (const path of paths) {
    const state = readState(root, path);
    if (state !== undefined) ours.set(path, withMode(state, base.get(path)));
  }
  const { renames } = rendered.plan;
  const versions = { answers: { before: lock.answers, now: answers }, base, rendered: rendered.files, renames, ours };
  const merged = await mergeProject(versions, axes, standard.version);
  const { placement } = lock;
  const origins = originsOf(answers, lock, by, options);
  const packs = options.packs.map((pack) => pinnedIn(root, pack));
  const isRendered = new Set(rendered.plan.files.map(({ path }) => path));
  const earlier = new Set(renames.values());
  const unrendered = kept.filter((path) => ours.has(path) && !isRendered.has(path) && !earlier.has(path));
  const brought =
    unrendered.length === 0 ? [] : plan(lock.answers, options.catalog, placement, [], lock.migrations).files;
  const isLeft = new Set(brought.map(({ path }) => path).filter((path) => unrendered.includes(path)));
  const ownersFiles = dependentFiles(project, answers, merged.outcomes, options);
  return {
    project,
    answers,
    origins,
    rendered,
    files: [...merged.outcomes, ...ownersFiles].flatMap(([path, outcome]) => {
      if (isLeft.has(path)) return [{ path, outcome: { action: 'none', notice: LEFT } }];
      const isKnown = outcome.action === 'none' && (outcome.notice === undefined || lock.deleted.includes(path));
      const before = ours.get(path);
      return isKnown ? [] : [{ path, outcome, ...(before && { before }) }];
    }),
    around: surveyAround(project, lock.answers, rendered, options),
    record: recordChanges(
      project,
      {
        ...lock,
        standard,
        packs,
        answers,
        origins,
        migrations,
        policies: options.enforced.policies,
        deleted: merged.deleted,
      },
      merged.base,
      options,
    ),
  };
}

/**
 * With another framework, layer or database, files of the owner's beside those that change for it: nothing is known of what is in
 * them, and it may no longer fit.
 */
function dependentFiles(
  { root, lock, base }: Project,
  answers: Answers,
  outcomes: ReadonlyMap<string, Outcome>,
  { catalog }: CreateOptions,
): ReadonlyMap<string, Outcome> {
  const left = catalog.axes.flatMap(({ id, structural }) => {
    if (!structural || lock.answers[id] === answers[id]) return [];
    return catalog.parts[id].filter((part) => part.id === lock.answers[id]).map(({ label }) => label);
  });
  if (left.length === 0) return new Map();
  const notice = `It is yours: nothing in it was changed, and it may depend on ${left.join(' and ')}.`;
  // Not at the root, nor beside what tools generate.
  const changed = [...outcomes].flatMap(([path, { action }]) =>
    action !== 'none' && path.includes('/') && !path.startsWith('.') ? [path] : [],
  );
  const isKnown = (path: string) => outcomes.has(path) || base.has(path);
  const own = neighboursOf(root, changed).filter((path) => !isKnown(path));
  return new Map(own.map((path) => [path, { action: 'none', notice }]));
}

/** Gives a file the mode that it was rendered with on Windows, which has no executable ones. */
export function withMode(
  state: FileState,
  rendered: BaseFile | undefined,
  platform: NodeJS.Platform = process.platform,
): FileState {
  if (platform !== 'win32' || rendered === undefined || state.mode === 'link') return state;
  return { ...state, mode: stateOf(rendered).mode };
}

/** What changed comes from `by`, except that an axis which was ruled out starts with its default, and ends with none. */
function originsOf(
  answers: Answers,
  { answers: before, origins }: ProjectLock,
  by: Origin,
  { catalog }: CreateOptions,
): Origins {
  const keys = [...catalog.axes.map(({ id }) => id), 'resources'] as const;
  const changed = keys.filter((key) => JSON.stringify(answers[key]) !== JSON.stringify(before[key]));
  const now = changed.map((key): [string, Origin] => [
    key,
    before[key] === null || answers[key] === null ? 'default' : by,
  ]);
  return { ...origins, ...Object.fromEntries(now) };
}

/** The changes of the record of a project that is to have this lock and base. */
export function recordChanges(
  { root }: Pick<Project, 'root'>,
  lock: ProjectLock,
  base: readonly BaseFile[],
  { catalog, packs }: CreateOptions,
): readonly FileChange[] {
  const next = {
    [LOCK_FILE]: printLock(lock, catalog.axes),
    [BASE_FILE]: printBase(base),
    [PACKS_FILE]: packs.length === 0 ? null : printPacks(packs),
  };
  return Object.entries(next).flatMap(([path, text]): readonly FileChange[] => {
    const before = readState(root, path);
    const now = before === undefined ? null : new TextDecoder('utf-8', { ignoreBOM: true }).decode(before.bytes);
    if (now === text) return [];
    const after = text === null ? {} : { after: stateOf({ text, executable: false }) };
    return [{ path, ...(before && { before }), ...after }];
  });
}

/** A file that a person has to decide about. */
export type ConflictingFile = ChangedFile & { readonly outcome: FileConflict };

export function conflictsOf(files: readonly ChangedFile[]): readonly ConflictingFile[] {
  return files.filter((file): file is ConflictingFile => file.outcome.action === 'conflict');
}

/** The changes of a project's files, with the conflicts marked in them. */
export function fileChanges({ files }: Pick<PlannedChange, 'files'>): readonly FileChange[] {
  return files.flatMap(({ path, outcome, before }): readonly FileChange[] => {
    const after = stateAfter(outcome);
    if (outcome.action === 'none') return [];
    return [{ path, ...(before && { before }), ...(after && { after }) }];
  });
}

/** The changes of the files of a project and of its record. */
export function allChanges({ files, record }: Pick<PlannedChange, 'files' | 'record'>): readonly FileChange[] {
  return [...fileChanges({ files }), ...record];
}

function stateAfter(outcome: Outcome): FileState | undefined {
  if (outcome.action === 'conflict') return outcome.marked;
  return outcome.action === 'none' || outcome.action === 'delete' ? undefined : outcome.result;
}
