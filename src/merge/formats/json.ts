import type { Branch } from '../outline.ts';
import { type Notation, readValue } from './bracketed.ts';

const STRING = String.raw`"(?:[^"\\]|\\.)*"`;
const COMMENT = String.raw`//.*|/\*[^]*?\*/`;

const NOTATION = {
  space: new RegExp(String.raw`(?:\s|${COMMENT})*`, 'y'),
  comment: /[ \t]*\/\/.*/y,
  key: new RegExp(String.raw`(${STRING})\s*:\s*`, 'y'),
  scalar: new RegExp(String.raw`${STRING}|[^\s,\]}/]+`, 'y'),
};

/** Outlines a valid JSON text, which may have comments and commas at the end of lists. */
export function outlineJson(text: string, isSet: Notation['isSet']): Branch {
  const lead = NOTATION.space;
  lead.lastIndex = 0;
  const start = lead.exec(text)?.[0].length ?? 0;
  const { value, end } = readValue(text, start, { ...NOTATION, isSet }, '');
  if (typeof value === 'string') throw new Error('not an object');
  return { ...value, open: text.slice(0, start) + value.open, close: value.close + text.slice(end) };
}

/** Parses JSON with comments and trailing commas. Throws if it is none. */
export function parseJson(text: string): unknown {
  const outsideStrings = (pattern: string) => new RegExp(`(${STRING})|${pattern}`, 'g');
  const plain = text
    .replace(outsideStrings(COMMENT), (_, string = '') => string)
    .replace(outsideStrings(String.raw`,(?=\s*[}\]])`), (_, string = '') => string);
  return JSON.parse(plain);
}
