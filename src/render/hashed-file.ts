import { createHash } from 'node:crypto';

/** `[sha256 query]`; in a path with a label, which keeps the paths of several templates apart: `[sha256 query of find users]`. */
const HASH = /\[sha256 ([a-z_]+)(?: of [a-z_ ]+)?\]/g;

/**
 * Fills in the hashes of a JSON file whose path has one: in its path and its text, `[sha256 query]` is the SHA-256 of the
 * string that it has at the key `query`, in lowercase hexadecimal digits. Throws if there is none.
 */
export function fillInHashes(path: string, text: string): { readonly path: string; readonly text: string } {
  if (path.search(HASH) === -1) return { path, text };
  const content = JSON.parse(text) as Readonly<Record<string, unknown>>;
  const hash = (_: string, key: string): string => {
    const value = content[key];
    if (typeof value !== 'string') throw new Error(`${path}: no string at the key ${key}`);
    return createHash('sha256').update(value).digest('hex');
  };
  return { path: path.replace(HASH, hash), text: text.replace(HASH, hash) };
}
