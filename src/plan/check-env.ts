import type { Contribution } from '../model/catalog.ts';
import type { PackProblem } from '../model/errors.ts';

/**
 * Problems with the environment variables of a project, given its contributions: a variable that two of them declare, a field
 * that a group has twice, and a group that they describe differently, of which one description would be lost.
 */
export function problemsOfEnv(contributions: readonly Contribution[]): readonly PackProblem[] {
  const docs = new Map<string, string>();
  const owners = new Map<string, string>();
  const problems: PackProblem[] = [];
  for (const { folder, env } of contributions) {
    const file = `${folder}/part.json`;
    const add = (key: string, what: string) => {
      problems.push({ code: 'contradicting-env', file, key, message: `${file}: ${key} is ${what}` });
    };
    /** Notes that a contribution has a name; adds a problem if another one, or the same, has it already. */
    const own = (id: string, key: string, shown: string) => {
      const owner = owners.get(id);
      if (owner !== undefined) add(key, `${shown}, which ${owner} has too`);
      owners.set(id, folder);
    };
    env.forEach(({ name, doc, variables }, group) => {
      const described = docs.get(name) ?? doc;
      if (described !== doc) add(`env[${group}].doc`, `"${doc}", but elsewhere "${described}"`);
      docs.set(name, described);
      variables.forEach((variable, index) => {
        const key = `env[${group}].variables[${index}]`;
        own(variable.name, `${key}.name`, variable.name);
        own(`${name}.${variable.field}`, `${key}.field`, variable.field);
      });
    });
  }
  return problems;
}
