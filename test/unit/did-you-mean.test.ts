import { describe, expect, test } from 'vitest';
import { didYouMean, editDistance } from '../../src/model/did-you-mean.ts';

test.each([
  ['', 'abc', 3],
  ['abc', 'abc', 0],
  ['abc', 'acb', 1],
  ['abc', 'abcd', 1],
  ['kitten', 'sitting', 3],
])('from %j to %j it is %i', (a, b, distance) => {
  expect(editDistance(a, b)).toBe(distance);
  expect(editDistance(b, a)).toBe(distance);
});

describe('didYouMean', () => {
  const ids = ['sqlite', 'postgres', 'mysql'];
  test.each([
    ['postgresql', 'postgres'],
    ['Postgres', 'postgres'],
    ['sqlit', 'sqlite'],
    ['mysq', 'mysql'],
    ['oracle', null],
    ['', null],
  ])('%j: %j', (given, meant) => {
    expect(didYouMean(given, ids)).toBe(meant);
  });
});
