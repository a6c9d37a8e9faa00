import type { Answers } from '../model/answers.ts';
import type { AxisId, Choices, Combination } from '../model/axes.ts';
import { type Catalog, type Part, partOf, partsIn } from '../model/catalog.ts';
import { PackError, type PackProblem } from '../model/errors.ts';
import type { Placement, Plan } from '../model/plan.ts';
import { KINDS, type Resource } from '../model/resource.ts';
import type { PackReads } from '../model/templates.ts';
import { clashingPaths, problemsOfProject } from './check-project.ts';
import { UseOfPack } from './check-unused.ts';
import { incompatibilityReason, supportedCombinations } from './compatibility.ts';
import { placeFiles } from './placement.ts';
import { plan } from './plan.ts';
import { CHANGED_SPECIMEN, specimenWith } from './specimen.ts';

/** A project to check, and what it is made of in words. */
interface Project {
  readonly answers: Answers;
  readonly words: string;
  /** Whether it is also checked in other places. */
  readonly isPlaced?: boolean;
}

/** A part of an axis with several choices. */
type Extra = Part & { readonly axis: AxisId };

/** Checks a plan with which nothing else is wrong. */
type PlanCheck = (plan: Plan) => readonly PackProblem[];

/** What is checked of a catalog: all of it, unless it says which extras are looked at alone, and whose templates have to be used. */
export interface Scope {
  isWanted(extra: Pick<Part, 'id' | 'folder'>): boolean;
  isOwn(file: string): boolean;
}

const EVERYTHING: Scope = { isWanted: () => true, isOwn: () => true };

/**
 * Plans every supported combination without extras and with each alone, then with all of them and with all but each; without
 * and with all of them, also with a resource that has every kind of field, and without extras with one that has no modifiers.
 * Returns what is wrong, each problem once, with the first project that has it. An extra that something is wrong with is left
 * out of the larger projects. Plans with nothing wrong are passed to `problemsOfRendering`; those with all extras also in other places.
 */
export function problemsOfPlans(
  catalog: Catalog,
  reads: PackReads,
  problemsOfRendering: PlanCheck,
  scope: Scope = EVERYTHING,
): readonly PackProblem[] {
  const found = new Map<string, PackProblem>();
  const use = new UseOfPack();
  const check = (project: Project): void => {
    const { words } = project;
    for (const problem of problemsOfPlan(project, catalog, reads, use, problemsOfRendering)) {
      const id = `${problem.code} ${problem.file} ${problem.key ?? problem.message}`;
      if (!found.has(id)) found.set(id, { ...problem, message: `${problem.message} (in a project with ${words})` });
    }
  };
  const combinations = supportedCombinations(catalog);
  if (combinations.length === 0) return [NO_PROJECT];
  for (const combination of combinations) smallProjects(combination, catalog, scope).forEach(check);
  const faulty = new Set([...found.values()].map(({ file }) => partOf(file)));
  for (const combination of combinations) largeProjects(combination, catalog, faulty, scope).forEach(check);
  // With other problems there are projects that lack parts, or were not planned.
  return found.size > 0 ? [...found.values()] : use.problems(catalog).filter(({ file }) => scope.isOwn(file));
}

const NO_PROJECT: PackProblem = {
  code: 'no-project',
  file: 'pack.json',
  message: 'pack.json: on the axes with a single choice, no parts of the pack go together',
};

function smallProjects(combination: Combination, catalog: Catalog, scope: Scope): readonly Project[] {
  const wanted = extrasFor(combination, catalog).filter(scope.isWanted);
  const alone = wanted.map((extra) => project(combination, [extra], catalog, extra.id));
  const bare = project(combination, [], catalog);
  return [bare, withResources(bare, [PLAIN_SPECIMEN], 'plain fields'), withSpecimen(bare), ...alone];
}

function largeProjects(
  combination: Combination,
  catalog: Catalog,
  faulty: ReadonlySet<string>,
  scope: Scope,
): readonly Project[] {
  const sound = extrasFor(combination, catalog).filter(({ folder }) => !faulty.has(folder));
  const all = compatible(sound, catalog);
  const without = (left: Extra) => all.filter((extra) => extra !== left);
  return [
    { ...project(combination, all, catalog, 'all extras'), isPlaced: true },
    withSpecimen(project(combination, all, catalog, 'all extras')),
    ...all
      .filter(scope.isWanted)
      .map((extra) => project(combination, without(extra), catalog, `all extras but ${extra.id}`)),
  ];
}

function project(
  combination: Combination,
  extras: readonly Extra[],
  catalog: Catalog,
  inWords: string | null = null,
): Project {
  const words = [...Object.values(combination), inWords].filter((word) => word !== null).join(', ');
  const choices = { ...combination, ...chosen(extras, catalog) };
  return { answers: { name: 'my-service', description: '', ...choices, resources: catalog.teamResources }, words };
}

/** The same project with a resource that has every kind of field, and some of them since it was changed. */
function withSpecimen(project: Project): Project {
  return withResources(project, CHANGED_SPECIMEN, 'every kind of field');
}

/** Has every kind of field, and none with a modifier. */
const PLAIN_SPECIMEN = specimenWith(KINDS);

function withResources({ answers, words }: Project, resources: readonly Resource[], inWords: string): Project {
  return { answers: { ...answers, resources: [...answers.resources, ...resources] }, words: `${words}, ${inWords}` };
}

function chosen(extras: readonly Extra[], { axes }: Catalog): Omit<Choices, keyof Combination> {
  const idsOf = (axis: AxisId) => extras.filter((extra) => extra.axis === axis).map(({ id }) => id);
  const entries = axes.filter(({ multiple }) => multiple).map(({ id }) => [id, idsOf(id)]);
  return Object.fromEntries(entries);
}

/** The extras that a combination supports. */
function extrasFor(combination: Combination, catalog: Catalog): readonly Extra[] {
  const lists = new Set<string>(catalog.axes.filter(({ multiple }) => multiple).map(({ id }) => id));
  const extras = partsIn(catalog).filter((part): part is Extra => lists.has(part.axis));
  return extras.filter(({ axis, id }) => incompatibilityReason(combination, axis, id, catalog) === null);
}

/** As many of the extras as go together, the first ones first. */
function compatible(extras: readonly Extra[], catalog: Catalog): readonly Extra[] {
  const together: Extra[] = [];
  for (const extra of extras) {
    if (incompatibilityReason(chosen(together, catalog), extra.axis, extra.id, catalog) === null) together.push(extra);
  }
  return together;
}

function problemsOfPlan(
  { answers, isPlaced = false }: Project,
  catalog: Catalog,
  reads: PackReads,
  use: UseOfPack,
  problemsOfRendering: PlanCheck,
): readonly PackProblem[] {
  try {
    const planned = plan(answers, catalog);
    use.add(planned);
    const problems = [...problemsOfProject(planned, catalog, reads), ...missingLocks(planned, reads)];
    if (problems.length > 0) return problems;
    return [
      ...problemsOfRendering(planned),
      ...Object.entries(isPlaced ? ELSEWHERE : {}).flatMap(([where, placement]) =>
        problemsOfPlaced(placedAt(planned, placement, catalog), problemsOfRendering).map((problem) => ({
          ...problem,
          message: `${problem.message} (${where})`,
        })),
      ),
    ];
  } catch (error) {
    if (error instanceof PackError) return error.problems;
    throw error;
  }
}

/** Places where files go elsewhere, are left out or have other texts than in a project that stands alone. */
const ELSEWHERE: Readonly<Record<string, Placement>> = {
  'below the root of a repository': { workspace: 'apart', inWorkspace: '', inRepository: 'services/my-service' },
  'as a member of a workspace': {
    workspace: 'join',
    inWorkspace: 'crates/my-service',
    inRepository: 'crates/my-service',
  },
};

/** The same project in another place; its lock is not in question. */
function placedAt(planned: Plan, placement: Placement, catalog: Catalog): Plan {
  const files = placeFiles(planned.unplaced, planned.answers.name, placement, catalog.placement);
  return { ...planned, placement, ...files, lock: null };
}

/** What is wrong only where the project is: the rest does not depend on that. */
function problemsOfPlaced(placed: Plan, problemsOfRendering: PlanCheck): readonly PackProblem[] {
  const problems = clashingPaths(placed);
  return problems.length > 0 ? problems : problemsOfRendering(placed);
}

function missingLocks({ lock }: Plan, reads: PackReads): readonly PackProblem[] {
  return ['lock', 'json']
    .map((ending) => `${lock}.${ending}`)
    .filter((file) => !(file in reads))
    .map((file) => ({ code: 'missing-file', file, message: `${file} is missing` }));
}
