import { lstatSync, type Stats } from 'node:fs';
import { dirname, join } from 'node:path';

/** `path` and every folder above it, innermost first. */
export function ancestorsOf(path: string): readonly string[] {
  const parent = dirname(path);
  return parent === path ? [path] : [path, ...ancestorsOf(parent)];
}

/** The entry at `path`, without following links; `null` if there is none. */
export function entryAt(path: string): Stats | null {
  return lstatSync(path, { throwIfNoEntry: false }) ?? null;
}

/** The first entry between the folder `root` and `path` (both relative to it, with `/`) that is not a folder; `null` if none. */
export function obstacleAbove(root: string, path: string): string | null {
  const parts = path.split('/');
  for (let depth = 1; depth < parts.length; depth++) {
    const at = parts.slice(0, depth).join('/');
    const entry = entryAt(join(root, at));
    if (entry === null) return null;
    if (!entry.isDirectory()) return at;
  }
  return null;
}

/** The first link between the folder `root` and the entry at `path` (relative, with `/`); `null` if there is none. */
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
