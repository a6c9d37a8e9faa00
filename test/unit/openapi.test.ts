import { Validator } from '@seriousme/openapi-schema-validator';
import { Window } from 'happy-dom';
import { beforeAll, describe, expect, test } from 'vitest';
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

describe('the page that shows it', () => {
  const text = [...documents.keys()].reduce((longest, next) => (next.length > longest.length ? next : longest));
  let page: Window['document'];
  beforeAll(async () => {
    page = await show(text.replace('An HTTP API', '<script>alert(1)</script>'));
  });

  test('has an entry for each operation and each schema, and links that lead to them', () => {
    const { paths, components } = JSON.parse(text) as { paths: Record<string, Json>; components: { schemas: Json } };
    const operations = Object.values(paths).flatMap((item) => Object.keys(item).filter((key) => key !== 'parameters'));
    expect(page.querySelectorAll('article')).toHaveLength(operations.length + Object.keys(components.schemas).length);
    const targets = [...page.querySelectorAll('a[href^="#"]')].map((link) => link.getAttribute('href') ?? '');
    expect(targets.length).toBeGreaterThan(50);
    for (const target of targets) expect(page.getElementById(target.slice(1)), target).not.toBeNull();
  });

  test('shows how to call an operation', () => {
    const article = page.getElementById('patch-/api/v1/users/{id}');
    expect(article?.querySelector('pre')?.textContent).toMatch(
      /^curl -X PATCH 'http:\/\/service\.example\/base\/api\/v1\/users\/01990000-.*-d '\{"name":"Ada Lovelace",/,
    );
    expect(article?.textContent).toContain('404');
    expect(page.body.textContent).not.toMatch(/undefined|\[object|NaN/);
  });

  test('treats the description as text, not as markup', () => {
    expect(page.querySelector('main script')).toBeNull();
    expect(page.querySelector('main')?.textContent).toContain('<script>alert(1)</script>');
  });

  test('reports a missing description', async () => {
    expect((await show('')).querySelector('[role=status]')?.textContent).toMatch(/cannot be shown/);
  });
});

/** The page of the default project after its script has run, with this description to fetch. */
async function show(description: string): Promise<Window['document']> {
  const combination = supportedCombinations(catalog)[0];
  if (combination === undefined) throw new Error('the catalog has no supported combination');
  const files = renderProject(answersFor(combination, { features: [FEATURE] }));
  const window = new Window({ url: 'http://service.example/base/docs' });
  window.document.write(textOf(files, 'src/routes/openapi/docs.html').replace(/<(?:script|link).*/g, ''));
  const script = textOf(files, 'src/routes/openapi/docs.js');
  const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor;
  const fetched = async () => new Response(description);
  await new AsyncFunction('document', 'location', 'fetch', script)(window.document, window.location, fetched);
  return window.document;
}

function textOf(files: FileSet, path: string): string {
  const file = files.find((candidate) => candidate.path === path);
  if (file === undefined) throw new Error(`no ${path} in the project`);
  return file.text;
}
