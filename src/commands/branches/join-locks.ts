import type { Answers } from '../../model/answers.ts';
import { EXIT, ExpectedError, type Problem } from '../../model/errors.ts';
import type { ProjectLock } from '../../model/project-record.ts';
import { decide, joinAnswers, type Sides } from '../../options/join-answers.ts';
import type { GitMerge } from '../../post/git-merge.ts';
import { problemsOfAnswers } from '../change/open-project.ts';
import type { CreateOptions } from '../create/create-options.ts';
import { pinnedIn } from '../packs/pinned.ts';
import type { CommittedProject } from './read-branches.ts';

/** The lock of both branches together. Throws an `ExpectedError` if a person has to decide what is in it. */
export function joinLocks(
  root: string,
  { base, ours, theirs }: Sides<CommittedProject>,
  { isPublished }: GitMerge,
  options: CreateOptions,
): ProjectLock {
  const of = <Key extends keyof ProjectLock>(key: Key): Sides<ProjectLock[Key]> => ({
    base: base.lock[key],
    ours: ours.lock[key],
    theirs: theirs.lock[key],
  });
  // What is on the default branch may have been released: its migrations keep their versions.
  const { answers, problems } = joinAnswers(of('answers'), isPublished ? 'theirs' : 'ours', options.axes);
  const found = problems.length > 0 ? problems : problemsOfAnswers(answers, options).map(together);
  if (found.length > 0) throw new ExpectedError(EXIT.conflict, found);
  const origins = Object.keys({ ...ours.lock.origins, ...theirs.lock.origins }).map((key) => {
    const value = (each: CommittedProject) => each.lock.origins[key as keyof Answers];
    return [
      key,
      (decide({ base: value(base), ours: value(ours), theirs: value(theirs) }) ?? { value: value(ours) }).value,
    ];
  });
  return {
    standard: options.catalog.standard,
    packs: options.packs.map((pack) => pinnedIn(root, pack)),
    answers,
    origins: Object.fromEntries(origins),
    presets: joinSources(of('presets')),
    policies: joinSources(of('policies')),
    placement: (decide(of('placement')) ?? { value: ours.lock.placement }).value,
    migrations: {},
    deleted: [],
  };
}

function together(problem: Problem): Problem {
  return { ...problem, message: `what both branches want does not fit together: ${problem.message}` };
}

/** Presets or policies of both branches: those that either added, and for each source what one of them made of it. */
function joinSources<Each extends { readonly source: string }>(sides: Sides<readonly Each[]>): readonly Each[] {
  const all = new Set([...sides.ours, ...sides.theirs].map(({ source }) => source));
  return [...all].flatMap((source) => {
    const find = (list: readonly Each[]) => list.find((each) => each.source === source);
    const found = { base: find(sides.base), ours: find(sides.ours), theirs: find(sides.theirs) };
    return (decide(found) ?? { value: found.ours }).value ?? [];
  });
}
