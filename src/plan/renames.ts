import { type Contribution, isPattern, pathFor } from '../model/catalog.ts';
import type { Resource } from '../model/resource.ts';

/** Whether a move from a file or folder applies to a path. */
export function isMovedBy(from: string, path: string): boolean {
  return path === from || path.startsWith(`${from}/`);
}

/** The other path of each file that has one, by its path in this project: in earlier releases, or where no part moves it. */
export function renamesOf(
  paths: Iterable<string>,
  contributions: readonly Pick<Contribution, 'moves' | 'renames'>[],
  resources: readonly Resource[],
): ReadonlyMap<string, string> {
  const declared = contributions.flatMap(({ renames }) => Object.entries(renames));
  const moved = contributions
    .flatMap(({ moves }) => Object.entries(moves))
    .flatMap((move) =>
      move.some(isPattern)
        ? resources.map((resource, position) => move.map((path) => pathFor(path, resource, position)))
        : [move],
    );
  const all = [...declared, ...moved];
  const renames = new Map<string, string>();
  for (const path of paths) {
    const [from, to = ''] = all.find(([, to = '']) => isMovedBy(to, path)) ?? [];
    if (from !== undefined) renames.set(path, from + path.slice(to.length));
  }
  return renames;
}
