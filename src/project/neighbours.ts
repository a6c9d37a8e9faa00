import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { explainIoError } from './io-error.ts';
import { entryAt } from './paths.ts';

/** The other files in the folders of these files, but not in folders below those: relative paths with `/`, sorted. */
export function neighboursOf(root: string, paths: Iterable<string>): readonly string[] {
  const known = new Set(paths);
  const folders = new Set([...known].map((path) => path.slice(0, path.lastIndexOf('/') + 1)));
  return [...folders]
    .flatMap((folder) => filesIn(join(root, folder)).map((name) => folder + name))
    .filter((path) => !known.has(path))
    .sort();
}

function filesIn(folder: string): readonly string[] {
  try {
    if (!entryAt(folder)?.isDirectory()) return [];
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
  } catch (error) {
    throw explainIoError(error, folder, 'read');
  }
}
