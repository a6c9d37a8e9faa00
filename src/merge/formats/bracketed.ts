import { type Branch, type Entry, hasUniqueKeys, keyOfElement, type Value } from '../outline.ts';

/** How a format writes values in brackets. The expressions are sticky. */
export interface Notation {
  /** Blanks, line endings and comments. */
  readonly space: RegExp;
  /** A comment at the end of a line. */
  readonly comment: RegExp;
  /** A key, with everything up to its value; the first group is the key. */
  readonly key: RegExp;
  /** A value that is not in brackets. */
  readonly scalar: RegExp;
  readonly isSet: (key: string) => boolean;
}

/** Reads the value of `key` at a place of a valid text. Throws if it is written in a way that an outline cannot keep. */
export function readValue(text: string, start: number, notation: Notation, key: string): { value: Value; end: number } {
  const open = text[start];
  if (open !== '{' && open !== '[') {
    const value = match(notation.scalar, text, start)?.[0];
    if (value === undefined) throw new Error(`no value at ${start}`);
    return { value, end: start + value.length };
  }
  const entries: Entry[] = [];
  let trailingComma = false;
  for (let at = start + 1; ; ) {
    const lead = match(notation.space, text, at)?.[0] ?? '';
    at += lead.length;
    if (isEnd(text[at])) {
      const kind = open === '{' ? 'map' : notation.isSet(key) ? 'set' : 'list';
      const branch: Branch = { kind, open, entries, close: lead + text[at], trailingComma };
      if (!hasUniqueKeys(branch)) return { value: text.slice(start, at + 1), end: at + 1 };
      return { value: branch, end: at + 1 };
    }
    const named = open === '{' ? match(notation.key, text, at) : undefined;
    if ((named === undefined) === (open === '{')) throw new Error(`no key at ${at}`);
    const head = named?.[0] ?? '';
    const name = named?.[1] === undefined ? undefined : unquoted(named[1]);
    const { value, end } = readValue(text, at + head.length, notation, name ?? key);
    trailingComma = text[end] === ',';
    at = trailingComma ? end + 1 : end;
    const tail = match(notation.comment, text, at)?.[0] ?? '';
    at += tail.length;
    entries.push({ key: name ?? keyOfElement(value), lead, head, value, tail });
    if (!trailingComma && !isEnd(text[at + (match(notation.space, text, at)?.[0] ?? '').length])) {
      throw new Error(`no comma directly after the value at ${end}`);
    }
  }
}

function isEnd(character: string | undefined): boolean {
  return character === '}' || character === ']';
}

/** Matches a sticky expression at a place. */
export function match(expression: RegExp, text: string, at: number): RegExpExecArray | undefined {
  expression.lastIndex = at;
  return expression.exec(text) ?? undefined;
}

/** A key without the quotation marks that it may have. */
export function unquoted(key: string): string {
  return /^(["']).*\1$/.test(key) ? key.slice(1, -1) : key;
}
