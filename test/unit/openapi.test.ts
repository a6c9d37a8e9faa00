import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from 'vitest';
import type { FileSet } from '../../src/model/files.ts';
import { supportedCombinations } from '../../src/plan/compatibility.ts';
import { answersFor, catalog, renderProject } from '../support/projects.ts';

type Json = Record<string, unknown>;

const FEATURE = 'openapi';
const middleware = catalog.parts.middleware.map((part) => part.id);

/** The extras whose words may appear in a description: none, all, each alone. */
const extras = [[], middleware, ...middleware.map((id) => [id])];

/** Each description that a project can have → the choices that have it. */
const documents = new Map<string, string[]>();
for (const combination of supportedCombinations(catalog)) {
  for (const chosen of extras) {
    const answers = answersFor(combination, { middleware: chosen, features: [FEATURE] });
    const text = textOf(renderProject(answers), 'openapi.json');
    const owner = `${combination.auth} with ${chosen.join(', ') || 'no middleware'}`;
    documents.set(text, [...(documents.get(text) ?? []), owner]);
  }
}

test('the description does not depend on framework, layer and database', () => {
  const owners = new Map<string, Set<string>>();
  for (const [text, names] of documents) {
    for (const name of names) owners.set(name, (owners.get(name) ?? new Set()).add(text));
  }
  for (const [name, texts] of owners) expect(texts.size, name).toBe(1);
});

describe.each([...documents].map(([text, owners]) => ({ text, owner: owners[0] ?? '' })))(
  'the description of a service of $owner',
  ({ text }) => {
    const document = JSON.parse(text) as Json;

    test('is valid OpenAPI', async () => {
      const { valid, errors } = await new Validator().validate(document);
      expect(errors).toBeUndefined();
      expect(valid).toBe(true);
    });

    test('has no dangling references and no unused components', () => {
      const used = new Set([...text.matchAll(/"\$ref": "#\/([^"]+)"/g)].map((match) => match[1] ?? ''));
      const components = Object.entries(document['components'] as Record<string, Json>);
      const had = components
        .filter(([kind]) => kind !== 'securitySchemes')
        .flatMap(([kind, entries]) => Object.keys(entries).map((name) => `components/${kind}/${name}`));
      expect([...used].sort()).toEqual(had.sort());
    });

    test('names each operation and its error responses', () => {
      const operations = Object.values(document['paths'] as Record<string, Json>).flatMap((item) =>
        ['get', 'post', 'patch', 'delete'].flatMap((method) => (method in item ? [item[method] as Json] : [])),
      );
      const ids = operations.map((operation) => operation['operationId']);
      expect(new Set(ids).size).toBe(ids.length);
      const tags = (document['tags'] as readonly Json[]).map((tag) => tag['name']);
      for (const operation of operations) {
        expect(operation['summary']).toMatch(/\S/);
        expect(tags).toEqual(expect.arrayContaining(operation['tags'] as string[]));
      }
    });
  },
);

function textOf(files: FileSet, path: string): string {
  const file = files.find((candidate) => candidate.path === path);
  if (file === undefined) throw new Error(`no ${path} in the project`);
  return file.text;
}
