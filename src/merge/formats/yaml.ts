import { isMap, isPair, isScalar, isSeq, type Node, parse, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';
import { type Branch, type Entry, hasUniqueKeys, keyOfElement, type Value } from '../outline.ts';
import { match, type Notation, readValue } from './bracketed.ts';

/** Parses a YAML text that is one document. Throws if it is none. */
export function parseYaml(text: string): unknown {
  return parse(text);
}

/** Blank lines and comments, and the indentation of what follows. */
const LEAD = /(?:[ \t]*(?:#.*)?\n)*[ \t]*/y;
const LINE_END = /[ \t]*(?:#.*)?(?:\n|$)/y;

/**
 * Outlines a valid YAML text: what is written as block, by line. What is in brackets is one value. Throws if it has something that is
 * written in a rarer way, such as keys with a question mark.
 */
export function outlineYaml(text: string, isSet: Notation['isSet']): Branch {
  const { contents } = parseDocument(text);
  if (!isBlock(contents)) throw new Error('no block');
  const { value, end } = outlineBlock(contents, 0, '');
  if (typeof value === 'string') throw new Error('elements that are alike');
  return { ...value, close: text.slice(end) };

  /** Outlines a value in brackets, if it is one that is simple enough. */
  function flow(start: number, end: number, key: string): Branch | undefined {
    if (!/[{[]/.test(text[start] ?? '')) return undefined;
    try {
      const read = readValue(text.slice(0, end), start, { ...FLOW, isSet }, key);
      return typeof read.value === 'string' || read.end !== end ? undefined : read.value;
    } catch {
      return undefined;
    }
  }

  function outlineBlock(node: Block, start: number, name: string): { value: Value; end: number } {
    const entries: Entry[] = [];
    let at = start;
    for (const item of node.items) {
      // The text above the first key of a document may be directives.
      const [first] = rangeOf(isPair(item) ? item.key : node);
      const begin = at === 0 ? first : at + (match(LEAD, text, at)?.[0].length ?? 0);
      const lead = text.slice(at, begin);
      const key = isPair(item) ? keyOf(item.key) : undefined;
      if (key === undefined ? !/-\s/.test(text.slice(begin, begin + 2)) : begin !== first)
        throw new Error(`at ${begin}`);
      const value = isPair(item) ? item.value : item;
      const entry = { lead, ...outlineValue(value, begin, key ?? name) };
      entries.push({ ...entry, key: key ?? keyOfElement(entry.value) });
      at = entry.end;
    }
    const kind = isMap(node) ? 'map' : isSet(name) ? 'set' : 'list';
    // Elements that are alike cannot be told apart: the list is one value.
    if (!hasUniqueKeys({ entries })) return { value: text.slice(start, at), end: at };
    return { value: { kind, open: '', entries, close: '' }, end: at };
  }

  function outlineValue(
    node: unknown,
    begin: number,
    key: string,
  ): Pick<Entry, 'head' | 'value' | 'tail'> & { end: number } {
    const [start, valueEnd] = rangeOf(node);
    if (isBlock(node)) {
      const lineEnd = text.indexOf('\n', begin) + 1;
      const headEnd = lineEnd > 0 && lineEnd <= start ? lineEnd : start;
      const { value, end } = outlineBlock(node, headEnd, key);
      return { head: text.slice(begin, headEnd), value, tail: '', end };
    }
    // A text in several lines ends with its last line.
    const tail = text[valueEnd - 1] === '\n' ? '' : match(LINE_END, text, valueEnd)?.[0];
    if (tail === undefined) throw new Error(`no line end at ${valueEnd}`);
    const value = flow(start, valueEnd, key) ?? text.slice(start, valueEnd);
    return { head: text.slice(begin, start), value, tail, end: valueEnd + tail.length };
  }
}

/** What YAML writes in brackets. Texts without quotation marks end at the next mark of the list. */
const FLOW = {
  space: /(?:\s|(?<=\s)#.*)*/y,
  comment: /[ \t]+#.*/y,
  key: /("(?:[^"\\]|\\.)*"|'[^']*'|[^\s,[\]{}"':#][^,[\]{}:#\n]*):\s+/y,
  scalar: /"(?:[^"\\]|\\[\s\S])*"|'(?:[^']|'')*'|[^\s,[\]{}"'#](?:[^,[\]{}#\n]*[^\s,[\]{}#])?/y,
};

type Block = YAMLMap | YAMLSeq;

function isBlock(node: unknown): node is Block {
  return (isMap(node) || isSeq(node)) && node.flow !== true && node.items.length > 0;
}

function rangeOf(node: unknown): readonly [start: number, end: number] {
  const range = (node as Node | null | undefined)?.range;
  if (range === undefined || range === null) throw new Error('a node without a place');
  return [range[0], range[1]];
}

function keyOf(key: unknown): string {
  if (!isScalar(key)) throw new Error('a key that is no scalar');
  return String(key.value);
}
