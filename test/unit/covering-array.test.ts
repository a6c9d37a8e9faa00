import { describe, expect, test } from 'vitest';
import type { AxisId } from '../../src/model/axes.ts';
import type { Catalog } from '../../src/model/catalog.ts';
import { buildSelections, factorsOf } from '../support/build-selections.ts';
import { coveringArray, pairsOf } from '../support/covering-array.ts';
import { catalog } from '../support/projects.ts';
import { part, catalog as small } from './fixtures/catalog.ts';

const ids = (count: number, prefix: string) => Array.from({ length: count }, (_, index) => `${prefix}${index}`);
const parts = (axis: AxisId, count: number) => ids(count, axis).map((id) => part(axis, id));
const withoutDatabase = part('dbLayer', 'memory', { excludesAxes: ['database'] });

/** As many choices as are planned for create-api. */
const large: Catalog = {
  ...small,
  parts: {
    framework: parts('framework', 4),
    dbLayer: [...parts('dbLayer', 3), withoutDatabase],
    database: parts('database', 3),
    auth: parts('auth', 3),
    middleware: parts('middleware', 11),
    features: parts('features', 6),
  },
};

describe('a large catalog', () => {
  const factors = factorsOf(large);
  const rows = coveringArray(factors);

  test('needs few more rows than its two largest axes have pairs', () => {
    expect(rows.length).toBeGreaterThanOrEqual(16);
    expect(rows.length).toBeLessThanOrEqual(20);
  });

  test('covers every pair of the structure and of any two switches', () => {
    const found = new Set(rows.flatMap(pairsOf));
    const missing = (pairs: readonly string[]) => pairs.filter((pair) => !found.has(pair));
    expect(missing(factors.bases.flatMap(pairsOf))).toEqual([]);
    const settings = factors.switches.flatMap((name) => [`${name}=on`, `${name}=off`]);
    const values = new Set(factors.bases.flatMap((base) => Object.entries(base).map((entry) => entry.join('='))));
    expect(missing([...values].flatMap((value) => settings.map((setting) => `${value} & ${setting}`)))).toEqual([]);
    const withTwo = factors.switches.flatMap((first, index) =>
      factors.switches
        .slice(index + 1)
        .flatMap((second) => ['on', 'off'].flatMap((a) => ['on', 'off'].map((b) => `${first}=${a} & ${second}=${b}`))),
    );
    expect(missing(withTwo)).toEqual([]);
  });

  test('returns the same rows every time', () => {
    expect(coveringArray(factors)).toEqual(rows);
  });
});

test('incompatible pairs are in no row, and all others are covered', () => {
  const found = new Set(coveringArray(factorsOf(small)).flatMap(pairsOf));
  expect(found).not.toContain('framework=wren & database=server');
  expect(found).not.toContain('framework=wren & middleware:limit=on');
  expect(found).not.toContain('framework=kite & features:sketch=on');
  expect(found).not.toContain('middleware:limit=on & features:sketch=on');
  expect(found).toContain('framework=wren & features:sketch=on');
  expect(found).toContain('framework=kite & middleware:limit=on');
  expect(found).toContain('middleware:limit=off & features:sketch=on');
});

test('mutually exclusive switches are covered separately', () => {
  const rows = coveringArray({ bases: [{ a: '1' }], switches: ['b', 'c'], illegal: new Set(['b=on & c=on']) });
  expect(rows).toHaveLength(3);
});

test('sessions without Redis are built on every framework, layer and database', () => {
  const built = buildSelections().filter(({ auth, features }) => auth === 'session' && !features.includes('redis'));
  const ids = new Set(built.flatMap(({ framework, dbLayer, database }) => [framework, dbLayer, database]));
  const structures = [...catalog.parts.framework, ...catalog.parts.dbLayer, ...catalog.parts.database];
  expect(structures.map(({ id }) => id).filter((id) => !ids.has(id))).toEqual([]);
});
