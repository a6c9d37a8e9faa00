/** The lines of a text, each with its line ending. Their concatenation is the text; only the last one may lack an ending. */
export function splitLines(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+/g) ?? [];
}

/** Numbers the lines of several texts, so that two lines are equal if and only if their numbers are. */
export function numberLines<Texts extends readonly (readonly string[])[]>(
  ...texts: Texts
): { [Index in keyof Texts]: Int32Array } {
  const numbers = new Map<string, number>();
  const numbered = texts.map((lines) =>
    Int32Array.from(lines, (line) => {
      const number = numbers.get(line) ?? numbers.size;
      numbers.set(line, number);
      return number;
    }),
  );
  return numbered as { [Index in keyof Texts]: Int32Array };
}
