import { expect, test } from 'vitest';
import { coveringArray, pairsOf, type Row } from '../support/covering-array.ts';

function product(factors: Readonly<Record<string, readonly string[]>>): readonly Row[] {
  return Object.entries(factors).reduce<readonly Row[]>(
    (rows, [factor, values]) => rows.flatMap((row) => values.map((value) => ({ ...row, [factor]: value }))),
    [{}],
  );
}

test('every pair of the candidates appears, in far fewer rows', () => {
  const candidates = product({ a: ['1', '2', '3'], b: ['x', 'y'], c: ['on', 'off'], d: ['on', 'off'] });
  const rows = coveringArray(candidates);
  expect(new Set(rows.flatMap(pairsOf))).toEqual(new Set(candidates.flatMap(pairsOf)));
  expect(rows.length).toBeLessThan(candidates.length / 2);
});

test('a pair that no candidate has is not asked for', () => {
  const rows = coveringArray([
    { a: '1', b: 'x' },
    { a: '2', b: 'y' },
  ]);
  expect(rows).toHaveLength(2);
});
