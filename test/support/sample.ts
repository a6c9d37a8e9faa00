import { execFileSync } from 'node:child_process';
import path from 'node:path';
import type { Answers } from '../../src/model/answers.ts';
import { templateKeys } from '../../src/model/plan.ts';
import { plan } from '../../src/plan/plan.ts';
import { catalog } from './projects.ts';

/** A project that may be built, under whatever else describes it. */
interface Candidate {
  readonly answers: Answers;
}

/** How many commits it takes until each project has been built. */
export const TURNS = 30;

/** Where BUILD_SAMPLE is set, as .ci/run does, the projects that this commit builds; otherwise all of them. */
export function sampled<T extends Candidate>(projects: readonly T[]): readonly T[] {
  if (process.env['BUILD_SAMPLE'] === undefined) return projects;
  const changed = templatesChangedSinceFullProof();
  const isAffected = ({ answers }: T) => changed === 'all' || templatesOf(answers).some((file) => changed.has(file));
  return sampleOf(projects, Number(git('rev-list', '--count', 'HEAD')), isAffected);
}

/** Where BUILD_SAMPLE is set, one of the projects, the next one for each commit; otherwise all of them. */
export function oneInTurn<T>(projects: readonly T[]): readonly T[] {
  if (process.env['BUILD_SAMPLE'] === undefined) return projects;
  const turn = Number(git('rev-list', '--count', 'HEAD'));
  return projects.filter((_, index) => index === turn % projects.length);
}

/**
 * A thirtieth of all projects, a different one each turn; and of those that a change can affect, few that show, together
 * with that thirtieth, every choice that any of them shows.
 */
export function sampleOf<T extends Candidate>(
  projects: readonly T[],
  turn: number,
  isAffected: (project: T) => boolean,
): readonly T[] {
  const ofTurn = projects.filter((_, index) => index % TURNS === turn % TURNS);
  const chosen = new Set([...ofTurn, ...covering(projects.filter(isAffected), ofTurn.filter(isAffected))]);
  return projects.filter((project) => chosen.has(project));
}

/** Projects that show, with `others`, every choice of any of them, each the one that adds most to those before it. */
function covering<T extends Candidate>(projects: readonly T[], others: readonly T[]): readonly T[] {
  const chosen: T[] = [];
  const missing = new Set(projects.flatMap(choicesOf));
  for (const choice of others.flatMap(choicesOf)) missing.delete(choice);
  const gain = (project: T) => choicesOf(project).filter((choice) => missing.has(choice)).length;
  while (missing.size > 0) {
    const best = projects.reduce((best, candidate) => (gain(candidate) > gain(best) ? candidate : best));
    chosen.push(best);
    for (const choice of choicesOf(best)) missing.delete(choice);
  }
  return chosen;
}

function choicesOf({ answers }: Candidate): readonly string[] {
  const { framework, dbLayer, database, auth, middleware, features } = answers;
  return [framework, dbLayer, database ?? '', auth, ...middleware, ...features];
}

/** Every template that a project is rendered from, as paths from the root of the repository. */
function templatesOf(answers: Answers): readonly string[] {
  return templateKeys(plan(answers, catalog)).map((key) => `templates/${key}`);
}

/** Does not reach a project: documents, measurements, and tests that build nothing. */
const HARMLESS = /\.md$|^(?:bench|docs|test\/(?:cli|crash|golden|matrix|suite|tools|unit))\//;
const TEMPLATE = /^templates\/.*\/(?:(?:resource-)?(?:files|slots)\/|types\.json$)/;

/**
 * The templates that have changed since docs/matrix.md was last written, which is after a proof of every project; `all`
 * where something else has changed, or the history does not reach back that far.
 */
function templatesChangedSinceFullProof(): ReadonlySet<string> | 'all' {
  if (git('rev-parse', '--is-shallow-repository') === 'true') return 'all';
  const proven = git('log', '-1', '--format=%H', '--', 'docs/matrix.md');
  const changed = git('diff', '--name-only', proven, 'HEAD')
    .split('\n')
    .filter((file) => !HARMLESS.test(file));
  return changed.every((file) => file === '' || TEMPLATE.test(file)) ? new Set(changed) : 'all';
}

function git(...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: path.join(import.meta.dirname, '../..'), encoding: 'utf8' }).trim();
}
