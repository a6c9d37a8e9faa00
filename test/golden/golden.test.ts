import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Origin, Origins } from '../../src/model/answers.ts';
import { BASE_FILE, withRecord } from '../../src/model/project-record.ts';
import { ALONE } from '../../src/plan/placement.ts';
import { answersFor, catalog, extrasOf, renderProject } from '../support/projects.ts';

/** Two projects far apart, whole, so that a change to a template is reviewed as the change it makes to a project. */
const TREES = {
  default: answersFor({ framework: 'axum', dbLayer: 'sqlx', database: 'sqlite', auth: 'none' }),
  'loco-sea-orm-postgres-session-all': answersFor(
    { framework: 'loco', dbLayer: 'sea-orm', database: 'postgres', auth: 'session' },
    { middleware: extrasOf('middleware', 'all'), features: extrasOf('features', 'all') },
  ),
};

/** Every change of a template would change the real hash. */
const STANDARD = { version: '0.2.0', integrity: '0'.repeat(64) };

/** Every answer is given by a flag. */
const originsOf = (answers: object): Origins =>
  Object.fromEntries(Object.keys(answers).map((key): [string, Origin] => [key, 'flag']));

const CARGO_LOCK = 'Cargo.lock';
const EXPECTED = path.join(import.meta.dirname, 'expected');

test('there is no other tree', async () => {
  expect((await readdir(EXPECTED)).sort()).toEqual(Object.keys(TREES).sort());
});

describe.each(Object.entries(TREES))('%s', (name, answers) => {
  const expected = path.join(EXPECTED, name);
  const rendered = withRecord(
    renderProject(answers),
    {
      standard: STANDARD,
      packs: [],
      answers,
      origins: originsOf(answers),
      presets: [],
      policies: [],
      placement: ALONE,
      migrations: {},
      deleted: [],
    },
    catalog.axes,
    [],
  );
  // Cargo.lock has tests of its own, and changes with every refresh; the base has the texts of the other files again.
  const files = rendered.filter((file) => ![CARGO_LOCK, BASE_FILE].includes(file.path));

  // Only on request (`npm run golden`): a test that wrote what it expects could not fail.
  beforeAll(async () => {
    if (process.env['UPDATE_GOLDEN'] === undefined) return;
    await rm(expected, { recursive: true, force: true });
    for (const file of files) {
      await mkdir(path.dirname(path.join(expected, file.path)), { recursive: true });
      await writeFile(path.join(expected, file.path), file.text);
    }
  });

  test.each(files)('$path', async (file) => {
    expect(file.text).toBe(await readFile(path.join(expected, file.path), 'utf8'));
  });

  test('has no other file', async () => {
    const entries = await readdir(expected, { recursive: true, withFileTypes: true });
    const found = entries
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(expected, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'));
    expect(found.sort()).toEqual(files.map((file) => file.path).sort());
  });
});
