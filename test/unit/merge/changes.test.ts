import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changesBetween } from '../../../src/merge/changes.ts';
import { holds } from '../../support/property.ts';

const sequence = (alphabet: number) => fc.array(fc.nat(alphabet - 1), { maxLength: 30 });
const pair = fc.constantFrom(2, 3, 6, 30).chain((alphabet) => fc.tuple(sequence(alphabet), sequence(alphabet)));

const changes = (a: readonly number[], b: readonly number[]) => changesBetween(Int32Array.from(a), Int32Array.from(b));

/** Checks that the changes are in order and apart, and that what is between them is the same on both sides. */
function check(a: readonly number[], b: readonly number[]): number {
  let [aEnd, bEnd, edits] = [0, 0, 0];
  const found = changes(a, b);
  for (const [index, change] of found.entries()) {
    const same = a.slice(aEnd, change.aStart);
    const isSame = String(same) === String(b.slice(bEnd, change.bStart));
    if (!isSame || (index > 0 && same.length === 0)) expect.fail(`wrong changes: ${JSON.stringify({ a, b, found })}`);
    edits += change.aEnd - change.aStart + change.bEnd - change.bStart;
    [aEnd, bEnd] = [change.aEnd, change.bEnd];
  }
  expect(a.slice(aEnd)).toEqual(b.slice(bEnd));
  return edits;
}

/** The number of edits of a shortest script, by the textbook table. */
function fewestEdits(a: readonly number[], b: readonly number[]): number {
  let above = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [row, element] of a.entries()) {
    const current = [row + 1];
    for (const [column, other] of b.entries()) {
      const diagonal = above[column] as number;
      current.push(element === other ? diagonal : 1 + Math.min(current[column] as number, above[column + 1] as number));
    }
    above = current;
  }
  return above[b.length] as number;
}

test('the changes turn one sequence into the other, with the fewest edits', async () => {
  await holds(
    fc.property(pair, ([a, b]) => {
      expect(check(a, b)).toBe(fewestEdits(a, b));
    }),
    { runs: 2000 },
  );
});

test('long sequences that have little in common, or one element repeated, take the time of a valid script', () => {
  const noise = (length: number, alphabet: number, factor: number) =>
    Array.from({ length }, (_, index) => ((index * factor) % 7919) % alphabet);
  for (const alphabet of [1, 2, 5, 7000]) {
    const edits = check(noise(5000, alphabet, 31), noise(4000, alphabet, 57));
    expect(edits).toBeGreaterThanOrEqual(1000);
    expect(edits).toBeLessThanOrEqual(9000);
  }
});

test.each([
  [
    'an added element of a run stands at its end',
    [1, 1, 1],
    [1, 1, 1, 1],
    [{ aStart: 3, aEnd: 3, bStart: 3, bEnd: 4 }],
  ],
  ['a removed one, too', [1, 1, 1], [1, 1], [{ aStart: 2, aEnd: 3, bStart: 2, bEnd: 2 }]],
  [
    'but not if the other side has a change where it may stand',
    [1, 2, 2],
    [1, 3, 2],
    [{ aStart: 1, aEnd: 2, bStart: 1, bEnd: 2 }],
  ],
])('%s', (_, a, b, expected) => {
  expect(changes(a, b)).toEqual(expected);
});
