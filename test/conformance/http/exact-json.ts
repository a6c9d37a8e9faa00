/** JSON without rounding: whole numbers of more than 15 digits are bigints. */

/** Marks the text that stands for a whole number; a character without a meaning. */
const MARK = '\ue000';

/** Reads JSON; throws as `JSON.parse` does. */
export function parseJson(text: string): unknown {
  const marked = text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g, (token) =>
    /^-?[1-9]\d{15,}$/.test(token) ? `"${MARK}${token}"` : token,
  );
  const isMarked = (value: unknown) => typeof value === 'string' && value.startsWith(MARK);
  return JSON.parse(marked, (_, value) => (isMarked(value) ? BigInt(value.slice(1)) : value));
}

/** Writes JSON. */
export function writeJson(value: unknown): string {
  const marked = JSON.stringify(value, (_, member) => (typeof member === 'bigint' ? MARK + member : member));
  return marked.replace(/"\ue000(-?\d+)"/g, '$1');
}
