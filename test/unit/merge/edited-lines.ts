import fc from 'fast-check';
import type { TextVersions } from '../../../src/merge/merge-text.ts';

/** A replacement of some lines: at `at` of the way through the text, `removed` lines by others. */
interface Edit {
  readonly at: number;
  readonly removed: number;
  readonly added: readonly string[];
}

const edits = (line: fc.Arbitrary<string>): fc.Arbitrary<readonly Edit[]> =>
  fc.array(
    fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      removed: fc.nat(3),
      added: fc.array(line, { maxLength: 3 }),
    }),
    { maxLength: 5 },
  );

function apply(base: readonly string[], edits: readonly Edit[]): readonly string[] {
  return edits.reduce((lines, { at, removed, added }) => {
    const start = Math.round(at * lines.length);
    return [...lines.slice(0, start), ...added, ...lines.slice(start + removed)];
  }, base);
}

/** Three versions of a text, some of which do not end with a line ending. */
const texts = (base: fc.Arbitrary<readonly string[]>, ours: fc.Arbitrary<string>, theirs: fc.Arbitrary<string>) =>
  fc
    .record({
      base,
      ours: edits(ours),
      theirs: edits(theirs),
      endings: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
    })
    .map(({ base, ours, theirs, endings }): TextVersions => {
      const text = (lines: readonly string[], hasEnding = true) =>
        lines.length === 0 ? '' : lines.join('\n') + (hasEnding ? '\n' : '');
      return {
        base: text(base, endings[0]),
        ours: text(apply(base, ours), endings[1]),
        theirs: text(apply(base, theirs), endings[2]),
      };
    });

/** Versions with few different lines, so that many are repeated. */
export const repetitiveTexts = fc.constantFrom(2, 5, 12, 500).chain((alphabet) => {
  const line = fc.nat(alphabet - 1).map((number) => `line ${number}`);
  return texts(fc.array(line, { maxLength: 40 }), line, line);
});

/** Versions in which each line says who added it; those of the base are all different. */
export const signedTexts = texts(
  fc.nat(40).map((length) => Array.from({ length }, (_, index) => `base ${index}`)),
  fc.nat(99).map((number) => `ours ${number}`),
  fc.nat(99).map((number) => `theirs ${number}`),
);
