import type { Answers } from '../../src/model/answers.ts';

/** The command line that creates a project of exactly these answers, and nothing around it. */
export function argumentsFor(answers: Answers): readonly string[] {
  const list = (ids: readonly string[]) => ids.join(',') || 'none';
  const database = answers.database === null ? [] : ['--database', answers.database];
  return [
    ...[answers.name, '--yes', '--no-git', '--no-install'],
    ...['--framework', answers.framework, '--db-layer', answers.dbLayer, ...database, '--auth', answers.auth],
    ...['--middleware', list(answers.middleware), '--features', list(answers.features)],
  ];
}
