/** The widest column, far beyond what fits on a line. */
const WIDEST = 200;

/** Pads the first word of each line, so that what follows it starts in the same column in all of them, up to 200. */
export function align(text: string): string {
  const lines = text.split('\n');
  const starts = lines.map((line) => /^ *\S+(?= )/.exec(line)?.[0] ?? '');
  const width = starts.reduce((widest, { length }) => (length > WIDEST ? widest : Math.max(widest, length)), 0);
  const pad = (line: string, start: string) => (start === '' ? line : start.padEnd(width) + line.slice(start.length));
  return lines.map((line, index) => pad(line, starts[index] ?? '')).join('\n');
}
