import type { Answers } from '../../src/model/answers.ts';
import { printResource } from '../../src/model/resource-syntax.ts';

/** The arguments that create a project with exactly these answers, and run no steps after that. */
export function argumentsFor(answers: Answers): readonly string[] {
  const list = (ids: readonly string[]) => ids.join(',') || 'none';
  const database = answers.database === null ? [] : ['--database', answers.database];
  return [
    ...[answers.name, '--yes', '--no-git', '--no-install'],
    ...['--framework', answers.framework, '--db-layer', answers.dbLayer, ...database, '--auth', answers.auth],
    ...['--middleware', list(answers.middleware), '--features', list(answers.features)],
    ...answers.resources.flatMap((resource) => ['--resource', printResource(resource)]),
  ];
}
