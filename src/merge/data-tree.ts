import { type Branch, hasUniqueKeys, keyOfElement, type Value } from './outline.ts';

/**
 * What a text says, as values without any text around them, to be merged by the same rules as the text. `isSet` tells the lists, by
 * the key that they stand at, whose order means nothing.
 */
export function treeOf(data: unknown, isSet: (key: string) => boolean, key = ''): Value {
  if (Array.isArray(data)) {
    const entries = data.map((element) => {
      const value = treeOf(element, isSet, key);
      return { key: keyOfElement(value), ...BARE, value };
    });
    const branch: Branch = { kind: isSet(key) ? 'set' : 'list', open: '[', entries, close: ']' };
    return hasUniqueKeys(branch) ? branch : canonical(branch);
  }
  if (typeof data === 'object' && data !== null && !(data instanceof Date)) {
    return table(Object.entries(data).map(([name, value]) => [name, treeOf(value, isSet, name)]));
  }
  // With its quotation marks a text differs from a number, and with its line endings it can be merged.
  return typeof data === 'string' ? `"${data}"` : data instanceof Date ? data.toISOString() : String(data);
}

const BARE = { lead: '', head: '', tail: ';' } as const;

/** A table of these keys and values. */
export function table(values: readonly (readonly [key: string, value: Value])[]): Branch {
  const entries = values.map(([key, value]) => ({ ...BARE, key, head: `${key}=`, value }));
  return { kind: 'map', open: '{', entries, close: '}' };
}

/** A text that two values have in common if and only if they mean the same. */
export function canonical(value: Value): string {
  if (typeof value === 'string') return JSON.stringify(value);
  const entries = value.entries.map((entry) => `${JSON.stringify(entry.key)}:${canonical(entry.value)}`);
  return `${value.kind}(${value.kind === 'list' ? entries : entries.sort()})`;
}
