import type { FileClass } from '../model/files.ts';
import type { ClassRules } from '../model/manifest.ts';
import { matcherOf } from '../model/path-pattern.ts';

/** Returns a function from the path of a file to its class: `merge` unless the pack has a rule for it. */
export function classifier({ managed, seed }: ClassRules): (path: string) => FileClass {
  const [isManaged, isSeed] = [matcherOf(managed), matcherOf(seed)];
  return (path) => (isManaged(path) ? 'managed' : isSeed(path) ? 'seed' : 'merge');
}
