import { stripVTControlCharacters } from 'node:util';

/** The width of a text in columns, without colours; wide characters count as one. */
export function widthOf(text: string): number {
  // Nearly all of them are plain, and this is called for every word.
  return /^[ -~]*$/.test(text) ? text.length : [...stripVTControlCharacters(text)].length;
}

/** Breaks a text at spaces into lines of at most `width` columns; a longer word has a line of its own. */
export function wrapText(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of paragraph.split(' ')) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (widthOf(longer) <= width || line === '') line = longer;
      else {
        lines.push(line);
        line = word;
      }
    }
    lines.push(line);
  }
  return lines;
}

/** Breaks words that are wider than `width` columns after a slash, for texts that nobody copies. */
export function breakPaths(text: string, width: number): string {
  const broken = (word: string): string =>
    wrapText(word.replace(/(?<=.)\/(?=.)/g, '/ '), width)
      .map((line) => line.replaceAll('/ ', '/'))
      .join('\n');
  return text
    .split(' ')
    .map((word) => (widthOf(word) > width ? broken(word) : word))
    .join(' ');
}

/** Lays out a sentence with paths as an indented paragraph. */
export function paragraph(text: string, columns: number): string {
  return labelled('', breakPaths(text, columns - 2), 2, columns);
}

/** Truncates a text without colours to `width` columns, with an ellipsis. */
export function truncate(text: string, width: number): string {
  const characters = [...text];
  return characters.length <= width ? text : `${characters.slice(0, Math.max(0, width - 1)).join('')}…`;
}

/** Truncates a text as `truncate` does, but between two words if possible. */
export function truncateAtWord(text: string, width: number): string {
  const cut = truncate(text, width);
  return cut === text ? text : cut.replace(/(?<=\S)(?:\s+\S*|[,;:])?…$/, '…');
}

/** Lays out a text in a column next to its label, or below a label that is wider than its column. */
export function labelled(label: string, text: string, labelWidth: number, columns: number): string {
  const gap = ' '.repeat(labelWidth);
  const lines = wrapText(text, Math.max(20, columns - labelWidth));
  const isTooWide = widthOf(label) >= labelWidth;
  const [first = '', ...rest] = isTooWide ? ['', ...lines] : lines;
  const head = isTooWide ? label : label + ' '.repeat(labelWidth - widthOf(label)) + first;
  return [head, ...rest.map((line) => gap + line)].join('\n');
}

/** Indents every line of a text but empty ones. */
export function indent(text: string, by: number): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(by));
}

/** The number of a file's lines that are named; `--json` has all of them. */
const NAMED_LINES = 5;

/** Names lines of a file as `path:line`, which editors and terminals open. */
export function placesText(path: string, lines: readonly number[] = []): string {
  if (lines.length === 0) return path;
  const others = lines.length - NAMED_LINES;
  return `${path}:${[...lines.slice(0, NAMED_LINES), ...(others > 0 ? [`${others} more`] : [])].join(', ')}`;
}
