import { inspectPack, type Pack } from '../../catalog/read-pack.ts';
import { PackError, type PackProblem, problemIn } from '../../model/errors.ts';
import type { Plan } from '../../model/plan.ts';
import type { PackReads, Template, TemplateReads, Templates } from '../../model/templates.ts';
import { problemsOfPlans } from '../../plan/check-plans.ts';
import { problemsOfUse } from '../../plan/check-use.ts';
import { lockCheck } from '../../render/check-lock.ts';
import { renderingCheck } from '../../render/check-rendering.ts';
import { compile, templateReads } from '../../render/compile.ts';

export { isFolder } from '../../catalog/pack-folder.ts';

/** Everything that is wrong in the pack in a folder, for create-api `version`, by file. */
export async function checkPack(root: string, version: string): Promise<readonly PackProblem[]> {
  const problems = await findProblems(root, version).catch((error: unknown) => {
    if (error instanceof PackError) return error.problems;
    throw error;
  });
  return [...problems].sort((a, b) => Number(a.file > b.file) - Number(a.file < b.file));
}

async function findProblems(root: string, version: string): Promise<readonly PackProblem[]> {
  const { catalog, sources, problems } = await inspectPack(root, version);
  const { templates, reads, malformed } = compileAll(sources);
  const inFiles = [...problems, ...malformed];
  const wrong = new Set(inFiles.map(({ file }) => file));
  const [checkLock, checkRendering] = [lockCheck(templates), renderingCheck(templates)];
  const checkPlan = (plan: Plan) => [...checkLock(plan), ...checkRendering(plan)];
  const inProjects = [...problemsOfUse(catalog, reads), ...problemsOfPlans(catalog, reads, checkPlan)];
  // What is wrong in a file was left out, so projects may lack just that.
  return [...inFiles, ...inProjects.filter(({ file }) => !wrong.has(file))];
}

interface Compiled {
  readonly templates: Templates;
  readonly reads: PackReads;
  readonly malformed: readonly PackProblem[];
}

function compileAll(sources: Pack['sources']): Compiled {
  const templates: Record<string, Template> = {};
  const reads: Record<string, TemplateReads> = {};
  const malformed: PackProblem[] = [];
  for (const [key, { text, isTemplate }] of Object.entries(sources)) {
    templates[key] = isTemplate ? compile(text) : text;
    reads[key] = { slots: [], vars: [] };
    if (!isTemplate) continue;
    try {
      reads[key] = templateReads(text);
    } catch (error) {
      templates[key] = '';
      malformed.push(problemIn(key, 'invalid-template', (error as Error).message));
    }
  }
  return { templates, reads, malformed };
}
