import { type Branch, type Entry, keyOfElement } from '../outline.ts';
import { match, type Notation, readValue, unquoted } from './bracketed.ts';

const STRING = String.raw`"(?:[^"\\\n]|\\.)*"|'[^'\n]*'`;
const KEY = String.raw`(?:[\w-]+|${STRING})(?:[ \t]*\.[ \t]*(?:[\w-]+|${STRING}))*`;

const NOTATION = {
  space: /(?:\s|#.*)*/y,
  comment: /[ \t]*#.*/y,
  key: new RegExp(String.raw`(${KEY})[ \t]*=[ \t]*`, 'y'),
  scalar: new RegExp(
    String.raw`"""(?:[^\\]|\\[^])*?"""(?!")|'''[^]*?'''(?!')|${STRING}|[^\s,\]}#]+(?: \d[^\s,\]}#]*)?`,
    'y',
  ),
};

const LEAD = /(?:[ \t]*(?:#.*)?\n)*[ \t]*/y;
const HEADER = new RegExp(String.raw`(\[{1,2}[ \t]*${KEY}[ \t]*\]{1,2})[ \t]*(?:#.*)?(?:\n|$)`, 'y');
const LINE_END = /[ \t]*(?:#.*)?(?:\n|$)/y;

/** Tables of Cargo.toml whose entries are versions, or tables with one. */
const DEPENDENCIES = /[[.](?:dev-|build-)?dependencies\]$/;

/** Outlines a valid TOML text: its tables, which are named by their headers, and what is above the first one. */
export function outlineToml(text: string, isSet: Notation['isSet'], hasDependencies: boolean): Branch {
  const notation = { ...NOTATION, isSet };
  const root: Entry[] = [];
  let table: { entry: Omit<Entry, 'value'>; name: string; entries: Entry[] } | undefined;
  const endTable = (): void => {
    if (table === undefined) return;
    const value: Branch = { kind: 'map', open: '', entries: table.entries, close: '' };
    const isElement = table.name.startsWith('[[');
    root.push({ ...table.entry, key: isElement ? table.name + keyOfElement(value) : table.name, value });
  };
  for (let at = 0; ; ) {
    const lead = match(LEAD, text, at)?.[0] ?? '';
    at += lead.length;
    if (at === text.length) {
      endTable();
      return { kind: 'map', open: '', entries: root, close: lead };
    }
    const header = match(HEADER, text, at);
    if (header !== undefined) {
      endTable();
      const [head, name = ''] = header;
      table = { entry: { key: name, lead, head, tail: '' }, name, entries: [] };
      at += head.length;
      continue;
    }
    const [head, name = ''] = match(notation.key, text, at) ?? [''];
    if (head === '') throw new Error(`no key at ${at}`);
    const key = unquoted(name);
    const { value, end } = readValue(text, at + head.length, notation, key);
    const tail = match(LINE_END, text, end)?.[0];
    if (tail === undefined) throw new Error(`no line end at ${end}`);
    const isVersion = hasDependencies && typeof value === 'string' && DEPENDENCIES.test(table?.name ?? '');
    const entry = { key, lead, head, value, tail };
    (table?.entries ?? root).push(isVersion ? { ...entry, long: withVersion(value) } : entry);
    at = end + tail.length;
  }
}

/** `"1.0"` as a table. */
function withVersion(value: string): Branch {
  const version = { key: 'version', lead: ' ', head: 'version = ', value, tail: '' };
  return { kind: 'map', open: '{', entries: [version], close: ' }', trailingComma: false };
}
