import type { Answers } from '../model/answers.ts';
import type { Catalog } from '../model/catalog.ts';
import { EXIT, ExpectedError, type Problem } from '../model/errors.ts';
import type { Resource } from '../model/resource.ts';
import { currentResources } from '../model/resource-history.ts';
import { parseResource, printResource } from '../model/resource-syntax.ts';
import { effectsOfChange, problemsOfHistory } from '../plan/check-history.ts';
import { changeProject } from './change/change-project.ts';
import { readSettings } from './change/settings.ts';
import type { Command } from './context.ts';

/** `create-api generate resource <name> <field:type…>`: adds a table, and everything that serves it, to a project, or changes its fields. */
export const generate: Command = async (context) => {
  const { settings, operands } = await readSettings(context, problemsOfWords);
  const { resource, problems } = parseResource(operands.slice(1).join(' '));
  if (resource === null) throw new ExpectedError(EXIT.usage, problems);
  return changeProject(
    {
      words: ['generate', ...operands],
      settings,
      bringsUpToDate: false,
      want(answers, { catalog }) {
        const before = currentResources(answers.resources).find(({ singular }) => singular === resource.singular);
        if (before === undefined) return wantedOf(resource, answers, catalog, `generated ${resource.plural}`);
        if (printResource(before) === printResource(resource))
          return { answers, what: `${resource.plural} are the same` };
        const wanted = wantedOf(resource, answers, catalog, `changed ${resource.plural}`);
        return { ...wanted, effects: effectsOfChange(before, resource) };
      },
    },
    context,
  );
};

function wantedOf(resource: Resource, answers: Answers, catalog: Catalog, what: string) {
  const resources = [...answers.resources, resource];
  const wrong = problemsOfHistory(resources, answers, catalog);
  if (wrong.length > 0) throw new ExpectedError(EXIT.usage, wrong);
  return { answers: { ...answers, resources }, what };
}

const EXAMPLE = "create-api generate resource product 'name:string(100)' price_cents:i64:min=0";

function problemsOfWords([what, ...words]: readonly string[]): readonly Problem[] {
  if (what === 'resource' && words.length > 0) return [];
  const message =
    what === undefined
      ? 'generate: what to generate is missing'
      : what === 'resource'
        ? 'generate resource: the name of the resource is missing'
        : `generate cannot generate ${JSON.stringify(what)}`;
  return [{ code: 'generate-usage', message, allowed: 'resource <name> <field:type…>', hint: EXAMPLE }];
}
