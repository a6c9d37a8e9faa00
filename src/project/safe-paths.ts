import type { RenderedFile } from '../model/files.ts';
import { isSafePath } from '../model/safe-path.ts';

/**
 * Throws if a set of files cannot be written on every operating system, or leaves the project's folder. Such a set is a
 * bug in the pack, hence an ordinary error.
 */
export function assertSafePaths(files: readonly Pick<RenderedFile, 'path'>[]): void {
  const seen = new Map<string, string>();
  for (const { path } of files) {
    const parts = path.split('/');
    if (!isSafePath(path))
      throw new Error(`the path ${JSON.stringify(path)} cannot be written on every operating system`);
    for (let depth = 1; depth <= parts.length; depth++) claim(seen, parts.slice(0, depth), depth === parts.length);
  }
}

/** Where case does not count, neither two spellings of a name nor a file and a folder of one name can coexist. */
function claim(seen: Map<string, string>, parts: readonly string[], isFile: boolean): void {
  const path = parts.join('/');
  const key = path.normalize('NFC').toLowerCase();
  const kind = isFile ? `${path} (file)` : path;
  const earlier = seen.get(key) ?? kind;
  const isTwice = isFile && seen.has(key);
  if (earlier !== kind || isTwice) throw new Error(`the paths ${earlier} and ${kind} cannot both be written`);
  seen.set(key, kind);
}
