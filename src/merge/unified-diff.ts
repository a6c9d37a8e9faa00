import { type Change, changesBetween } from './changes.ts';
import { numberLines, splitLines } from './lines.ts';

/** Unchanged lines that are shown around a change. */
const CONTEXT = 3;

/** Prints what turns `before` into `after` as hunks of the unified format; an empty string if nothing does. */
export function unifiedDiff(before: string, after: string): string {
  const [a, b] = [splitLines(before), splitLines(after)];
  return hunksOf(changesBetween(...numberLines(a, b)))
    .map((changes) => hunkText(changes, a, b))
    .join('');
}

/** Changes whose context would touch are shown together. */
function hunksOf(changes: readonly Change[]): readonly (readonly Change[])[] {
  const hunks: Change[][] = [];
  for (const change of changes) {
    const last = hunks.at(-1)?.at(-1);
    if (last !== undefined && change.aStart - last.aEnd <= 2 * CONTEXT) hunks.at(-1)?.push(change);
    else hunks.push([change]);
  }
  return hunks;
}

function hunkText(changes: readonly Change[], a: readonly string[], b: readonly string[]): string {
  const [first, last] = [changes[0], changes.at(-1)];
  if (first === undefined || last === undefined) return '';
  const before = Math.min(CONTEXT, first.aStart);
  const after = Math.min(CONTEXT, a.length - last.aEnd);
  const lines: string[] = [];
  const show = (sign: string, from: readonly string[], start: number, end: number) =>
    lines.push(...from.slice(start, end).map((line) => withEnd(sign + line)));
  let position = first.aStart - before;
  for (const { aStart, aEnd, bStart, bEnd } of changes) {
    show(' ', a, position, aStart);
    show('-', a, aStart, aEnd);
    show('+', b, bStart, bEnd);
    position = aEnd;
  }
  show(' ', a, position, last.aEnd + after);
  const [aStart, bStart] = [first.aStart - before, first.bStart - before];
  const [aCount, bCount] = [last.aEnd + after - aStart, last.bEnd + after - bStart];
  return `@@ -${rangeText(aStart, aCount)} +${rangeText(bStart, bCount)} @@\n${lines.join('')}`;
}

function rangeText(start: number, count: number): string {
  return `${count === 0 ? start : start + 1},${count}`;
}

function withEnd(line: string): string {
  return line.endsWith('\n') ? line : `${line}\n\\ No newline at end of file\n`;
}
