import { stripVTControlCharacters } from 'node:util';

/** The columns a text takes, colours not counted; wide characters count as one. */
export function widthOf(text: string): number {
  return [...stripVTControlCharacters(text)].length;
}

/** Breaks a text at spaces into lines of at most `width` columns; a longer word gets a line of its own. */
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

/** Cuts a text without colours to `width` columns, with an ellipsis where something is lost. */
export function truncate(text: string, width: number): string {
  const characters = [...text];
  return characters.length <= width ? text : `${characters.slice(0, Math.max(0, width - 1)).join('')}…`;
}

/** The same, but between two words where one fits. */
export function truncateAtWord(text: string, width: number): string {
  const cut = truncate(text, width);
  return cut === text ? text : cut.replace(/(?<=\S)(?:\s+\S*|[,;:])?…$/, '…');
}

/** A label and what belongs to it, wrapped into a column beside the label, or under a label too wide for its column. */
export function labelled(label: string, text: string, labelWidth: number, columns: number): string {
  const gap = ' '.repeat(labelWidth);
  const lines = wrapText(text, Math.max(20, columns - labelWidth));
  const isTooWide = widthOf(label) >= labelWidth;
  const [first = '', ...rest] = isTooWide ? ['', ...lines] : lines;
  const head = isTooWide ? label : label + ' '.repeat(labelWidth - widthOf(label)) + first;
  return [head, ...rest.map((line) => gap + line)].join('\n');
}

/** Every line of a text moved to the right; empty lines stay empty. */
export function indent(text: string, by: number): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(by));
}
