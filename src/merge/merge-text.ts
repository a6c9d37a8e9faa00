import { changesBetween } from './changes.ts';
import { numberLines, splitLines } from './lines.ts';
import { type Labels, markConflict } from './markers.ts';
import { type Range, regionsOf } from './regions.ts';

/** Three versions of a text. */
export interface TextVersions {
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
}

/** A merged text, in which each conflict is between markers. */
export interface MergedText {
  readonly text: string;
  /** The line of the user's text, from 1, at which each conflict begins. */
  readonly conflicts: readonly number[];
}

/** What both sides changed, in the three versions. */
export type ConflictTexts = TextVersions;

/** How to merge a text that is known to be more than lines. */
export interface Method {
  /** Cuts a text into what is compared as a whole, in place of its lines. */
  readonly cut: (text: string) => readonly string[];
  /** Merges what would be a conflict; undefined if it is one. */
  readonly resolve: (conflict: ConflictTexts) => string | undefined;
}

const BY_LINE: Method = { cut: splitLines, resolve: () => undefined };

/** Merges two changed versions of a text, line by line. Lines that only one side changed, or both alike, are no conflict. */
export function mergeText(
  { base, ours, theirs }: TextVersions,
  labels: Labels,
  { cut, resolve }: Method = BY_LINE,
): MergedText {
  const lines = { base: cut(base), ours: cut(ours), theirs: cut(theirs) };
  const [baseNumbers, oursNumbers, theirsNumbers] = numberLines(lines.base, lines.ours, lines.theirs);
  const regions = regionsOf(
    baseNumbers,
    { lines: oursNumbers, changes: changesBetween(baseNumbers, oursNumbers) },
    { lines: theirsNumbers, changes: changesBetween(baseNumbers, theirsNumbers) },
  );
  const ending = endingOf(ours);
  const conflicts: number[] = [];
  let [seen, line] = [0, 1];
  const parts = regions.map(({ kind, ...ranges }) => {
    if (kind !== 'conflict')
      return kind === 'theirs' ? join(lines.theirs, ranges.theirs) : join(lines.ours, ranges.ours);
    const texts = {
      base: join(lines.base, ranges.base),
      ours: join(lines.ours, ranges.ours),
      theirs: join(lines.theirs, ranges.theirs),
    };
    const resolved = resolve(texts);
    if (resolved !== undefined) return resolved;
    // What is compared may have several lines.
    line += join(lines.ours, [seen, ranges.ours[0]]).split('\n').length - 1;
    seen = ranges.ours[0];
    conflicts.push(line);
    return markConflict(texts, labels, ending);
  });
  return { text: parts.join(''), conflicts };
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
  return {
    text: parts.join('') + join(oursLines, [end, oursLines.length]),
    conflicts: changes.map(({ aStart }) => aStart + 1),
  };
}

function join(lines: readonly string[], [start, end]: Range): string {
  return lines.slice(start, end).join('');
}

function endingOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}
