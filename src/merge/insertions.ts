/**
 * Merges of what only adds. In prose and in lists, two insertions at one place are both wanted, and an insertion next to a text that
 * the other side removed is wanted still. Code is not merged like this: its order means something.
 */
import { splitLines } from './lines.ts';
import type { ConflictTexts, Method } from './merge-text.ts';

/** For Markdown. */
export const PROSE: Method = { cut: splitLines, resolve: (conflict) => keepBoth(conflict, isProse) };

/** For lists of lines whose order means nothing, or in which the last one counts, such as those of .gitignore: that of the user. */
export const LIST: Method = {
  cut: splitLines,
  resolve: (conflict) =>
    keepBoth(
      conflict,
      () => true,
      () => false,
    ),
};

/** For a justfile: recipes with other names, between blank lines. */
export const RECIPES: Method = { cut: splitLines, resolve: (conflict) => keepBoth(conflict, areRecipes) };

/** Two texts that are put together, one of which, `added`, is an insertion. */
type Together = (added: string, other: string) => boolean;

/** Keeps what both sides have; undefined if more than insertions met, or both sides have the same line there. */
function keepBoth(
  { base, ours, theirs }: ConflictTexts,
  may: Together,
  // What continues the text above stays next to it.
  isOursFirst: Together = (ours, theirs) => continuesText(ours) && !continuesText(theirs),
): string | undefined {
  if (base === '') {
    if (sharesLines(ours, theirs, '') || !may(ours, theirs) || !may(theirs, ours)) return undefined;
    return isOursFirst(ours, theirs) ? joined(ours, theirs) : joined(theirs, ours);
  }
  return besideChange(base, ours, theirs, may) ?? besideChange(base, theirs, ours, may);
}

/** What becomes of `base` if one side only inserts something before or after it, and the other changes it. */
function besideChange(base: string, inserting: string, changing: string, may: Together): string | undefined {
  // Whole lines only: the base may end without a line ending.
  const isAfter = base.endsWith('\n') && inserting.startsWith(base);
  if (!isAfter && !inserting.endsWith(`\n${base}`)) return undefined;
  const added = isAfter ? inserting.slice(base.length) : inserting.slice(0, -base.length);
  // A new version of the text may not be what the insertion was written for, unless it is a paragraph of its own.
  const isApart = isAfter ? !continuesText(added) : /(?:^|\n)\s*\n$/.test(added);
  if (changing !== '' && !isApart && !changing.includes(base)) return undefined;
  if (sharesLines(added, changing, base) || !may(added, changing)) return undefined;
  return isAfter ? joined(changing, added) : joined(added, changing);
}

/** Whether both texts have a line that the base has not: the same text, or two versions of it, would be there twice. */
function sharesLines(added: string, other: string, base: string): boolean {
  const lines = new Set(splitLines(added).map((line) => line.trim()));
  for (const line of splitLines(base)) lines.delete(line.trim());
  return splitLines(other).some((line) => /\w/.test(line) && !isFence(line) && lines.has(line.trim()));
}

function isFence(line: string): boolean {
  return /^\s*(?:`{3}|~{3})/.test(line);
}

/** Whether a text continues the line above it, instead of beginning a paragraph or a section. */
function continuesText(text: string): boolean {
  return /^[^\S\n]*[^\s#]/.test(text);
}

/** A code block that begins in an insertion must end in it. */
function isProse(added: string): boolean {
  return splitLines(added).filter(isFence).length % 2 === 0;
}

const RECIPE = /^@?([\w-]+)\b[^:=\n]*:(?!=)/gm;

function areRecipes(added: string, other: string): boolean {
  const names = (text: string) => [...text.matchAll(RECIPE)].map(([, name]) => name);
  const others = new Set(names(other));
  const isWhole = /^\s*\n|\n\s*\n$/.test(added);
  return isWhole && !names(added).some((name) => others.has(name));
}

function joined(first: string, second: string): string {
  return first === '' || second === '' || first.endsWith('\n') ? first + second : `${first}\n${second}`;
}
