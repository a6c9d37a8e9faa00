import { EXIT, ExpectedError } from '../../model/errors.ts';
import type { BaseFile } from '../../model/project-record.ts';
import type { CreateOptions } from '../create/create-options.ts';
import { keptPaths } from './merge-project.ts';
import type { Project } from './open-project.ts';
import { renderProject } from './render-project.ts';

/** The files of a project that this create-api renders differently for the same answers, or not at all, sorted; migrations stay as they are. */
export function outdatedFiles({ base, lock }: Project, options: CreateOptions): readonly string[] {
  const { files } = renderProject(lock.answers, lock, keptPaths(base), options);
  const rendered = new Map(files.map((file) => [file.path, file]));
  const isNew = [...rendered.keys()].filter((path) => !base.has(path));
  const isOther = [...base.values()].filter((file) => file.class !== 'seed' && !isSame(file, rendered.get(file.path)));
  return [...isNew, ...isOther.map(({ path }) => path)].sort();
}

function isSame(a: BaseFile, b: Pick<BaseFile, 'text' | 'executable'> | undefined): boolean {
  return b !== undefined && a.text === b.text && a.executable === b.executable;
}

/** Whether the templates have changed since the project was rendered, and with them what they make of its answers. */
export function isOutdated(project: Project, options: CreateOptions): boolean {
  return (
    project.lock.standard.integrity !== options.catalog.standard.integrity && outdatedFiles(project, options).length > 0
  );
}

/** Throws an `ExpectedError` if the templates have changed since the project was rendered: one command makes one change. */
export function refuseOutdated(project: Project, options: CreateOptions): void {
  const { standard } = project.lock;
  const own = options.catalog.standard;
  if (standard.integrity === own.integrity) return;
  const paths = outdatedFiles(project, options);
  if (paths.length === 0) return;
  const other = standard.version === own.version ? '' : `, or use npx create-api@${standard.version}`;
  throw new ExpectedError(EXIT.usage, [
    {
      code: 'outdated-project',
      message: `the project is not up to date with create-api ${own.version}, which would change other files as well`,
      paths,
      hint: `first create-api update${other}`,
    },
  ]);
}
