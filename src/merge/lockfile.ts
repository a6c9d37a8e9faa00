import { isOlder } from '../model/version.ts';
import { key, parseLock, printLock } from '../render/cargo-lock.ts';
import type { MergedFile } from './merge-keyed.ts';
import type { TextVersions } from './merge-text.ts';

type Lock = ReturnType<typeof parseLock>;
type Package = Lock['packages'][number];

const UNREADABLE =
  'You and the templates changed this file, and it is not as cargo writes it: delete it, and cargo writes it anew.';

/**
 * Merges Cargo.lock by package. A package stays if both sides have it, or one has added it, whatever the lines around it are;
 * so the pins of the user and those of the templates are all there, and `cargo update --workspace` keeps those that Cargo.toml
 * asks for. There are no conflicts: if both moved a crate to different versions, both are there, and cargo takes the newer one.
 */
export function mergeLockfile(texts: TextVersions): MergedFile {
  try {
    return { text: merge(parseLock(texts.base), parseLock(texts.ours), parseLock(texts.theirs)), conflicts: [] };
  } catch {
    return { text: texts.ours, conflicts: [], reason: UNREADABLE };
  }
}

function merge(base: Lock, ours: Lock, theirs: Lock): string {
  const [inBase, inOurs, inTheirs] = [base, ours, theirs].map(byKey) as Packages;
  const merged = new Map<string, Package>();
  for (const name of mergeSets([...inBase.keys()], [...inOurs.keys()], [...inTheirs.keys()])) {
    const [b, o, t] = [inBase.get(name), inOurs.get(name), inTheirs.get(name)];
    const entry = o ?? t;
    if (entry === undefined) continue;
    const dependencies = mergeSets(b?.dependencies ?? [], o?.dependencies ?? [], t?.dependencies ?? []);
    merged.set(name, o === undefined || t === undefined ? entry : { ...entry, dependencies });
  }
  // One side may have removed what the other one's new packages need.
  for (const { dependencies } of merged.values()) {
    for (const dependency of dependencies) {
      const needed = inOurs.get(dependency) ?? inTheirs.get(dependency);
      const isThere = [...merged.values()].some(({ name }) => name === needed?.name);
      if (needed !== undefined && !isThere) merged.set(dependency, needed);
    }
  }
  const packages = [...merged.values()].sort(inOrder);
  const linked = packages.map((entry) => ({ ...entry, dependencies: linkedTo(packages, entry.dependencies) }));
  return printLock(ours.head === base.head ? theirs.head : ours.head, linked);
}

type Packages = [
  base: ReadonlyMap<string, Package>,
  ours: ReadonlyMap<string, Package>,
  theirs: ReadonlyMap<string, Package>,
];

function byKey({ packages }: Lock): ReadonlyMap<string, Package> {
  const all = new Map(packages.map((entry) => [key(entry), entry]));
  if (all.size !== packages.length) throw new Error('a package from two sources');
  return all;
}

/** What both sides have, and what one of them added. */
function mergeSets(base: readonly string[], ours: readonly string[], theirs: readonly string[]): readonly string[] {
  const [inBase, inOurs, inTheirs] = [new Set(base), new Set(ours), new Set(theirs)];
  const all = new Set([...ours, ...theirs]);
  return [...all].filter((name) => !inBase.has(name) || (inOurs.has(name) && inTheirs.has(name))).sort();
}

/** Dependencies on a version that is gone are on the only other one, if there is only one; cargo adds those that are missing. */
function linkedTo(packages: readonly Package[], dependencies: readonly string[]): readonly string[] {
  const linked = dependencies.flatMap((dependency) => {
    const [name] = dependency.split(' ');
    const candidates = packages.filter((entry) => entry.name === name).map(key);
    return candidates.includes(dependency) ? [dependency] : candidates.length === 1 ? candidates : [];
  });
  return [...new Set(linked)];
}

function inOrder(a: Package, b: Package): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return isOlder(a.version, b.version) ? -1 : 1;
}
