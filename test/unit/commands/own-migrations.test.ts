import { expect, test } from 'vitest';
import { problemsOfMigrations } from '../../../src/commands/change/own-migrations.ts';
import type { FileSet } from '../../../src/model/files.ts';
import { populate, temporaryFolder } from '../project/temporary-folder.ts';

const rendered = (path: string, kind: 'migration' | 'change'): FileSet => [
  {
    ...{ path, text: '', executable: false },
    origin: { part: 'p', template: `p/resource-files/x_[${kind}]_[plural]`, class: 'seed' },
  },
];

const CREATED = 'migrations/20260101000100_create_teas.up.sql';
const CHANGED = 'migrations/20260101000200_change_teas.up.sql';
const DIESEL = 'migrations/2026-01-01-000200-0000_change_teas/up.sql';
const SEA_ORM = 'src/db/migration/m20260101_000200_change_teas.rs';

test.each([
  [
    'a version that is taken',
    rendered(CREATED, 'migration'),
    'migrations/20260101000100_count.up.sql',
    /would have the version of/,
  ],
  [
    'a change before one of the owner',
    rendered(CHANGED, 'change'),
    'migrations/20261127120000_count.up.sql',
    /would run before/,
  ],
  ['the same of a folder', rendered(DIESEL, 'change'), 'migrations/2026-11-27-120000_count/up.sql', /would run before/],
  [
    'the same of a module',
    rendered(SEA_ORM, 'change'),
    'src/db/migration/m20261127_120000_count.rs',
    /would run before/,
  ],
])('%s is a problem', (_, files, own, message) => {
  const root = temporaryFolder();
  populate(root, { [own]: '' });
  const problems = problemsOfMigrations(root, files, new Map());
  expect(problems.map((problem) => problem.message)).toEqual([expect.stringMatching(message)]);
  expect(problems[0]?.message).toContain(own.replace(/(?:\/up|\.up)?\.\w+$/, ''));
});

test.each([
  ['a new table before one of the owner', rendered(CREATED, 'migration'), 'migrations/20261127120000_count.up.sql'],
  ['a change after one of the owner', rendered(CHANGED, 'change'), 'migrations/20260101000150_count.up.sql'],
  ['what is no migration', rendered(CHANGED, 'change'), 'migrations/README.md'],
])('%s is none', (_, files, own) => {
  const root = temporaryFolder();
  populate(root, { [own]: '' });
  expect(problemsOfMigrations(root, files, new Map())).toEqual([]);
});

test('what create-api wrote before is not of the owner', () => {
  const root = temporaryFolder();
  const later = 'migrations/20260101000300_change_cups.up.sql';
  populate(root, { [later]: '', [CHANGED]: '' });
  const base = new Map([later, CHANGED].map((path) => [path, {}]));
  expect(problemsOfMigrations(root, rendered(CHANGED, 'change'), base)).toEqual([]);
  expect(problemsOfMigrations(root, rendered(CHANGED, 'change'), new Map([[later, {}]]))).toEqual([]);
});
