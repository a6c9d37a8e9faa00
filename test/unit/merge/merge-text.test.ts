import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { findMarkers, labelsFor } from '../../../src/merge/markers.ts';
import { markDifferences, mergeText } from '../../../src/merge/merge-text.ts';
import { holds } from '../../support/property.ts';
import { repetitiveTexts, signedTexts } from './edited-lines.ts';

/** How many texts are compared with what Git makes of them. */
const CASES = 200;

const LABELS = labelsFor('0.1.0');

const merge = (base: string, ours: string, theirs: string) => mergeText({ base, ours, theirs }, LABELS);

describe('two versions', () => {
  test.each([
    ['apart', 'a\nb\nc\n', 'A\nb\nc\n', 'a\nb\nC\n', 'A\nb\nC\n'],
    ['made alike', 'a\nb\n', 'a\nB\n', 'a\nB\n', 'a\nB\n'],
    ['of the final line ending', 'a\nb\nc', 'A\nb\nc', 'a\nb\nc\n', 'A\nb\nc\n'],
    ['without a final line ending', 'a\nb\nc', 'a\nb\nC', 'A\nb\nc', 'A\nb\nC'],
    ['with carriage returns', 'a\r\nb\r\nc\r\n', 'A\r\nb\r\nc\r\n', 'a\r\nb\r\nC\r\n', 'A\r\nb\r\nC\r\n'],
    ['of a text that was empty', '', '', 'a\n', 'a\n'],
  ])('with changes %s are merged', (_, base, ours, theirs, text) => {
    expect(merge(base, ours, theirs)).toEqual({ text, conflicts: [] });
  });

  test('with changes of the same lines are a conflict between markers', () => {
    expect(merge('a\nb\nc\n', 'a\nours\nc\n', 'a\ntheirs\nc\n')).toEqual({
      conflicts: [2],
      text: 'a\n<<<<<<< yours\nours\n||||||| base\nb\n=======\ntheirs\n>>>>>>> create-api 0.1.0\nc\n',
    });
  });

  test('with changes of lines that touch are a conflict, as in Git', () => {
    expect(merge('a\nb\n', 'A\nb\n', 'a\nB\n').conflicts).toEqual([1]);
  });

  test('are marked with the line ending that they have, also where a text ends without one', () => {
    expect(merge('a\r\nb', 'a\r\nours', 'a\r\ntheirs').text).toBe(
      'a\r\n<<<<<<< yours\r\nours\r\n||||||| base\r\nb\r\n=======\r\ntheirs\r\n>>>>>>> create-api 0.1.0\r\n',
    );
  });

  test('without a base are marked wherever they differ', () => {
    expect(markDifferences('a\nb\nc\n', 'a\nB\nc\nd\n', LABELS)).toEqual({
      conflicts: [2, 4],
      text: [
        'a\n<<<<<<< yours\nb\n=======\nB\n>>>>>>> create-api 0.1.0\n',
        'c\n<<<<<<< yours\n=======\nd\n>>>>>>> create-api 0.1.0\n',
      ].join(''),
    });
  });
});

/** The lines of a text that are not empty, sorted. */
const linesOf = (text: string) =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .sort();

describe('any three versions', () => {
  test('are what one side has, if the other changed nothing or the same', async () => {
    await holds(
      fc.property(repetitiveTexts, ({ base, ours, theirs }) => {
        const merged = [merge(base, ours, base), merge(base, base, theirs), merge(base, ours, ours)];
        expect(merged).toEqual([ours, theirs, ours].map((text) => ({ text, conflicts: [] })));
      }),
      { runs: 1000 },
    );
  });

  test('lose no line that a side added', async () => {
    await holds(
      fc.property(signedTexts, ({ base, ours, theirs }) => {
        const merged = new Set(linesOf(merge(base, ours, theirs).text));
        const added = linesOf(`${ours}\n${theirs}`).filter((line) => !line.startsWith('base'));
        expect(added.filter((line) => !merged.has(line))).toEqual([]);
      }),
      { runs: 2000 },
    );
  });

  test('have, if they can be merged, what a side added and what neither removed', async () => {
    await holds(
      fc.property(signedTexts, ({ base, ours, theirs }) => {
        const merged = merge(base, ours, theirs);
        fc.pre(merged.conflicts.length === 0);
        const [inBase, inOurs, inTheirs] = [new Set(linesOf(base)), new Set(linesOf(ours)), new Set(linesOf(theirs))];
        const expected = linesOf(`${ours}\n${theirs}`).filter(
          (line) => !inBase.has(line) || (inOurs.has(line) && inTheirs.has(line)),
        );
        expect(new Set(linesOf(merged.text))).toEqual(new Set(expected));
      }),
      { runs: 1000 },
    );
  });

  test('have the same conflicts whichever side is whose', async () => {
    await holds(
      fc.property(repetitiveTexts, ({ base, ours, theirs }) => {
        const [there, back] = [merge(base, ours, theirs), merge(base, theirs, ours)];
        expect(back.conflicts).toHaveLength(there.conflicts.length);
        if (there.conflicts.length === 0) expect(back.text).toBe(there.text);
      }),
      { runs: 1000 },
    );
  });

  test('name the lines of each conflict in the text of the user', async () => {
    await holds(
      fc.property(signedTexts, ({ base, ours, theirs }) => {
        const { text, conflicts } = merge(base, ours, theirs);
        const marked = [...text.matchAll(/^<{7} yours\n([\s\S]*?)^[|]{7} /gm)].map(([, lines = '']) => linesOf(lines));
        const named = conflicts.map((line, index) =>
          ours.split('\n').slice(line - 1, line - 1 + (marked[index]?.length ?? 0)),
        );
        expect(named.map((lines) => [...lines].sort())).toEqual(marked);
      }),
      { runs: 500 },
    );
  });

  test('have markers if and only if there are conflicts', async () => {
    await holds(
      fc.property(repetitiveTexts, ({ base, ours, theirs }) => {
        const { text, conflicts } = merge(base, ours, theirs);
        expect(findMarkers(text)).toHaveLength(3 * conflicts.length);
      }),
      { runs: 500 },
    );
  });
});

describe('git merge-file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'merge-text-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('merges any text in the same way, if both can', () => {
    const cases = fc.sample(repetitiveTexts, CASES);
    for (const [index, texts] of cases.entries()) {
      for (const [side, text] of Object.entries(texts)) writeFileSync(join(folder, `${index}.${side}`), text);
    }
    // One shell for all of them: starting Git is what takes time.
    const loop = `for i in $(seq 0 ${CASES - 1}); do git merge-file --quiet $i.ours $i.base $i.theirs || touch $i.conflict; done`;
    expect(spawnSync('sh', ['-c', loop], { cwd: folder, encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });

    const clean = cases.flatMap((texts, index) => {
      const { text, conflicts } = mergeText(texts, LABELS);
      const isClean = conflicts.length === 0 && !existsSync(join(folder, `${index}.conflict`));
      return isClean ? [{ texts, text, expected: readFileSync(join(folder, `${index}.ours`), 'utf8') }] : [];
    });
    expect(clean.length).toBeGreaterThan(CASES / 4);
    expect(clean.filter(({ text, expected }) => text !== expected)).toEqual([]);
  });
});
