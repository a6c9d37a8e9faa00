import { isOtherStructure, keptPaths, mergeProject } from '../../src/commands/change/merge-project.ts';
import { numberMigrations } from '../../src/commands/change/number-migrations.ts';
import { type RenderedProject, renderProject } from '../../src/commands/change/render-project.ts';
import { loadCreateOptions } from '../../src/commands/create/create-options.ts';
import type { Answers } from '../../src/model/answers.ts';
import { type FileState, stateOf } from '../../src/model/files.ts';
import type { FileConflict } from '../../src/model/merge.ts';
import type { MigrationVersions } from '../../src/model/migrations.ts';
import { type BaseFile, printBase } from '../../src/model/project-record.ts';
import { ALONE } from '../../src/plan/placement.ts';
import { BUILT_PACK } from './projects.ts';

export const options = loadCreateOptions(BUILT_PACK);

/** A project in memory. */
export interface Project {
  readonly answers: Answers;
  readonly migrations: MigrationVersions;
  readonly base: ReadonlyMap<string, BaseFile>;
  readonly files: ReadonlyMap<string, FileState>;
}

/** What was rendered last, by what it was rendered for: a property has many cases of one project. */
const rendered = new Map<string, RenderedProject>();

function renderedFor(
  answers: Answers,
  kept: readonly string[] = [],
  migrations: MigrationVersions = {},
): RenderedProject {
  const key = JSON.stringify([answers, kept, migrations]);
  const project = rendered.get(key) ?? renderProject(answers, { placement: ALONE, migrations }, kept, options);
  if (rendered.size >= 20) rendered.clear();
  rendered.set(key, project);
  return project;
}

/** A project as it is created, with other versions of its migrations if they are given. */
export function created(answers: Answers, migrations: MigrationVersions = {}): Project {
  const { files } = renderedFor(answers, [], migrations);
  const base = files.map(({ path, text, executable, origin }) => ({ path, text, executable, class: origin.class }));
  return {
    answers,
    migrations,
    base: new Map(base.map((file) => [file.path, file])),
    files: new Map(files.map((file) => [file.path, stateOf(file)])),
  };
}

/** The project after a change of its answers, with the conflicts marked in its files, and the conflicts by path. */
export async function changedWithConflicts(
  { answers: before, migrations: versions, base, files }: Project,
  now: Answers,
): Promise<{ readonly project: Project; readonly conflicts: ReadonlyMap<string, FileConflict> }> {
  const { axes } = options.catalog;
  const isOther = isOtherStructure(before, now, axes);
  const kept = isOther ? [] : keptPaths(base);
  const namesIn = (folder: string) =>
    [...files.keys()].flatMap((path) =>
      path.startsWith(folder) ? (path.slice(folder.length).split('/')[0] ?? []) : [],
    );
  const { plan: unnumbered } = renderedFor(now, kept, versions);
  const migrations = numberMigrations({ planned: unnumbered.files, base, versions, isOther, namesIn });
  const theirs = renderedFor(now, kept, migrations);
  const { renames } = theirs.plan;
  const merging = { answers: { before, now }, base, rendered: theirs.files, renames, ours: files };
  const merged = await mergeProject(merging, axes, '0.1.0');
  const after = new Map(files);
  const conflicts = new Map<string, FileConflict>();
  for (const [path, outcome] of merged.outcomes) {
    if (outcome.action === 'delete') after.delete(path);
    else if (outcome.action === 'conflict') {
      conflicts.set(path, outcome);
      after.set(path, outcome.marked);
    } else if (outcome.action !== 'none') after.set(path, outcome.result);
  }
  const project = {
    answers: now,
    migrations,
    base: new Map(merged.base.map((file) => [file.path, file])),
    files: after,
  };
  return { project, conflicts };
}

/** The project after a change of its answers; fails if there are conflicts. */
export async function changed(before: Project, now: Answers): Promise<Project> {
  const { project, conflicts } = await changedWithConflicts(before, now);
  for (const [path, { reason }] of conflicts) throw new Error(`${path} is in conflict: ${reason}`);
  return project;
}

/** Everything that is written to the disk for a project, but for the lock, which has nothing but the answers. */
export function contentOf({ base, files }: Project): Readonly<Record<string, string>> {
  const texts = [...files].map(
    ([path, { bytes, mode }]) => [path, `${mode} ${new TextDecoder().decode(bytes)}`] as const,
  );
  return Object.fromEntries([...texts.sort(([a], [b]) => (a < b ? -1 : 1)), ['base', printBase([...base.values()])]]);
}
