import { type Part, partOf } from '../model/catalog.ts';
import type { PackProblem } from '../model/errors.ts';

/** What a contribution brings by name, such as files by their paths. */
export interface Brought<Value> {
  /** Folder of the contribution. */
  readonly folder: string;
  readonly entries: readonly (readonly [name: string, value: Value])[];
  /** What it takes over from earlier contributions: name → the folder of the part that brings it. */
  readonly takenOver: ReadonlyMap<string, string>;
  /** Names that its manifest has in another form. */
  readonly written: ReadonlyMap<string, string>;
}

/**
 * Merges what contributions bring, in their order. A name comes from one part; a later contribution that brings it too must name
 * that part, or one that it extends, under `key` in its manifest.
 */
export function mergeOwned<Value>(
  brought: readonly Brought<Value>[],
  key: 'replaces' | 'overrides',
  parts: readonly Part[],
): { readonly merged: ReadonlyMap<string, Value>; readonly problems: readonly PackProblem[] } {
  const merged = new Map<string, Value>();
  const owners = new Map<string, string>();
  const problems: PackProblem[] = [];
  for (const { folder, entries, takenOver, written } of brought) {
    const own = new Map(entries);
    for (const name of new Set([...own.keys(), ...takenOver.keys()])) {
      const owner = owners.get(name);
      const problem = problemOf(own.has(name), owner, takenOver.get(name), parts);
      if (problem === null) continue;
      const there = located(problem, folder, key, written.get(name) ?? name);
      // What to write where nothing is written yet.
      const entry = `"${key}": {"${written.get(name) ?? name}": "${owner}"}`;
      const isMissing = owner !== undefined && !takenOver.has(name);
      problems.push(isMissing ? { ...there, message: `${there.message}; to take its place, write ${entry}` } : there);
    }
    for (const [name, value] of own) {
      merged.set(name, value);
      owners.set(name, partOf(folder));
    }
  }
  return { merged, problems };
}

/** What is wrong where `owner` has brought a name so far, and `named` is said to have; `null` if nothing is. */
function problemOf(
  isBrought: boolean,
  owner: string | undefined,
  named: string | undefined,
  parts: readonly Part[],
): { readonly what: string; readonly allowed?: string } | null {
  if (named !== undefined && !isBrought) return { what: `is "${named}", but nothing is brought instead` };
  if (owner === undefined) return named === undefined ? null : { what: `is "${named}", but no earlier part brings it` };
  if (named === undefined) return { what: `is missing: ${owner} brings it too`, allowed: owner };
  return lineage(owner, parts).includes(named)
    ? null
    : { what: `is "${named}", but it is of ${owner}`, allowed: owner };
}

/** The folders of a part and of those that it extends. */
function lineage(owner: string, parts: readonly Part[]): readonly string[] {
  const inherited = parts.find(({ folder }) => folder === owner)?.inherited ?? [];
  return [owner, ...inherited.map(({ folder }) => folder)];
}

function located(
  { what, ...rest }: { readonly what: string; readonly allowed?: string },
  folder: string,
  key: string,
  name: string,
): PackProblem {
  const file = `${folder}/part.json`;
  const path = /^\w+$/.test(name) ? `${key}.${name}` : `${key}["${name}"]`;
  return { code: 'unclear-owner', file, key: path, message: `${file}: ${path} ${what}`, ...rest };
}
