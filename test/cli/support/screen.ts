/** What a terminal shows. */
export interface Shown {
  /** Every line, including those scrolled away, without trailing spaces. */
  readonly lines: readonly string[];
  /** Columns before the cursor. */
  readonly column: number;
}

const TOKEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is parsed here
  /\u001b\[(?<parameter>[?\d;]*)(?<final>[A-Za-z])|\u001b(?<place>[78])|(?<control>[\u0000-\u001f])|(?<character>.)/gsu;

/** Shows what was written to a terminal of this size; throws at a control sequence that it does not know. */
export function shownBy(written: string, columns: number, rows = 40): Shown {
  const cells: string[][] = [[]];
  let line = 0;
  // May equal `columns`: a full line is left only when the next character comes.
  let column = 0;
  let saved = { row: 0, column };
  const top = (): number => Math.max(0, cells.length - rows);
  const goTo = (toLine: number, toColumn: number): void => {
    line = toLine;
    column = toColumn;
    while (cells.length <= line) cells.push([]);
  };
  const move = (down: number, right: number): void => {
    const lowest = top() + rows - 1;
    goTo(Math.min(lowest, Math.max(top(), line + down)), Math.min(columns - 1, Math.max(0, column + right)));
  };
  const put = (character: string): void => {
    if (column === columns) goTo(line + 1, 0);
    const row = cells[line] ?? [];
    while (row.length < column) row.push(' ');
    row[column] = character;
    column += 1;
  };
  const command = (name: string, parameter: string): void => {
    // A parameter of 0 means 1.
    const count = Number(parameter) || 1;
    if (name === 'A') move(-count, 0);
    else if (name === 'B') move(count, 0);
    else if (name === 'C') move(0, count);
    else if (name === 'D') move(0, -count);
    else if (name === 'G') move(0, count - 1 - column);
    else if (name === 'K' && parameter === '2') cells[line]?.splice(0);
    else if (name === 'J' && Number(parameter) === 0) {
      cells[line]?.splice(column);
      for (const row of cells.slice(line + 1)) row.splice(0);
    } else if (name !== 'm' && parameter !== '?25') throw new Error(`unknown control sequence ${parameter}${name}`);
  };
  const control = (character: string): void => {
    if (character === '\r') column = 0;
    else if (character === '\n') goTo(line + 1, column);
    else if (character !== '\u0007') throw new Error(`unknown control character ${JSON.stringify(character)}`);
  };
  for (const { groups: { parameter = '', final, place, control: code, character = '' } = {} } of written.matchAll(
    TOKEN,
  )) {
    if (final !== undefined) command(final, parameter);
    else if (place === '7') saved = { row: line - top(), column };
    else if (place === '8') goTo(top() + saved.row, saved.column);
    else if (code !== undefined) control(code);
    else put(character);
  }
  const lines = cells.map((row) => row.join('').trimEnd());
  return { lines: lines.slice(0, lines.findLastIndex((text) => text !== '') + 1), column };
}
