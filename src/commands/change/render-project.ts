import type { Answers } from '../../model/answers.ts';
import type { FileSet } from '../../model/files.ts';
import type { Placement, Plan } from '../../model/plan.ts';
import { plan } from '../../plan/plan.ts';
import { contextsFor, render, renderRepositoryFiles } from '../../render/render.ts';
import type { CreateOptions } from '../create/create-options.ts';
import { withManagedFiles } from '../policy/enforce.ts';

/** What create-api renders for answers. */
export interface RenderedProject {
  readonly plan: Plan;
  /** Sorted by path. */
  readonly files: FileSet;
  /** Files for the root of the repository around the project. */
  readonly repositoryFiles: FileSet;
}

/** Plans and renders a project, which keeps the files at the paths `kept`, whatever is chosen. */
export function renderProject(
  answers: Answers,
  placement: Placement,
  kept: readonly string[],
  options: CreateOptions,
): RenderedProject {
  const planned = plan(answers, options.catalog, placement, kept);
  const templates = options.templatesOf(planned);
  const contexts = contextsFor(planned, templates);
  return {
    plan: planned,
    files: withManagedFiles(render(planned, templates, contexts), answers, options),
    repositoryFiles: renderRepositoryFiles(planned, templates, contexts),
  };
}
