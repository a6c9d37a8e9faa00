import { changesBetween } from './changes.ts';
import { numberLines, splitLines } from './lines.ts';
import { type Labels, markConflict } from './markers.ts';
import { type Range, type Region, regionsOf } from './regions.ts';

/** Three versions of a text. */
export interface TextVersions {
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
}

/** A merged text, and the number of its conflicts, each of which is between markers in it. */
export interface MergedText {
  readonly text: string;
  readonly conflicts: number;
}

/** Merges two changed versions of a text line by line. Lines that only one side changed, or both alike, are no conflict. */
export function mergeText({ base, ours, theirs }: TextVersions, labels: Labels): MergedText {
  const lines = { base: splitLines(base), ours: splitLines(ours), theirs: splitLines(theirs) };
  const [baseNumbers, oursNumbers, theirsNumbers] = numberLines(lines.base, lines.ours, lines.theirs);
  const regions = regionsOf(
    baseNumbers,
    { lines: oursNumbers, changes: changesBetween(baseNumbers, oursNumbers) },
    { lines: theirsNumbers, changes: changesBetween(baseNumbers, theirsNumbers) },
  );
  const textOf = (region: Region, side: keyof TextVersions) => join(lines[side], region[side]);
  const ending = endingOf(ours);
  const text = regions.map((region) =>
    region.kind === 'conflict'
      ? markConflict(
          { ours: textOf(region, 'ours'), base: textOf(region, 'base'), theirs: textOf(region, 'theirs') },
          labels,
          ending,
        )
      : textOf(region, region.kind === 'theirs' ? 'theirs' : 'ours'),
  );
  return { text: text.join(''), conflicts: regions.filter(({ kind }) => kind === 'conflict').length };
}

/** Marks every place at which two texts differ, for a person who has to choose. */
export function markDifferences(ours: string, theirs: string, labels: Labels): MergedText {
  const [oursLines, theirsLines] = [splitLines(ours), splitLines(theirs)];
  const changes = changesBetween(...numberLines(oursLines, theirsLines));
  const ending = endingOf(ours);
  let end = 0;
  const parts = changes.map(({ aStart, aEnd, bStart, bEnd }) => {
    const same = join(oursLines, [end, aStart]);
    end = aEnd;
    const conflict = { ours: join(oursLines, [aStart, aEnd]), theirs: join(theirsLines, [bStart, bEnd]) };
    return same + markConflict(conflict, labels, ending);
  });
  return { text: parts.join('') + join(oursLines, [end, oursLines.length]), conflicts: changes.length };
}

function join(lines: readonly string[], [start, end]: Range): string {
  return lines.slice(start, end).join('');
}

function endingOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}
