import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { entryAt } from './paths.ts';

/**
 * The fewest paths that name exactly `files` in the folder `root`, sorted: a folder stands for its files if nothing
 * else is in it on disk. Paths are relative, with `/`. Never the root itself, which also gets `target` and `.git`.
 */
export function coveringPaths(root: string, files: readonly string[]): readonly string[] {
  return cover(root, '', new Set(files)).paths;
}

interface Cover {
  readonly paths: readonly string[];
  /** Nothing on disk is left out. */
  readonly isWhole: boolean;
}

function cover(root: string, folder: string, files: ReadonlySet<string>): Cover {
  const prefix = folder === '' ? '' : `${folder}/`;
  const below = [...files].filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length));
  const names = [...new Set(below.map((path) => path.split('/', 1)[0] ?? ''))].sort();
  const covers = names.map((name): Cover => {
    const path = prefix + name;
    if (files.has(path)) return { paths: [path], isWhole: true };
    const inner = cover(root, path, files);
    return inner.isWhole ? { paths: [path], isWhole: true } : inner;
  });
  const onDisk = entryAt(join(root, folder))?.isDirectory() ? readdirSync(join(root, folder)) : [];
  return {
    paths: covers.flatMap(({ paths }) => paths),
    isWhole: covers.every(({ isWhole }) => isWhole) && onDisk.every((name) => names.includes(name)),
  };
}
