/** JSON that somebody else wrote. */

/** How deep objects and lists may be in each other: nothing that is read here needs more. */
const DEEPEST = 100;

/** Parses a text, or says what is wrong with it. */
export function parseJson(text: string): { readonly json: unknown } | { readonly reason: string } {
  if (depthOf(text) > DEEPEST) return { reason: `is nested deeper than ${DEEPEST} levels` };
  try {
    return { json: JSON.parse(text) };
  } catch (error) {
    return { reason: `is not JSON: ${(error as Error).message}` };
  }
}

/** The most brackets that are open at once, outside of strings. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
    if (token === '{' || token === '[') deepest = Math.max(deepest, ++depth);
    else if (token === '}' || token === ']') depth--;
  }
  return deepest;
}

/** A key that `JSON.parse` or what reads its result drops silently. */
export interface LostKey {
  readonly key: string;
  readonly code: 'duplicate-key' | 'invalid-name';
  readonly what: string;
}

/** Finds keys that an object has twice, of which the first is dropped, and `__proto__`. The text is valid JSON. */
export function lostKeys(text: string): readonly LostKey[] {
  const lost: LostKey[] = [];
  const objects: Set<string>[] = [];
  for (const [token, name] of text.matchAll(/("(?:[^"\\]|\\.)*")\s*:|"(?:[^"\\]|\\.)*"|[{}]/g)) {
    if (token === '{') objects.push(new Set());
    else if (token === '}') objects.pop();
    else if (name !== undefined) {
      const key = JSON.parse(name);
      if (objects.at(-1)?.has(key)) lost.push({ key, code: 'duplicate-key', what: 'stands twice in one object' });
      if (key === '__proto__') lost.push({ key, code: 'invalid-name', what: 'cannot be a key' });
      objects.at(-1)?.add(key);
    }
  }
  return lost;
}

const LONGEST_SHOWN = 60;

/** Writes a value that was parsed, as far as it is worth showing. */
export function shortJson(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}
