import fc from 'fast-check';
import { parse as parseToml } from 'smol-toml';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import type { FileSet } from '../../src/model/files.ts';
import { supportedCombinations } from '../../src/plan/compatibility.ts';
import { checkName } from '../../src/project/name.ts';
import { projectNames } from '../../src/render/names.ts';
import { answersFor, catalog, renderProject, supportedExtras } from '../support/projects.ts';

/** A name that Cargo and create-api accept, of any length, with `-` and `_`. */
const validName = fc
  .stringMatching(/^[a-z][a-z0-9]{0,12}(?:[-_][a-z0-9]{1,20}){0,6}$/)
  .map((name) => name.slice(0, 64).replace(/[-_]+$/, ''))
  .filter((name) => checkName(name) === null);

const SOME = ['a', 'e0', 'e-0', 'no', 'null', 'y', 'my_service', 'a_b-c', `${'long-'.repeat(12)}name`, 'x'.repeat(64)];

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
const DNS_LABEL = /^(?=.{1,63}$)[a-z](?:[a-z0-9-]*[a-z0-9])?$/;
/** https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
const LABEL_VALUE = /^(?=.{1,63}$)[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/;
/** https://github.com/distribution/reference/blob/main/regexp.go */
const IMAGE = /^(?=.{1,255}$)(?:[a-z0-9.]+\/)?[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
/** https://docs.docker.com/reference/compose-file/version-and-name/ */
const COMPOSE = /^[a-z0-9][a-z0-9_-]*$/;
const RUST_IDENTIFIER = /^[a-z][a-z0-9_]*$/;
/** Suffixes that Kubernetes appends to our names. */
const POD_SUFFIX = '-5d4f8c7b9d-x2x7k';
const JOB_POD_SUFFIX = '-x2x7k';
const CONFIG_HASH = '-7m9k2f5t8h';

/** One project with a file database and one with a server, with everything that a project can have. */
const projects = ['sqlite', 'postgres'].flatMap((database) => {
  const combination = supportedCombinations(catalog).find((other) => other.database === database);
  if (combination === undefined) return [];
  const features = supportedExtras('features', combination);
  return [{ database, render: (name: string) => renderProject(answersFor(combination, { name, features })) }];
});

describe('every use of a name follows the grammar of its place', () => {
  test.each(projects)('with $database', ({ render }) => {
    const check = (name: string) => expectGrammar(name, render(name));
    SOME.forEach(check);
    fc.assert(fc.property(validName, check), { numRuns: 60 });
  });
});

test('different names stay different when shortened', () => {
  const longName = `${'x'.repeat(60)}`;
  expect(projectNames(`${longName}a`).kubernetes).not.toBe(projectNames(`${longName}b`).kubernetes);
});

test('a name that fits is unchanged', () => {
  expect(projectNames('my_service').kubernetes).toBe('my-service');
  expect(projectNames('x'.repeat(46)).kubernetes).toBe('x'.repeat(46));
});

function expectGrammar(name: string, files: FileSet): void {
  const text = (path: string) => files.find((file) => file.path === path)?.text ?? '';
  expect(parseToml(text('Cargo.toml'))['package']).toMatchObject({ name });
  const imported = files.flatMap(({ text }) => [...text.matchAll(/^use (\w+)::app::App;$/gm)].map((match) => match[1]));
  for (const crate of imported) expect(crate).toMatch(RUST_IDENTIFIER);
  expect(parse(text('compose.yaml')).name).toMatch(COMPOSE);
  expect(JSON.parse(text('.devcontainer/devcontainer.json')).name).toBe(name);
  for (const [, image = ''] of text('README.md').matchAll(/docker build --tag (\S+)/g)) expect(image).toMatch(IMAGE);
  for (const [, volume = ''] of text('README.md').matchAll(/--volume ([^:\s`]+):/g))
    expect(volume).toMatch(/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/);

  const manifests = files.filter(({ path }) => /^deploy\/kubernetes\/.*\.yaml$/.test(path));
  for (const manifest of manifests) {
    for (const document of parseAllDocuments(manifest.text, { version: '1.1' })) walk(document.toJS(), []);
  }
}

/** Checks each name, label and image of a manifest. */
function walk(value: unknown, path: readonly string[]): void {
  if (typeof value === 'object' && value !== null) {
    for (const [key, child] of Object.entries(value)) walk(child, [...path, key]);
    return;
  }
  const [key = ''] = path.slice(-1);
  const at = path.join('.');
  const isLabel = path.at(-2) === 'matchLabels' || path.at(-2) === 'labels';
  if (isLabel) expect(value, at).toMatch(LABEL_VALUE);
  else if (key === 'image' || key === 'newName' || path[0] === 'images') expectImage(value, key, at);
  else if (['name', 'namespace', 'claimName', 'serviceAccountName'].includes(key)) expectName(value, path, at);
}

function expectImage(value: unknown, key: string, at: string): void {
  if (key !== 'newTag') expect(value, at).toMatch(IMAGE);
}

function expectName(value: unknown, path: readonly string[], at: string): void {
  // Names of environment variables, not of objects.
  if (path.includes('env')) return;
  expect(value, at).toMatch(DNS_LABEL);
  if (at === 'metadata.name') {
    const suffixes = String(value).endsWith('-migration') ? [JOB_POD_SUFFIX] : [POD_SUFFIX, CONFIG_HASH];
    for (const suffix of suffixes) expect(`${value}${suffix}`, at).toMatch(DNS_LABEL);
  }
}
