import { isOtherStructure, keptPaths, mergeProject } from '../../src/commands/change/merge-project.ts';
import { type RenderedProject, renderProject } from '../../src/commands/change/render-project.ts';
import { loadCreateOptions } from '../../src/commands/create/create-options.ts';
import type { Answers } from '../../src/model/answers.ts';
import { type FileState, stateOf } from '../../src/model/files.ts';
import type { FileConflict } from '../../src/model/merge.ts';
import { type BaseFile, printBase } from '../../src/model/project-record.ts';
import { ALONE } from '../../src/plan/placement.ts';
import { BUILT_PACK } from './projects.ts';

export const options = loadCreateOptions(BUILT_PACK);

/** A project in memory. */
export interface Project {
  readonly answers: Answers;
  readonly base: ReadonlyMap<string, BaseFile>;
  readonly files: ReadonlyMap<string, FileState>;
}

/** What was rendered last, by what it was rendered for: a property has many cases of one project. */
const rendered = new Map<string, RenderedProject>();

function renderedFor(answers: Answers, kept: readonly string[] = []): RenderedProject {
  const key = JSON.stringify([answers, kept]);
  const project = rendered.get(key) ?? renderProject(answers, ALONE, kept, options);
  if (rendered.size >= 20) rendered.clear();
  rendered.set(key, project);
  return project;
}

/** A project as it is created. */
export function created(answers: Answers): Project {
  const { files } = renderedFor(answers);
  const base = files.map(({ path, text, executable, origin }) => ({ path, text, executable, class: origin.class }));
  return {
    answers,
    base: new Map(base.map((file) => [file.path, file])),
    files: new Map(files.map((file) => [file.path, stateOf(file)])),
  };
}

/** The project after a change of its answers, with the conflicts marked in its files, and the conflicts by path. */
export async function changedWithConflicts(
  { answers: before, base, files }: Project,
  now: Answers,
): Promise<{ readonly project: Project; readonly conflicts: ReadonlyMap<string, FileConflict> }> {
  const { axes } = options.catalog;
  const kept = isOtherStructure(before, now, axes) ? [] : keptPaths(base);
  const theirs = renderedFor(now, kept);
  const { renames } = theirs.plan;
  const versions = { answers: { before, now }, base, rendered: theirs.files, renames, ours: files };
  const merged = await mergeProject(versions, axes, '0.1.0');
  const after = new Map(files);
  const conflicts = new Map<string, FileConflict>();
  for (const [path, outcome] of merged.outcomes) {
    if (outcome.action === 'delete') after.delete(path);
    else if (outcome.action === 'conflict') {
      conflicts.set(path, outcome);
      after.set(path, outcome.marked);
    } else if (outcome.action !== 'none') after.set(path, outcome.result);
  }
  const project = { answers: now, base: new Map(merged.base.map((file) => [file.path, file])), files: after };
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
