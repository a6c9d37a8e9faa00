import type { Kind, Modifier } from './resource.ts';

/** A text, or lines that a template loops over. */
export type TypeText = string | readonly string[];

/**
 * The keys whose lines, statements of SQL, change the table of a resource that is there already: they add or drop the column of a
 * field or something of it, or set whether it may be null, or what values it can have. The field is as it will be, but for what is
 * dropped.
 */
export const CHANGE_KEYS = [
  ...(['drop_column', 'add_unique', 'add_index', 'drop_unique', 'drop_index'] as const),
  ...(['set_null', 'set_values', 'add_column'] as const),
];
export type ChangeKey = (typeof CHANGE_KEYS)[number];

/** The key that names those of `CHANGE_KEYS` that are impossible for a field that a table was created with. */
export const FIXED_KEY = 'fixed';

/** The key that names those of `CHANGE_KEYS` with which a column becomes the last one of its table. */
export const MOVED_BY_KEY = 'moved_by';

/** What kinds of fields are in a project: kind, or `any` for each kind that lacks the key → key → text. */
export type TypeTable = Readonly<Partial<Record<Kind | 'any', Readonly<Record<string, TypeText>>>>>;

/** The key of a text for fields with some modifiers: `bound?:min` is `bound` of optional fields with a minimum. */
export interface TypeKey {
  readonly name: string;
  readonly modifiers: readonly Modifier[];
}

/** Takes a key of a type table apart. */
export function typeKey(key: string): TypeKey {
  const [start = '', ...rest] = key.split(':');
  const modifiers = rest as Modifier[];
  return start.endsWith('?')
    ? { name: start.slice(0, -1), modifiers: ['optional', ...modifiers] }
    : { name: start, modifiers };
}

/** Keys of one name and kind of which a field may have the modifiers of both, but of which neither is for both. */
export function ambiguousKeys(keys: readonly string[]): readonly (readonly [string, string])[] {
  const parsed = keys.map((key) => ({ key, ...typeKey(key) }));
  return parsed.flatMap((a, index) =>
    parsed.slice(index + 1).flatMap((b) => {
      const both = new Set([...a.modifiers, ...b.modifiers]);
      const isDecided = parsed.some(
        ({ name, modifiers }) =>
          name === a.name && modifiers.length === both.size && modifiers.every((each) => both.has(each)),
      );
      return a.name !== b.name || isDecided ? [] : [[a.key, b.key] as const];
    }),
  );
}

/** A name of the context in a text: `{length}`, `{ref.plural}`, or `{type.column}` for another key of the field. */
const PLACEHOLDER = /\{([a-z][a-z_]*(?:\.[a-z0-9_]+)*)\}/g;

/** Replaces the placeholders of a text. */
export function fillIn(text: string, lookUp: (path: string) => string): string {
  return text.replace(PLACEHOLDER, (_, path: string) => lookUp(path));
}

/** The placeholders of a text. */
export function placeholdersIn(text: TypeText): readonly string[] {
  return [text].flat().flatMap((line) => [...line.matchAll(PLACEHOLDER)].map(([, path = '']) => path));
}
