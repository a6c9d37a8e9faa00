/**
 * A text cut into its entries: keys of a table or an object, elements of a list. Every character is in exactly one piece, so an
 * outline prints as the text it was made from, with comments, order and spacing.
 */
export interface Branch {
  /** A `list` has an order that means something; a `map` and a `set` do not. */
  readonly kind: 'map' | 'set' | 'list';
  readonly open: string;
  readonly entries: readonly Entry[];
  readonly close: string;
  /** For entries with commas between them: whether there is one after the last. */
  readonly trailingComma?: boolean;
}

/** Text as it stands in the file, or what has entries of its own. */
export type Value = string | Branch;

/** One key, or one element of a list, with what belongs to it. */
export interface Entry {
  /** Unique among its siblings. That of an element is taken from its value. */
  readonly key: string;
  /** Blank lines and comments above it, and its indentation. */
  readonly lead: string;
  /** What names it: `key = `, `- `. */
  readonly head: string;
  readonly value: Value;
  /** The rest of its line: a comment, the line ending. */
  readonly tail: string;
  /** What stands for the value if another version has entries there: `"1.0"` is short for `{ version = "1.0" }`. */
  readonly long?: Branch;
}

export function print(value: Value): string {
  if (typeof value === 'string') return value;
  const { open, entries, close, trailingComma } = value;
  const printed = entries.map(({ lead, head, value, tail }, index) => {
    const hasComma = trailingComma !== undefined && (trailingComma || index < entries.length - 1);
    return lead + head + print(value) + (hasComma ? ',' : '') + tail;
  });
  return open + printed.join('') + close;
}

/** The keys that name an element of a list, in the order of their precedence. */
const NAMES = ['id', 'name', 'uses'];

/** The key of an element of a list: a scalar is its own, a table has that of its name, or of its first entry. */
export function keyOfElement(value: Value): string {
  if (typeof value === 'string') return value;
  const { entries } = value;
  const byName = NAMES.map((name) => entries.find(({ key }) => key === name)).find((entry) => entry !== undefined);
  const entry = byName ?? entries[0];
  if (entry === undefined) return print(value);
  // An action is the same in another version.
  const text = print(entry.value);
  return `${entry.key}: ${entry.key === 'uses' ? text.replace(/@.*/s, '') : text}`;
}

/** Whether the entries can be told apart by their keys. */
export function hasUniqueKeys({ entries }: Pick<Branch, 'entries'>): boolean {
  return new Set(entries.map(({ key }) => key)).size === entries.length;
}

/** The comment in what names an entry, such as the header of a table; an empty text if there is none. */
export function commentIn(head: string): string {
  return /#.*/.exec(head)?.[0] ?? '';
}

/** The lines of all comments in a branch. */
export function commentsOf({ entries, close }: Branch): readonly string[] {
  const texts = entries.flatMap(({ lead, head, value, tail }) => [
    lead,
    commentIn(head),
    ...(typeof value === 'string' ? [] : commentsOf(value)),
    tail,
  ]);
  return [...texts, close.replace(/[}\]]$/, '')].flatMap((text) =>
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  );
}
