import type { Answers } from '../../model/answers.ts';
import { EXIT, ExpectedError } from '../../model/errors.ts';
import type { FileSet } from '../../model/files.ts';
import type { Plan } from '../../model/plan.ts';
import type { ProjectLock } from '../../model/project-record.ts';
import { plan } from '../../plan/plan.ts';
import type { HistoryContexts, ImpossibleChange } from '../../render/history.ts';
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
  readonly guarded: HistoryContexts['guarded'];
}

/** Plans and renders a project for answers. Whatever is chosen, it has its place and its versions, and keeps the files at the paths `kept`. */
export function renderProject(
  answers: Answers,
  { placement, migrations }: Pick<ProjectLock, 'placement' | 'migrations'>,
  kept: readonly string[],
  options: CreateOptions,
): RenderedProject {
  const planned = plan(answers, options.catalog, placement, kept, migrations);
  const templates = options.templatesOf(planned);
  const contexts = contextsFor(planned, templates);
  refuseImpossible(planned, contexts.impossible, options);
  return {
    plan: planned,
    files: withManagedFiles(render(planned, templates, contexts), answers, options),
    repositoryFiles: renderRepositoryFiles(planned, templates, contexts),
    guarded: contexts.guarded,
  };
}

/** What is impossible, in words, by its key; other changes of a column are always possible. */
const IN_WORDS: Readonly<Record<string, string>> = {
  drop_column: 'drop',
  drop_unique: 'make other than unique',
  set_null: 'make optional',
  set_values: 'give other values',
};

/** Throws an `ExpectedError` if resources were changed as the chosen parts cannot change them. */
function refuseImpossible(
  planned: Plan,
  impossible: readonly ImpossibleChange[],
  { catalog }: Pick<CreateOptions, 'catalog'>,
): void {
  if (impossible.length === 0) return;
  const isStructural = (axis: string) => catalog.axes.some(({ id, structural }) => id === axis && structural);
  const labels = planned.parts.filter(({ axis }) => isStructural(axis)).map(({ label }) => label);
  throw new ExpectedError(
    EXIT.usage,
    impossible.map(({ key, field, plural }) => ({
      code: 'unsafe-change',
      message: `the table ${plural} was created with ${field.name}, which ${labels.join(' × ')} cannot ${IN_WORDS[key] ?? key}`,
      hint: 'leave it as it is, and add an optional field beside it; or change the table in a migration of your own',
    })),
  );
}
