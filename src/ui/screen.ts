import { widthOf } from './layout.ts';

const ESC = '\u001b[';

export const HIDE_CURSOR = `${ESC}?25l`;
export const SHOW_CURSOR = `${ESC}?25h`;
/** To the start of the line, which is emptied. */
export const CLEAR_LINE = `\r${ESC}2K`;

/** Makes room for `lines` lines under the cursor, so that writing there does not scroll it away. */
export function reserveLines(lines: number): string {
  return `${'\n'.repeat(lines)}${ESC}${lines}A`;
}

/** Takes away the `rows` rows above the cursor and everything below. */
export function eraseAbove(rows: number): string {
  return rows === 0 ? '' : `\r${ESC}${rows}A${ESC}0J`;
}

/** The rows that a text, every line of it ended by a newline, takes on a screen of so many columns. */
export function rowsOf(text: string, columns: number): number {
  return text
    .split('\n')
    .slice(0, -1)
    .reduce((rows, line) => rows + 1 + Math.floor(Math.max(0, widthOf(line) - 1) / columns), 0);
}
