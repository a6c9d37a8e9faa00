import type { Change } from './changes.ts';

/** A part of one text, as numbers of lines; the end is exclusive. */
export type Range = readonly [start: number, end: number];

/** Three texts cut at the same places. Each kind says what the merged text has there. */
export interface Region {
  /** `same`: all agree. `ours`, `theirs`: only that side changed it. `alike`: both made the same change. */
  readonly kind: 'same' | 'ours' | 'theirs' | 'alike' | 'conflict';
  readonly base: Range;
  readonly ours: Range;
  readonly theirs: Range;
}

/**
 * Aligns three texts by the changes of the two others from the base. Changes that overlap or touch are one region, as in Git,
 * because what stands directly next to a change may depend on it.
 */
export function regionsOf(
  base: Int32Array,
  ours: { readonly lines: Int32Array; readonly changes: readonly Change[] },
  theirs: { readonly lines: Int32Array; readonly changes: readonly Change[] },
): readonly Region[] {
  const regions: Region[] = [];
  const [left, right] = [new Side(ours.changes), new Side(theirs.changes)];
  let position = 0;
  const keep = (until: number): void => {
    if (until > position) {
      regions.push({
        kind: 'same',
        base: [position, until],
        ours: left.range(position, until),
        theirs: right.range(position, until),
      });
    }
    position = until;
  };
  for (;;) {
    const start = Math.min(left.start, right.start);
    if (start === Number.POSITIVE_INFINITY) break;
    keep(start);
    const [oursFrom, theirsFrom] = [left.at(start), right.at(start)];
    let end = start;
    let [hasOurs, hasTheirs] = [false, false];
    for (;;) {
      if (left.start <= end) {
        end = Math.max(end, left.take());
        hasOurs = true;
      } else if (right.start <= end) {
        end = Math.max(end, right.take());
        hasTheirs = true;
      } else break;
    }
    const range = {
      base: [start, end] as const,
      ours: [oursFrom, left.at(end)] as const,
      theirs: [theirsFrom, right.at(end)] as const,
    };
    const both = areEqual(ours.lines, range.ours, theirs.lines, range.theirs) ? 'alike' : 'conflict';
    regions.push({ kind: hasOurs && hasTheirs ? both : hasOurs ? 'ours' : 'theirs', ...range });
    position = end;
  }
  keep(base.length);
  return regions;
}

/** The changes of one side that are still to come, and how far its lines are from those of the base. */
class Side {
  #next = 0;
  #shift = 0;
  readonly #changes: readonly Change[];

  constructor(changes: readonly Change[]) {
    this.#changes = changes;
  }

  /** The line of the base at which the next change begins. */
  get start(): number {
    return this.#changes[this.#next]?.aStart ?? Number.POSITIVE_INFINITY;
  }

  /** Moves past the next change; returns its end in the base. */
  take(): number {
    const { aEnd, bEnd } = this.#changes[this.#next++] as Change;
    this.#shift = bEnd - aEnd;
    return aEnd;
  }

  /** The line of this side for an unchanged one of the base, given that all changes before it have been taken. */
  at(line: number): number {
    return line + this.#shift;
  }

  range(start: number, end: number): Range {
    return [this.at(start), this.at(end)];
  }
}

function areEqual(a: Int32Array, [aStart, aEnd]: Range, b: Int32Array, [bStart, bEnd]: Range): boolean {
  if (aEnd - aStart !== bEnd - bStart) return false;
  for (let index = 0; index < aEnd - aStart; index++) if (a[aStart + index] !== b[bStart + index]) return false;
  return true;
}
