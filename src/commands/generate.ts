import { EXIT, ExpectedError, type Problem } from '../model/errors.ts';
import type { Resource } from '../model/resource.ts';
import { parseResource, printResource } from '../model/resource-syntax.ts';
import { problemsOfResources } from '../plan/check-resources.ts';
import { changeProject } from './change/change-project.ts';
import { readSettings } from './change/settings.ts';
import type { Command } from './context.ts';

/** `create-api generate resource <name> <field:type…>`: adds a table, and everything that serves it, to a project. */
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
        const resources = withResource(answers.resources, resource);
        const wrong = problemsOfResources(resources, answers, catalog);
        if (wrong.length > 0) throw new ExpectedError(EXIT.usage, wrong);
        return { answers: { ...answers, resources }, what: `generated ${resource.plural}` };
      },
    },
    context,
  );
};

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

/** The resources with one more; the same one again changes nothing. */
function withResource(resources: readonly Resource[], added: Resource): readonly Resource[] {
  const existing = resources.find(({ singular }) => singular === added.singular);
  if (existing === undefined) return [...resources, added];
  if (printResource(existing) === printResource(added)) return resources;
  throw new ExpectedError(EXIT.usage, [
    {
      code: 'existing-resource',
      message: `the project has the resource ${added.singular} with other fields, and create-api cannot change the fields of a generated resource yet`,
      allowed: printResource(existing),
      hint: 'add a field by hand: README.md of the project says how',
    },
  ]);
}
