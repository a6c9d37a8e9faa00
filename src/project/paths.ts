import { lstatSync, type Stats } from 'node:fs';
import { dirname, join } from 'node:path';

/** `path` and every folder above it, from the inside out. */
export function ancestorsOf(path: string): readonly string[] {
  const parent = dirname(path);
  return parent === path ? [path] : [path, ...ancestorsOf(parent)];
}

/** What is at `path` itself, links not followed; `null` where nothing is. */
export function entryAt(path: string): Stats | null {
  return lstatSync(path, { throwIfNoEntry: false }) ?? null;
}

/** The first link on the way from the folder `root` to what `path` (relative, with `/`) names in it, else `null`. */
export function linkAbove(root: string, path: string): string | null {
  const parts = path.split('/');
  for (let depth = 1; depth < parts.length; depth++) {
    const folder = join(root, ...parts.slice(0, depth));
    const entry = entryAt(folder);
    if (entry?.isSymbolicLink()) return folder;
    if (!entry?.isDirectory()) return null;
  }
  return null;
}
