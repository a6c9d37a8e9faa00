/** What stands after the markers of a conflict, so that a person knows whose lines they are. */
export interface Labels {
  readonly ours: string;
  readonly base: string;
  readonly theirs: string;
}

/** The labels of a merge with what create-api of that version renders. */
export function labelsFor(version: string): Labels {
  return { ours: 'yours', base: 'base', theirs: `create-api ${version}` };
}

/** Prints the versions of some lines between markers, in Git's style `diff3`; without a base, in its style `merge`. */
export function markConflict(
  lines: { readonly ours: string; readonly base?: string; readonly theirs: string },
  labels: Labels,
  ending: string,
): string {
  // A file may end without a line ending; a marker begins a line all the same.
  const closed = (text: string) => (text === '' || text.endsWith('\n') ? text : text + ending);
  const base = lines.base === undefined ? '' : `||||||| ${labels.base}${ending}${closed(lines.base)}`;
  return [
    `<<<<<<< ${labels.ours}${ending}${closed(lines.ours)}`,
    base,
    `=======${ending}${closed(lines.theirs)}`,
    `>>>>>>> ${labels.theirs}${ending}`,
  ].join('');
}

/**
 * Returns the numbers, from 1, of the lines of a text that are markers of a conflict, whichever tool wrote them: git has longer ones where
 * both branches renamed a file. `=======` alone is none: headings are underlined like that.
 */
export function findMarkers(text: string): readonly number[] {
  return linesLike(text, /^(?:<{7,}|>{7,}|\|{7,}) \S/);
}

/** Returns the numbers, from 1, of the lines of a text at which conflicts begin. */
export function findConflicts(text: string): readonly number[] {
  return linesLike(text, /^<{7,} \S/);
}

function linesLike(text: string, pattern: RegExp): readonly number[] {
  return text.split('\n').flatMap((line, index) => (pattern.test(line) ? [index + 1] : []));
}
