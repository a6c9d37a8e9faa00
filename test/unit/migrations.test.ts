import fc from 'fast-check';
import { expect, test } from 'vitest';
import { migrationOf, numbered, versionAfter } from '../../src/model/migrations.ts';
import { holds } from '../support/property.ts';

test.each([
  ['migrations/20260101000100_create_teas.up.sql', 'migrations/20260101000100_create_teas', '20260101000100'],
  [
    'migrations/2026-01-01-000100-0000_create_teas/up.sql',
    'migrations/2026-01-01-000100-0000_create_teas',
    '20260101000100',
  ],
  ['src/m20260101_000100_create_teas.rs', 'src/m20260101_000100_create_teas', '20260101000100'],
  ['m20260101_000100_2fa', 'm20260101_000100_2fa', '20260101000100'],
  ['migrations/0002_teas.sql', 'migrations/0002_teas', '00000000000002'],
  ['migrations/1764240000000000_teas.sql', 'migrations/1764240000000000_teas', '99999999999999'],
  ['migrations/00020260101000100_teas.sql', 'migrations/00020260101000100_teas', '20260101000100'],
  ['migrations/2027-01_teas/up.sql', 'migrations/2027-01_teas', '20270199999999'],
])('%s has a version', (path, entry, version) => {
  expect(migrationOf(path)).toMatchObject({ entry, version });
});

test.each(['migrations/README.md', '.sqlx/query-1234.json', 'src/db/migration/mod.rs', 'src/db/m2_x.rs', 'a/b_1.sql'])(
  '%s is no migration',
  (path) => expect(migrationOf(path)).toBeNull(),
);

const VERSIONS = { '20260101000100': '20261127120001' };

test.each([
  ['migrations/20260101000100_create_9_teas.up.sql', 'migrations/20261127120001_create_9_teas.up.sql'],
  ['migrations/2026-01-01-000100-0000_change_teas/up.sql', 'migrations/2026-11-27-120001-0000_change_teas/up.sql'],
  ['a1/m20260101_000100_teas.rs', 'a1/m20261127_120001_teas.rs'],
  ['m20260101_000100_teas', 'm20261127_120001_teas'],
  ['migrations/20260101000200_teas.up.sql', 'migrations/20260101000200_teas.up.sql'],
  ['README.md', 'README.md'],
])('%s is %s with another version', (path, expected) => expect(numbered(path, VERSIONS)).toBe(expected));

test.each([
  ['20261127120000', '20261127120001'],
  ['20261231235959', '20270101000000'],
  ['20269999999999', '20340611044040'],
  ['99991231235959', null],
  ['99999999999999', null],
])('after %s comes %s', (version, next) => expect(versionAfter(version)).toBe(next));

test('what comes after a version is later, and has as many digits', () =>
  holds(
    fc.property(fc.integer({ min: 1000_00_00_00_00_00, max: 9899_99_99_99_99_99 }).map(String), (version) => {
      const next = versionAfter(version) ?? '';
      expect(next).toMatch(/^\d{14}$/);
      expect(next > version).toBe(true);
    }),
    { runs: 1000 },
  ));
