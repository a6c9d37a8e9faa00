import { readBase, readLock } from '../../catalog/read-record.ts';
import type { Answers } from '../../model/answers.ts';
import { EXIT, ExpectedError, type Problem } from '../../model/errors.ts';
import { BASE_FILE, type BaseFile, LOCK_FILE, type ProjectLock } from '../../model/project-record.ts';
import { checkDescription } from '../../options/description.ts';
import { problemsOfHistory } from '../../plan/check-history.ts';
import { readRecordFile } from '../../project/record-files.ts';
import type { CreateOptions } from '../create/create-options.ts';
import { policyAxes } from '../policy/policy-axes.ts';

/** A project that create-api rendered. */
export interface Project {
  /** Absolute. */
  readonly root: string;
  readonly lock: ProjectLock;
  /** Its files as they were rendered, by path. */
  readonly base: ReadonlyMap<string, BaseFile>;
}

/**
 * Reads the record of the project in `root`. Throws an `ExpectedError`: if a newer create-api wrote it, or (exit code `integrity`)
 * with everything that is wrong in it.
 */
export function openProject(root: string, options: CreateOptions): Project {
  const { axes, standard } = options.catalog;
  // First: a newer create-api may keep the base in another way.
  const lock = readLock(readRecordFile(root, LOCK_FILE), axes, standard.version, policyAxes(options.axes));
  const problems = problemsOfAnswers(lock.answers, options).map((problem) => ({
    ...problem,
    message: `${LOCK_FILE}: ${problem.message}`,
  }));
  if (problems.length > 0) throw new ExpectedError(EXIT.integrity, problems);
  return { root, lock, base: readBase(readRecordFile(root, BASE_FILE)) };
}

/** Everything that is wrong with answers that were not read from flags. */
export function problemsOfAnswers(answers: Answers, { axes, rules, catalog }: CreateOptions): readonly Problem[] {
  const unknown = axes.flatMap((option) => {
    const ids = option.choices.map(({ id }) => id);
    const given = [answers[option.key] ?? []].flat();
    const message = (id: string) => `answers.${option.key} has no choice ${JSON.stringify(id)}`;
    return given
      .filter((id) => !ids.includes(id))
      .map((id): Problem => ({ code: 'unknown-value', message: message(id), allowed: ids.join(', ') }));
  });
  const ofTexts = [rules.checkName(answers.name), checkDescription(answers.description)].filter(
    (each) => each !== null,
  );
  // Rules about combinations are about choices that exist.
  if (unknown.length > 0) return [...ofTexts, ...unknown];
  const missing = axes.filter(({ key }) => answers[key] === null && rules.isApplicable(answers, key));
  return [
    ...ofTexts,
    ...missing.map(({ key }) => ({
      code: 'invalid-value',
      message: `answers.${key} is null, but there has to be a choice`,
    })),
    ...rules.problemsOf(answers),
    ...problemsOfHistory(answers.resources, answers, catalog),
  ];
}
