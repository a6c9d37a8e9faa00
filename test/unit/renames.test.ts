import { describe, expect, test } from 'vitest';
import { renderProject } from '../../src/commands/change/render-project.ts';
import type { Answers } from '../../src/model/answers.ts';
import { ALONE } from '../../src/plan/placement.ts';
import {
  changed,
  changedWithConflicts,
  contentOf,
  created,
  options,
  type Project,
} from '../support/project-in-memory.ts';
import { answersFor, extrasOf } from '../support/projects.ts';

const EVERYTHING = { middleware: extrasOf('middleware', 'all'), features: extrasOf('features', 'all') };
const AXUM = answersFor({ framework: 'axum', dbLayer: 'sqlx', database: 'sqlite', auth: 'jwt' }, EVERYTHING);
const LOCO = answersFor({ framework: 'loco', dbLayer: 'sea-orm', database: 'postgres', auth: 'session' });

/** The earlier paths of the files of a project, by their paths now. */
const renamesOf = (answers: Answers) =>
  renderProject(answers, { placement: ALONE, migrations: {} }, [], options).plan.renames;

/** A project whose files still have their earlier names. */
function earlier(answers: Answers): Project {
  const { base, files } = created(answers);
  const renames = renamesOf(answers);
  const nameOf = (path: string) => renames.get(path) ?? path;
  return {
    answers,
    migrations: {},
    base: new Map([...base].map(([path, file]) => [nameOf(path), { ...file, path: nameOf(path) }])),
    files: new Map([...files].map(([path, file]) => [nameOf(path), file])),
  };
}

const edited = ({ files, ...project }: Project, path: string, line: string): Project => {
  const state = files.get(path);
  if (state === undefined) throw new Error(`there is no ${path}`);
  const bytes = new TextEncoder().encode(`${new TextDecoder().decode(state.bytes)}${line}\n`);
  return { ...project, files: new Map([...files, [path, { ...state, bytes }]]) };
};

const textAt = ({ files }: Project, path: string) => new TextDecoder().decode(files.get(path)?.bytes);

describe('a project with files under their earlier names', () => {
  test('declares what 0.1.0 called otherwise', () => {
    expect(Object.fromEntries(renamesOf(AXUM))).toMatchObject({
      'src/config/seconds.rs': 'src/config/values.rs',
      'src/telemetry/mod.rs': 'src/telemetry.rs',
      'src/client.rs': 'src/rate_limit/client.rs',
      'src/rate_limit/shared.rs': 'src/rate_limit/store.rs',
    });
    const alone = renamesOf({ ...AXUM, ...EVERYTHING, features: [] });
    expect(alone.get('src/rate_limit/memory.rs')).toBe('src/rate_limit/store.rs');
    expect(renamesOf(LOCO).get('migration/src/lib.rs')).toBe('src/db/migration/mod.rs');
    expect(renamesOf(LOCO).get('src/models/users.rs')).toBe('src/db/users.rs');
  });

  test.each([
    ['axum', AXUM],
    ['loco', LOCO],
  ])('becomes one with the new ones: %s', async (_, answers) => {
    expect(contentOf(await changed(earlier(answers), answers))).toEqual(contentOf(created(answers)));
  });

  test.each([
    ['a file that is merged', AXUM, 'src/telemetry/mod.rs'],
    ['a migration', LOCO, 'migration/src/m20260101_000000_create_users.rs'],
    ['a list of modules', LOCO, 'migration/src/lib.rs'],
  ])('keeps the edits of %s', async (_, answers, path) => {
    const old = renamesOf(answers).get(path) ?? '';
    const after = await changed(edited(earlier(answers), old, '// Ours.'), answers);
    expect(textAt(after, path)).toMatch(/\n\/\/ Ours\.\n$/);
    expect(after.files.has(old)).toBe(false);
    expect([...after.base.keys()]).toEqual([...created(answers).base.keys()]);
  });

  test('asks a person who has files of both names', async () => {
    const both = edited(earlier(AXUM), 'src/telemetry.rs', '// Ours.');
    const files = new Map([
      ...both.files,
      ['src/telemetry/mod.rs', { bytes: new Uint8Array([10]), mode: 'file' as const }],
    ]);
    const { conflicts } = await changedWithConflicts({ ...both, files }, AXUM);
    expect([...conflicts.keys()]).toEqual(['src/telemetry.rs', 'src/telemetry/mod.rs']);
  });

  test('does without a file that was deleted', async () => {
    const { files, ...rest } = earlier(AXUM);
    const after = await changed(
      { ...rest, files: new Map([...files].filter(([path]) => path !== 'src/telemetry.rs')) },
      AXUM,
    );
    expect(
      [...after.files.keys()].filter((path) => path.startsWith('src/telemetry') && path.endsWith('mod.rs')),
    ).toEqual([]);
  });
});

test('a change of framework carries the edits of a handler to where the other one has its handlers', async () => {
  const axum = { ...AXUM, ...EVERYTHING, middleware: [], features: [] };
  const before = edited(created(axum), 'src/routes/mod.rs', '// Ours.');
  const { project, conflicts } = await changedWithConflicts(before, { ...axum, framework: 'loco' });
  expect(textAt(project, 'src/controllers/mod.rs')).toContain('// Ours.');
  expect(project.files.has('src/routes/mod.rs')).toBe(false);
  expect([...conflicts.keys()].filter((path) => path !== 'src/controllers/mod.rs')).toEqual([]);
});
