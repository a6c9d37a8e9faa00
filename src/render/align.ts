/** Pads the first word of each line, so that what follows it starts in the same column in all of them. */
export function align(text: string): string {
  const lines = text.split('\n');
  const starts = lines.map((line) => /^ *\S+(?= )/.exec(line)?.[0] ?? '');
  const width = Math.max(...starts.map((start) => start.length));
  const pad = (line: string, start: string) => (start === '' ? line : start.padEnd(width) + line.slice(start.length));
  return lines.map((line, index) => pad(line, starts[index] ?? '')).join('\n');
}
