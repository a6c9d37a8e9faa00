/**
 * Returns whether one of the patterns matches a path as a whole: `*` stands for any characters but `/`, and `**` for any at all.
 * It takes no longer than the pattern and the path are long, multiplied: patterns may come from a hostile pack.
 */
export function matcherOf(patterns: readonly string[]): (path: string) => boolean {
  const split = patterns.map((pattern) => pattern.split(/(\*\*?)/).filter((token) => token !== ''));
  return (path) => split.some((tokens) => matches(tokens, path));
}

function matches(tokens: readonly string[], path: string): boolean {
  /** Where in the path the rest of the tokens may begin. */
  let starts: readonly number[] = [0];
  for (const token of tokens) {
    if (starts.length === 0) return false;
    starts = token.startsWith('*') ? after(starts, token, path) : behind(starts, token, path);
  }
  return starts.includes(path.length);
}

function behind(starts: readonly number[], text: string, path: string): readonly number[] {
  return starts.filter((start) => path.startsWith(text, start)).map((start) => start + text.length);
}

/** Every place that a wildcard may end at. */
function after(starts: readonly number[], wildcard: string, path: string): readonly number[] {
  const begins = new Set(starts);
  const ends: number[] = [];
  let reach = -1;
  for (let end = 0; end <= path.length; end++) {
    if (begins.has(end)) reach = end;
    else if (wildcard === '*' && path[end - 1] === '/') reach = -1;
    if (reach !== -1) ends.push(end);
  }
  return ends;
}
