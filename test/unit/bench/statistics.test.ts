import { describe, expect, test } from 'vitest';
import { benchModule } from './modules.ts';

const { median, summary, ratios } = await benchModule('lib/statistics.mjs');
const { table } = await benchModule('lib/table.mjs');
const { orderOf } = await benchModule('lib/rounds.mjs');
const { commandLine } = await benchModule('lib/command-line.mjs');

test('a median is the number in the middle, or the mean of two', () => {
  expect(median([10, 9, 2])).toBe(9);
  expect(median([10, 2, 9, 100])).toBe(9.5);
  expect(() => median([])).toThrow();
});

test('a summary has the extremes, too', () => {
  expect(summary([3, 1, 2])).toEqual({ median: 2, least: 1, greatest: 3 });
});

describe('ratios', () => {
  test('are those of the same round', () => {
    expect(ratios([10, 30, 80], [10, 10, 20])).toEqual({ median: 3, least: 1, greatest: 4 });
  });

  test('leave out rounds that were not measured', () => {
    expect(ratios([10, null, 80], [5, 10, null])).toEqual({ median: 2, least: 2, greatest: 2 });
    expect(ratios([10, 20], [10])).toEqual({ median: 1, least: 1, greatest: 1 });
  });

  test('are null without a common round', () => {
    expect(ratios([null, 1], [1, null])).toBeNull();
    expect(ratios([1], [])).toBeNull();
  });
});

test('each round has every program, but starts with another', () => {
  expect([1, 2, 3].map((round) => orderOf(['a', 'b', 'c', 'd', 'e'], round, 3).join(''))).toEqual([
    'abcde',
    'bcdea',
    'deabc',
  ]);
});

test('a command has the flags that were given', () => {
  const flags = { rounds: '5', only: '', fresh: true };
  expect(commandLine('bench:peers', flags)).toBe('npm run bench:peers -- --rounds 5 --fresh');
  expect(commandLine('bench:peers', { ...flags, fresh: false })).toBe('npm run bench:peers -- --rounds 5');
});

test('a table aligns its columns', () => {
  const rows = [
    ['', 'a', 'long'],
    ['first', '10', '-'],
  ];
  expect(table(rows)).toEqual(['        a  long', 'first  10     -']);
});
