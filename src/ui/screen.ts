import { widthOf } from './layout.ts';

const ESC = '\u001b[';

export const HIDE_CURSOR = `${ESC}?25l`;
export const SHOW_CURSOR = `${ESC}?25h`;
/** To the start of the line, which is emptied. */
export const CLEAR_LINE = `\r${ESC}2K`;

/** Erases all from the cursor's row on and puts a text under the first `rows` of it; the cursor ends where they start. */
export function replaceBelow(text: string, rows: number, columns: number): string {
  const erase = `\r${ESC}0J`;
  if (text === '') return erase;
  // No saved place: the text may scroll the screen, and that place would stay behind.
  return `${erase}${'\n'.repeat(rows)}${text}\r${ESC}${rows + rowsOf(`${text}\n`, columns) - 1}A`;
}

/** Takes away the `rows` rows above the cursor and everything below. */
export function eraseAbove(rows: number): string {
  return rows === 0 ? '' : `\r${ESC}${rows}A${ESC}0J`;
}

/** The rows that a text, every line of it ended by a newline, takes on a screen of so many columns; 0: nobody knows. */
export function rowsOf(text: string, columns: number): number {
  return text
    .split('\n')
    .slice(0, -1)
    .reduce((rows, line) => rows + 1 + Math.floor(Math.max(0, widthOf(line) - 1) / (columns || Infinity)), 0);
}
