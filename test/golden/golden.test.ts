import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { legalCombinations } from '../../src/plan/legality.ts';
import { answersFor, catalog, extrasOf, renderProject } from '../support/projects.ts';

/** Two projects far apart, whole, so that a change of a template is seen as what it does to a project. */
const [first, last] = [legalCombinations(catalog)[0], legalCombinations(catalog).at(-1)];
if (first === undefined || last === undefined) throw new Error('the catalog has no legal combination');

const CASES = {
  'first-default': answersFor(first),
  'last-without-extras': answersFor(last, {
    middleware: extrasOf('middleware', 'none'),
    features: extrasOf('features', 'none'),
  }),
};

describe.each(Object.entries(CASES))('%s', (name, answers) => {
  const expected = path.join(import.meta.dirname, 'expected', name);
  // The lock has tests of its own, and changes with every refresh.
  const files = renderProject(answers).filter((file) => file.path !== 'Cargo.lock');

  test.each(files.map((file) => file.path))('%s', async (file) => {
    const text = files.find((candidate) => candidate.path === file)?.text;
    await expect(text).toMatchFileSnapshot(path.join(expected, file));
  });

  test('no file is missing and none is left over', async () => {
    const entries = await readdir(expected, { recursive: true, withFileTypes: true });
    const found = entries
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(expected, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'));
    expect(found.sort()).toEqual(files.map((file) => file.path).sort());
  });
});
