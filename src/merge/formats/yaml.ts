import { splitLines } from '../lines.ts';
import { type Branch, type Entry, hasUniqueKeys, keyOfElement, type Value } from '../outline.ts';
import { match, type Notation, readValue, unquoted } from './bracketed.ts';

/** Lines that are blank or have a comment only. */
const LEAD = /(?: *(?:#.*)?\n)*/y;
const SPACES = / */y;
/** The rest of a line after a value. */
const LINE_END = /(?: *| +#.*)(?:\n|$)/y;
const QUOTED = String.raw`"(?:[^"\\\n]|\\.)*"|'(?:[^'\n]|'')*'`;
/** What a text without quotation marks begins with. */
const FIRST = String.raw`[^\s&*!|>'"%@\`{}[\],#?:-]|[?:-](?=\S)`;
const KEY = new RegExp(String.raw`(${QUOTED}|(?:${FIRST})(?:[^\s:#]|:(?=\S)| (?=[^\s:#]))*) *:(?= |\n|$)`, 'y');
const ELEMENT = /-(?= |\n|$)/y;
const BLOCK_TEXT = /[|>]-? *(?:#.*)?\n/y;
const TEXT = new RegExp(String.raw`${QUOTED}|(?:${FIRST})(?:[^\n#]|(?<=\S)#)*`, 'y');

/** What is written in brackets. Texts without quotation marks end at the next mark of the list. */
const BRACKETS = {
  space: / */y,
  comment: /(?!)/y,
  key: new RegExp(String.raw`(${QUOTED}|[\w./-]+): +`, 'y'),
  scalar: new RegExp(String.raw`${QUOTED}|(?:${FIRST})(?:[^,[\]{}#\n]*[^\s,[\]{}#])?`, 'y'),
};

/**
 * Outlines a YAML text by its indentation, without reading what its values mean: mappings and lists as blocks, their values as they stand
 * there. Throws if it has anything else, such as several documents, anchors, tags, tabs, a key twice, or a value in brackets or a
 * text without `|` on several lines.
 */
export function outlineYaml(text: string, isSet: Notation['isSet']): Branch {
  if (/\t|^(?:---|\.\.\.|%)/m.test(text)) throw new Error('several documents, or tabs');
  const first = match(LEAD, text, 0)?.[0] ?? '';
  if (text.slice(first.length).trim() === '') throw new Error('no entries');
  const { value, end } = readBlock({ at: 0, column: indentAt(first.length), parent: -1, name: '', isInline: false });
  if (typeof value === 'string' || end !== text.length) throw new Error(`no end at ${end}`);
  return value;

  function indentAt(lineStart: number): number {
    return match(SPACES, text, lineStart)?.[0].length ?? 0;
  }

  /** Reads entries of one column, from the start of a line; if `isInline`, from the first of them. */
  function readBlock({ at, column, parent, name, isInline }: Place): { value: Value; end: number } {
    const entries: Entry[] = [];
    let isList: boolean | undefined;
    let [position, close] = [at, ''];
    for (;;) {
      const isFirstInline = isInline && entries.length === 0;
      const above = isFirstInline ? '' : (match(LEAD, text, position)?.[0] ?? '');
      const lineStart = position + above.length;
      const indent = isFirstInline ? column : indentAt(lineStart);
      const begin = isFirstInline ? position : lineStart + indent;
      const isElement = match(ELEMENT, text, begin) !== undefined;
      const isEnd = begin >= text.length || indent < column || (isList === true && !isElement && column === parent);
      if (isEnd) {
        close = begin >= text.length && parent < 0 ? text.slice(position) : commentsBelow(above, column, parent);
        position += close.length;
        break;
      }
      if (indent > column || (isList ?? isElement) !== isElement) throw new Error(`another block at ${begin}`);
      isList = isElement;
      const read = isElement ? readElement(begin, column, name) : readPair(begin, column);
      entries.push({ lead: text.slice(position, begin), ...read.entry });
      position = read.end;
    }
    const kind = isList ? (isSet(name) ? 'set' : 'list') : 'map';
    if (hasUniqueKeys({ entries })) return { value: { kind, open: '', entries, close }, end: position };
    // Elements that are alike cannot be told apart, so the list is one value.
    if (isList) return { value: text.slice(at, position), end: position };
    throw new Error(`a key twice before ${position}`);
  }

  function readElement(begin: number, column: number, name: string): ReadEntry {
    const start = begin + 1 + (match(SPACES, text, begin + 1)?.[0].length ?? 0);
    const isBlock = match(KEY, text, start) !== undefined || match(ELEMENT, text, start) !== undefined;
    if (!isBlock) {
      const { end, head, value, tail } = readAfter(begin + 1, column, column, name);
      return { entry: { key: keyOfElement(value), head: `-${head}`, value, tail }, end };
    }
    const inline = { at: start, column: column + start - begin, parent: column, name, isInline: true };
    const { value, end } = readBlock(inline);
    return { entry: { key: keyOfElement(value), head: text.slice(begin, start), value, tail: '' }, end };
  }

  function readPair(begin: number, column: number): ReadEntry {
    const [head = '', key = ''] = match(KEY, text, begin) ?? [];
    if (head === '') throw new Error(`no key at ${begin}`);
    const name = unquoted(key);
    // Elements may be as far to the left as their key.
    const { end, ...entry } = readAfter(begin + head.length, column, column - 1, name);
    return { entry: { key: name, ...entry, head: head + entry.head }, end };
  }

  /** Reads what follows a key or the mark of an element: a value on the same line, or a block below it. */
  function readAfter(
    at: number,
    column: number,
    above: number,
    name: string,
  ): Omit<Entry, 'key' | 'lead'> & { end: number } {
    const lineEnd = match(LINE_END, text, at)?.[0];
    if (lineEnd === undefined) {
      const head = match(SPACES, text, at)?.[0] ?? '';
      return { head, ...readText(at + head.length, column, name) };
    }
    const below = at + lineEnd.length;
    const lineStart = below + (match(LEAD, text, below)?.[0].length ?? 0);
    const indent = indentAt(lineStart);
    const isList = match(ELEMENT, text, lineStart + indent) !== undefined;
    const isBelow =
      lineStart + indent < text.length && (indent > column || (indent === column && indent > above && isList));
    if (!isBelow) return { head: '', value: '', tail: lineEnd, end: below };
    const block = readBlock({ at: below, column: indent, parent: column, name, isInline: false });
    return { head: lineEnd, ...block, tail: '' };
  }

  /** Reads a value that is no block. */
  function readText(start: number, column: number, name: string): Pick<Entry, 'value' | 'tail'> & { end: number } {
    const [header] = match(BLOCK_TEXT, text, start) ?? [];
    if (header !== undefined) {
      const end = endOfText(start + header.length, column);
      return { value: text.slice(start, end), tail: '', end };
    }
    const read = /[[{]/.test(text[start] ?? '')
      ? readValue(text, start, { ...BRACKETS, isSet }, name)
      : readPlain(start);
    const tail = match(LINE_END, text, read.end)?.[0];
    if (tail === undefined) throw new Error(`no line end at ${read.end}`);
    return { value: read.value, tail, end: read.end + tail.length };
  }

  function readPlain(start: number): { value: string; end: number } {
    const value = match(TEXT, text, start)?.[0].trimEnd() ?? '';
    const isPlain = !/^["']/.test(value);
    if (value === '' || (isPlain && /:(?: |$)/.test(value))) throw new Error(`no text at ${start}`);
    return { value, end: start + value.length };
  }

  /** The end of a text that begins with `|` or `>`: without blank lines at its end, which mean nothing. */
  function endOfText(start: number, column: number): number {
    let end = start;
    let position = start;
    for (const line of splitLines(text.slice(start))) {
      const isBlank = line.trim() === '';
      if (!isBlank && (/^ */.exec(line)?.[0].length ?? 0) <= column) break;
      position += line.length;
      if (!isBlank) end = position;
    }
    return end;
  }
}

/** Where a block is: its column, that of the key or element that it belongs to, and the name of the key. */
interface Place {
  readonly at: number;
  readonly column: number;
  readonly parent: number;
  readonly name: string;
  readonly isInline: boolean;
}

interface ReadEntry {
  readonly entry: Omit<Entry, 'lead'>;
  readonly end: number;
}

/** The comments below a block, up to the last that is as far to the right as its entries. */
function commentsBelow(lines: string, column: number, parent: number): string {
  const least = Math.max(column, parent + 1);
  let [comments, pending] = ['', ''];
  for (const line of splitLines(lines)) {
    const indent = line.indexOf('#');
    if (indent >= 0 && indent < least) break;
    pending += line;
    if (indent >= 0) [comments, pending] = [comments + pending, ''];
  }
  return comments;
}
