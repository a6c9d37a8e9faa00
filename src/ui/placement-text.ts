import { join } from 'node:path';
import type { LeftOutFile } from '../model/plan.ts';

/** Files that are not in the project's own folder. */
export interface Placements {
  readonly repositoryRoot: string;
  readonly repositoryFiles: readonly { readonly path: string; readonly action: 'write' | 'keep' }[];
  readonly leftOut: readonly LeftOutFile[];
}

/** A line for each file that goes to the root of the repository or is left out, with the reason. */
export function placementLines(
  { repositoryRoot, repositoryFiles, leftOut }: Placements,
  unwritten: readonly { readonly path: string }[] = [],
): readonly string[] {
  const isUnwritten = (path: string) => unwritten.some((file) => file.path === path);
  return [
    ...repositoryFiles
      .filter(({ path }) => !isUnwritten(path))
      .map(({ path, action }) => {
        const file = join(repositoryRoot, path);
        return action === 'write'
          ? `${file}, because it works only at the root of the repository`
          : `${file} is left as it is; add what this project needs by hand (--dry-run --json shows it)`;
      }),
    ...leftOut.map(({ path, reason }) => `no ${path}: ${reason}`),
  ];
}
