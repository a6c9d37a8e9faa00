import { readPackFiles } from '../../catalog/pack-files.ts';
import { inspectPack } from '../../catalog/read-pack.ts';
import { isTeamPack } from '../../catalog/read-team-pack.ts';
import { PackError, type PackProblem } from '../../model/errors.ts';
import type { Plan } from '../../model/plan.ts';
import { problemsOfPlans } from '../../plan/check-plans.ts';
import { problemsOfUse, undeclaredSlots } from '../../plan/check-use.ts';
import { lockCheck } from '../../render/check-lock.ts';
import { renderingCheck } from '../../render/check-rendering.ts';
import { parseSources } from '../../render/parse-sources.ts';

export { isFolder } from '../../catalog/pack-files.ts';

/**
 * Everything that is wrong in the pack in a folder, for create-api `version`, by file: in a whole pack, or in a team's on top of the
 * one in the folder `builtin`.
 */
export async function checkPack(root: string, version: string, builtin = ''): Promise<readonly PackProblem[]> {
  const problems = await findProblems(root, version, builtin).catch((error: unknown) => {
    if (error instanceof PackError) return error.problems;
    throw error;
  });
  return [...problems].sort((a, b) => Number(a.file > b.file) - Number(a.file < b.file));
}

async function findProblems(root: string, version: string, builtin: string): Promise<readonly PackProblem[]> {
  const files = await readPackFiles(root);
  if (isTeamPack(files)) return (await import('./check-team-pack.ts')).problemsOfTeamPack(files, version, builtin);
  const { catalog, sources, tables, problems } = await inspectPack(root, version);
  const { templates, reads, problems: malformed } = parseSources(sources);
  const inFiles = [...problems, ...malformed, ...undeclaredSlots(catalog, reads)];
  const wrong = new Set(inFiles.map(({ file }) => file));
  const [checkLock, checkRendering] = [lockCheck(templates), renderingCheck(templates)];
  const checkPlan = (plan: Plan) => [...checkLock(plan), ...checkRendering(plan)];
  const inProjects = [...problemsOfUse(catalog, reads, tables), ...problemsOfPlans(catalog, reads, checkPlan)];
  // What is wrong in a file was left out, so projects may lack just that.
  return [...inFiles, ...inProjects.filter(({ file }) => !wrong.has(file))];
}
