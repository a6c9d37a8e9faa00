import { PackError, type PackProblem } from '../model/errors.ts';
import { type Plan, templateKeys } from '../model/plan.ts';
import type { Templates } from '../model/templates.ts';
import { render } from './render.ts';

/** Returns a function that renders a project unless each of its templates has been rendered in an earlier one. */
export function renderingCheck(templates: Templates): (plan: Plan) => readonly PackProblem[] {
  const texts = { ...templates.texts };
  const usable = { ...templates, texts };
  const rendered = new Set<string>();
  const failed = new Set<string>();
  return (plan) => {
    const keys = [...templateKeys(plan), `${plan.lock}`];
    if (keys.every((key) => rendered.has(key))) return [];
    for (const key of keys) rendered.add(key);
    const problems: PackProblem[] = [];
    for (;;) {
      const failure = failureOf(plan, usable);
      if (failure === null) return problems;
      const template = failure.key === undefined ? failure.file : `${failure.file}#${failure.key}`;
      // The others are rendered without it. A lock still fails when it is empty.
      if (failed.has(template)) return problems;
      failed.add(template);
      problems.push(failure);
      texts[template] = '';
    }
  };
}

/** The problem of the first template that cannot be rendered; `null` if all can. */
function failureOf(plan: Plan, templates: Templates): PackProblem | null {
  try {
    render(plan, templates);
    return null;
  } catch (error) {
    if (error instanceof PackError) return error.problems[0] ?? null;
    throw error;
  }
}
