import type { Answers } from '../model/answers.ts';
import { currentResources } from '../model/resource-history.ts';
import { printResource } from '../model/resource-syntax.ts';
import { DEFAULT_DESCRIPTION } from './resolve.ts';
import type { AxisOption } from './schema.ts';

/** The preset with these answers, all but the name. What a choice rules out is absent, and so is the default description. */
export function printPreset(answers: Answers, axes: readonly AxisOption[]): Readonly<Record<string, unknown>> {
  const { description } = answers;
  // What they are now: a new project has no table that would have to be changed.
  const resources = currentResources(answers.resources);
  const chosen = axes.flatMap(({ key }) => (answers[key] === null ? [] : [[key, answers[key]] as const]));
  return {
    ...(description !== DEFAULT_DESCRIPTION && { description }),
    ...Object.fromEntries(chosen),
    ...(resources.length > 0 && { resources: resources.map(printResource) }),
  };
}
