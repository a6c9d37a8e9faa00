import { describe, expect, test } from 'vitest';
import { mergeLockfile } from '../../../src/merge/lockfile.ts';
import { HEADER, lock } from '../../support/lock-text.ts';

type Packages = Parameters<typeof lock>[0];

const merge = (base: Packages, ours: Packages, theirs: Packages) =>
  mergeLockfile({ base: lock(base), ours: lock(ours), theirs: lock(theirs) });

describe('Cargo.lock', () => {
  test.each<[title: string, base: Packages, ours: Packages, theirs: Packages, merged: Packages]>([
    [
      'has the packages that either side added',
      { 'app 0.1.0': [] },
      { 'app 0.1.0': ['mine'], 'mine 1.0.0': [] },
      { 'app 0.1.0': ['new'], 'new 1.0.0': [] },
      { 'app 0.1.0': ['mine', 'new'], 'mine 1.0.0': [], 'new 1.0.0': [] },
    ],
    [
      'keeps the version that the user moved to',
      { 'app 0.1.0': ['a'], 'a 1.0.0': [] },
      { 'app 0.1.0': ['a'], 'a 1.0.1': [] },
      { 'app 0.1.0': ['a', 'b'], 'a 1.0.0': [], 'b 1.0.0': ['a'] },
      { 'a 1.0.1': [], 'app 0.1.0': ['a', 'b'], 'b 1.0.0': ['a'] },
    ],
    [
      'has both versions that the sides moved to, for cargo to choose',
      { 'app 0.1.0': ['a'], 'a 1.0.0': [] },
      { 'app 0.1.0': ['a'], 'a 1.0.10': [] },
      { 'app 0.1.0': ['a'], 'a 1.0.9': [] },
      { 'a 1.0.9': [], 'a 1.0.10': [], 'app 0.1.0': ['a 1.0.10', 'a 1.0.9'] },
    ],
    [
      'lacks what either side removed',
      { 'app 0.1.0': ['a', 'b', 'c'], 'a 1.0.0': [], 'b 1.0.0': [], 'c 1.0.0': [] },
      { 'app 0.1.0': ['b', 'c'], 'b 1.0.0': [], 'c 1.0.0': [] },
      { 'app 0.1.0': ['a', 'c'], 'a 1.0.0': [], 'c 1.0.0': [] },
      { 'app 0.1.0': ['c'], 'c 1.0.0': [] },
    ],
    [
      "keeps what the user's packages need, although the templates removed it",
      { 'app 0.1.0': ['a'], 'a 1.0.0': [] },
      { 'app 0.1.0': ['a', 'mine'], 'a 1.0.0': [], 'mine 1.0.0': ['a'] },
      { 'app 0.1.0': ['b'], 'b 1.0.0': [] },
      { 'a 1.0.0': [], 'app 0.1.0': ['b', 'mine'], 'b 1.0.0': [], 'mine 1.0.0': ['a'] },
    ],
  ])('%s', (_, base, ours, theirs, merged) => {
    expect(merge(base, ours, theirs)).toEqual({ text: lock(merged), conflicts: [] });
  });

  test('that is broken is a conflict, and stays as it is', () => {
    const ours = '<<<<<<< HEAD\n[[package]]\n';
    expect(mergeLockfile({ base: HEADER, ours, theirs: HEADER })).toMatchObject({
      text: ours,
      reason: /cargo writes it anew/,
    });
  });
});
