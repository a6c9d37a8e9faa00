import { join, sep } from 'node:path';
import type { Answers } from '../../model/answers.ts';
import { type RepositoryFile, surveyRepositoryFiles } from '../../project/repository-files.ts';
import type { CreateOptions } from '../create/create-options.ts';
import type { Project } from './open-project.ts';
import { type RenderedProject, renderProject } from './render-project.ts';

/** What a change means for the root of the repository around a project, whose files are not part of its record. */
export interface AroundProject {
  readonly root: string;
  /** New files, which are written unless there is something in their place. */
  readonly files: readonly RepositoryFile[];
  /** Paths of files that nothing needs any more; they stay. */
  readonly unneeded: readonly string[];
}

/** Finds out what a change means for the repository around a project; `null` for one at the root, or that was moved. */
export function surveyAround(
  { root, lock }: Project,
  before: Answers,
  { repositoryFiles }: RenderedProject,
  options: CreateOptions,
): AroundProject | null {
  const { inRepository } = lock.placement;
  const ending = sep + inRepository.split('/').join(sep);
  if (inRepository === '' || !root.endsWith(ending)) return null;
  const repository = root.slice(0, -ending.length);
  const earlier = renderProject(before, lock, [], options).repositoryFiles;
  const isNew = (file: { readonly path: string; readonly text: string }) =>
    !earlier.some(({ path, text }) => path === file.path && text === file.text);
  const unneeded = earlier
    .map(({ path }) => path)
    .filter((path) => repositoryFiles.every((file) => file.path !== path));
  const files = surveyRepositoryFiles(repository, repositoryFiles.filter(isNew));
  return { root: repository, files, unneeded: unneeded.map((path) => join(repository, path)) };
}
