import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { explainIoError } from './io-error.ts';
import { entryAt } from './paths.ts';

/** The other files in the folders of these files, but not in folders below those: relative paths with `/`, sorted. */
export function neighboursOf(root: string, paths: Iterable<string>): readonly string[] {
  const known = new Set(paths);
  const folders = new Set([...known].map((path) => path.slice(0, path.lastIndexOf('/') + 1)));
  return [...folders]
    .flatMap((folder) => entriesIn(root, folder, (entry) => entry.isFile()).map((name) => folder + name))
    .filter((path) => !known.has(path))
    .sort();
}

/** The names of what is in a folder (relative), of some kinds or any; none if there is no such folder. */
export function entriesIn(
  root: string,
  folder: string,
  isWanted: (entry: Dirent) => boolean = () => true,
): readonly string[] {
  const place = join(root, folder);
  try {
    if (!entryAt(place)?.isDirectory()) return [];
    const entries = readdirSync(place, { withFileTypes: true });
    return entries.filter(isWanted).map((entry) => entry.name);
  } catch (error) {
    throw explainIoError(error, place, 'read');
  }
}
