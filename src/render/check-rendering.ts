import { PackError, type PackProblem } from '../model/errors.ts';
import { type Plan, templateKeys } from '../model/plan.ts';
import type { Templates } from '../model/templates.ts';
import { contextsFor, render, renderRepositoryFiles } from './render.ts';

/** Returns a function that renders a project unless each of its templates has been rendered in an earlier one. */
export function renderingCheck(templates: Templates): (plan: Plan) => readonly PackProblem[] {
  const texts = { ...templates.texts };
  const usable = { ...templates, texts };
  /** Template keys, by the number of resources and the workspace: with others, files are rendered in other ways. */
  const rendered = new Map<string, Set<string>>();
  const failed = new Set<string>();
  return (plan) => {
    const kind = `${plan.answers.resources.length} ${plan.placement.workspace}`;
    const earlier = rendered.get(kind) ?? new Set();
    rendered.set(kind, earlier);
    const keys = [...templateKeys(plan), `${plan.lock}`];
    if (keys.every((key) => earlier.has(key))) return [];
    for (const key of keys) earlier.add(key);
    const problems: PackProblem[] = [];
    for (;;) {
      const [failure, ...others] = problemsOf(plan, usable);
      if (failure === undefined) return problems;
      // Nothing can be rendered without its type tables.
      if (plan.types.includes(failure.file)) return [...problems, failure, ...others];
      const template = failure.key === undefined ? failure.file : `${failure.file}#${failure.key}`;
      // The others are rendered without it. A lock still fails when it is empty.
      if (failed.has(template)) return problems;
      failed.add(template);
      problems.push(failure);
      texts[template] = '';
    }
  };
}

/** The problem of the first template that cannot be rendered, or those of the type tables. */
function problemsOf(plan: Plan, templates: Templates): readonly PackProblem[] {
  try {
    const contexts = contextsFor(plan, templates);
    render(plan, templates, contexts);
    renderRepositoryFiles(plan, templates, contexts);
    return [];
  } catch (error) {
    if (error instanceof PackError) return error.problems;
    throw error;
  }
}
