/** The lines of a text, each with its line ending. Their concatenation is the text; only the last one may lack an ending. */
export function splitLines(text: string): readonly string[] {
  const lines: string[] = [];
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start) + 1 || text.length;
    lines.push(text.slice(start, end));
    start = end;
  }
  return lines;
}

/** Numbers the lines of several texts, so that two lines are equal if and only if their numbers are. */
export function numberLines<Texts extends readonly (readonly string[])[]>(
  ...texts: Texts
): { [Index in keyof Texts]: Int32Array } {
  const numbers = new Map<string, number>();
  const numbered = texts.map((lines) => {
    const ofLines = new Int32Array(lines.length);
    for (const [index, line] of lines.entries()) {
      let number = numbers.get(line);
      if (number === undefined) {
        number = numbers.size;
        numbers.set(line, number);
      }
      ofLines[index] = number;
    }
    return ofLines;
  });
  return numbered as { [Index in keyof Texts]: Int32Array };
}
