import { expect, test } from 'vitest';
import { numberMigrations } from '../../../src/commands/change/number-migrations.ts';
import type { ExpectedError } from '../../../src/model/errors.ts';
import type { MigrationVersions } from '../../../src/model/migrations.ts';

const planned = (...paths: readonly string[]) =>
  paths.map((path) => ({ path, class: path.endsWith('.sql') ? ('seed' as const) : ('merge' as const) }));

function versionsFor(
  paths: readonly string[],
  own: readonly string[],
  rest: { before?: readonly string[]; versions?: MigrationVersions; isOther?: boolean } = {},
) {
  const { before = [], versions = {}, isOther = false } = rest;
  const seed = { text: '', executable: false, class: 'seed' } as const;
  const base = new Map(before.map((path) => [path, { ...seed, path }]));
  const namesIn = (folder: string) =>
    folder === 'migrations/' ? [...own, ...before.map((path) => path.slice(folder.length))] : [];
  return numberMigrations({ planned: planned(...before, ...paths), base, versions, isOther, namesIn });
}

const TEAS = ['migrations/20260101000100_create_teas.up.sql', 'migrations/20260101000100_create_teas.down.sql'];
const CUPS = 'migrations/20260101000200_create_cups.up.sql';

test.each([
  ['after one with the same version', ['20260101000100_count.up.sql'], '20260101000101'],
  ['after a later one', ['20261127120000_count.up.sql'], '20261127120001'],
  ['after the latest one', ['20261127120000_count.up.sql', '20261231235959_count.sql'], '20270101000000'],
])('new migrations are numbered %s', (_, own, version) => {
  expect(versionsFor(TEAS, own)).toEqual({ '20260101000100': version });
});

test.each([
  ['one before it', ['20260101000059_count.up.sql']],
  ['one with a small number', ['0001_count.sql', '7_count.sql']],
  ['what is no migration', ['README.md', 'notes_20261127.sql']],
])('%s does not matter', (_, own) => expect(versionsFor(TEAS, own)).toEqual({}));

test('several are numbered in their order, also after what was there before', () => {
  const own = ['20260101000050_count.sql'];
  expect(
    versionsFor(['migrations/20260101000001_a.sql', 'migrations/20260101000002_b.sql'], own, { before: TEAS }),
  ).toEqual({
    '20260101000001': '20260101000101',
    '20260101000002': '20260101000102',
  });
  expect(versionsFor([...TEAS, CUPS], ['20260101000159_count.sql'])).toEqual({
    '20260101000100': '20260101000200',
    '20260101000200': '20260101000201',
  });
});

test('what create-api wrote before is not of the owner, and stays', () => {
  expect(versionsFor(TEAS, [], { before: [CUPS] })).toEqual({});
  expect(versionsFor([], ['20261127120000_count.sql'], { before: TEAS })).toEqual({});
});

test('a new one whose version another one has got is numbered, too', () => {
  const versions = { '20260101000001': '20260101000100' };
  const before = ['migrations/20260101000100_create_credentials.up.sql'];
  expect(versionsFor(TEAS, ['20260101000059_count.sql'], { before, versions })).toEqual({
    ...versions,
    '20260101000100': '20260101000101',
  });
});

test('with another structure those that have a version in the lock keep it', () => {
  const versions = { '20260101000001': '20260101000100' };
  const paths = ['migrations/2026-01-01-000100-0000_create_credentials/up.sql'];
  expect(versionsFor(paths, ['20260101000059_count.sql'], { versions, isOther: true })).toEqual(versions);
});

test('with another structure only the same version matters', () => {
  expect(versionsFor(TEAS, ['20261127120000_count.sql'], { isOther: true })).toEqual({});
  expect(versionsFor(TEAS, ['20260101000100_count.sql'], { isOther: true })).toEqual({
    '20260101000100': '20260101000101',
  });
});

test.each(['99999999999999_count.sql', '1764240000000000_count.sql'])('after %s no version is later', (own) => {
  const refused = (): readonly string[] => {
    try {
      versionsFor([...TEAS, CUPS], [own]);
      return [];
    } catch (error) {
      expect((error as ExpectedError).exitCode).toBe(3);
      return (error as ExpectedError).problems.map(({ message }) => message);
    }
  };
  const entry = own.replace('.sql', '');
  expect(refused()).toEqual([
    `migrations/20260101000100_create_teas has to run after migrations/${entry}, and no version is later`,
    `migrations/20260101000200_create_cups has to run after migrations/${entry}, and no version is later`,
  ]);
});
