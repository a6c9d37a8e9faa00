import { lstatSync, type Stats } from 'node:fs';
import { dirname } from 'node:path';

/** `path` and every folder above it, from the inside out. */
export function ancestorsOf(path: string): readonly string[] {
  const parent = dirname(path);
  return parent === path ? [path] : [path, ...ancestorsOf(parent)];
}

/** What is at `path` itself, links not followed; `null` where nothing is. */
export function entryAt(path: string): Stats | null {
  return lstatSync(path, { throwIfNoEntry: false }) ?? null;
}
