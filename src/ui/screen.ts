import { widthOf } from './layout.ts';

const ESC = '\u001b[';

export const HIDE_CURSOR = `${ESC}?25l`;
export const SHOW_CURSOR = `${ESC}?25h`;
/** Moves to the start of the line and clears it. */
export const CLEAR_LINE = `\r${ESC}2K`;

/** Clears the screen from the cursor's row on and writes a text below its first `rows`; the cursor returns to their start. */
export function replaceBelow(text: string, rows: number, columns: number): string {
  const erase = `\r${ESC}0J`;
  if (text === '') return erase;
  // Not with a saved cursor position: it would be wrong after the text scrolls the screen.
  return `${erase}${'\n'.repeat(rows)}${text}\r${ESC}${rows + rowsOf(`${text}\n`, columns) - 1}A`;
}

/** Clears the `rows` rows above the cursor and everything below. */
export function eraseAbove(rows: number): string {
  return rows === 0 ? '' : `\r${ESC}${rows}A${ESC}0J`;
}

/** The rows of a text, whose lines all end in a newline, on a screen with this number of columns; 0 is unknown. */
export function rowsOf(text: string, columns: number): number {
  return text
    .split('\n')
    .slice(0, -1)
    .reduce((rows, line) => rows + 1 + Math.floor(Math.max(0, widthOf(line) - 1) / (columns || Infinity)), 0);
}
