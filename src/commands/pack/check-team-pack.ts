import { type BuiltCatalog, loadCatalog, loadEveryTemplate } from '../../catalog/builtin.ts';
import type { PackFiles } from '../../catalog/pack-files.ts';
import { inspectTeamPack } from '../../catalog/read-team-pack.ts';
import { absentPart, type Catalog, type Contribution, contributionsIn, packOf } from '../../model/catalog.ts';
import type { PackProblem } from '../../model/errors.ts';
import type { Plan } from '../../model/plan.ts';
import type { PackReads, TemplateReads } from '../../model/templates.ts';
import type { TypeTable } from '../../model/type-table.ts';
import { problemsOfPlans } from '../../plan/check-plans.ts';
import { problemsOfResources } from '../../plan/check-resources.ts';
import { problemsOfUse, undeclaredSlots } from '../../plan/check-use.ts';
import { renderingCheck } from '../../render/check-rendering.ts';
import { parseSources } from '../../render/parse-sources.ts';
import { readsOfTable, templateReads } from '../../render/parse-template.ts';

/**
 * Everything that is wrong in a team's pack on top of the one in the folder `builtin`, in every combination of choices: with each of
 * its parts, and each part that it has a cell for, alone, and left out of everything.
 */
export function problemsOfTeamPack(files: PackFiles, version: string, builtin: string): readonly PackProblem[] {
  const own = loadCatalog(builtin);
  const { name, catalog, sources, tables, problems } = inspectTeamPack(files, version, own);
  const { templates, reads: ownReads, problems: malformed } = parseSources(sources);
  const inFiles = [
    ...problems,
    ...malformed,
    ...undeclaredSlots(catalog, ownReads),
    ...resourceProblems(catalog, name),
  ];
  const wrong = new Set(inFiles.map(({ file }) => file));
  const texts = { ...loadEveryTemplate(builtin, own), ...templates.texts };
  const allTables = tablesOf(own, texts);
  const reads: PackReads = { ...readsOf(texts, allTables), ...ownReads, ...locksOf(catalog) };
  const checkRendering = renderingCheck({ texts, locks: {} });
  // The locks are not in question: cargo adds the crates that a pack brings.
  const checkPlan = (plan: Plan) => checkRendering({ ...plan, lock: null });
  const named = namesOf(catalog, name);
  const inProjects = [
    ...problemsOfUse(catalog, reads, { ...allTables, ...tables }),
    ...problemsOfPlans(catalog, reads, checkPlan, {
      isWanted: ({ id, folder }) => packOf(folder) === name || named.has(id),
      isOwn: (file) => packOf(file) === name,
    }),
  ];
  const found = [...inFiles, ...inProjects.filter(({ file }) => !wrong.has(file))];
  return found.map((problem) => withoutPrefix(problem, name));
}

function resourceProblems({ teamResources, ...catalog }: Catalog, name: string): readonly PackProblem[] {
  const file = `${name}:pack.json`;
  const problems = problemsOfResources(teamResources, {}, { ...catalog, teamResources });
  return problems.map((problem) => ({ ...problem, file, key: 'resources', message: `${file}: ${problem.message}` }));
}

/** The ids that the cells of a pack are called after. */
function namesOf(catalog: Catalog, name: string): ReadonlySet<string> {
  const namesIn = ({ cells }: Contribution) => Object.entries(cells).map(([cell, { folder }]) => ({ cell, folder }));
  const own = contributionsIn(catalog).flatMap(namesIn);
  const ids = own.filter(({ folder }) => packOf(folder) === name).map(({ cell }) => absentPart(cell) ?? cell);
  return new Set(ids.map((id) => id.replace(/^.*\./, '')));
}

function tablesOf(
  catalog: BuiltCatalog,
  texts: Readonly<Record<string, unknown>>,
): Readonly<Record<string, TypeTable>> {
  const keys = new Set(contributionsIn(catalog).flatMap(({ types }) => types ?? []));
  return Object.fromEntries([...keys].map((key) => [key, JSON.parse(String(texts[key]))]));
}

function readsOf(texts: ReturnType<typeof loadEveryTemplate>, tables: Readonly<Record<string, TypeTable>>): PackReads {
  return Object.fromEntries(
    Object.entries(texts).map(([key, text]): readonly [string, TemplateReads] => {
      const table = tables[key];
      if (table !== undefined) return [key, readsOfTable(table)];
      return [key, templateReads(typeof text === 'string' ? [] : text)];
    }),
  );
}

/** Stand for the locks, which are known to be there. */
function locksOf({ locks }: Catalog): PackReads {
  const nothing = templateReads([]);
  return Object.fromEntries(locks.flatMap((key) => ['lock', 'json'].map((ending) => [`${key}.${ending}`, nothing])));
}

/** A problem for the author of a pack, whose own files need no name in front. */
function withoutPrefix(problem: PackProblem, name: string): PackProblem {
  const own = (text: string) => text.replaceAll(`${name}:`, '');
  return { ...problem, file: own(problem.file), message: own(problem.message) };
}
