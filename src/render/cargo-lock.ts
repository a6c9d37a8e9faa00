import type { Lock, LockConditions, LockedPackage } from '../model/templates.ts';

/**
 * Cargo.lock for exactly the chosen options, derived from the lock that was tested with all of them: `--locked` works on a
 * new project, and a project that is created next year builds the versions that were released with create-api.
 */

/** The root package's name in the locks of a pack, and the beginning of its members'; the project's name replaces it. */
export const ROOT_PACKAGE = 'service-name';

const LOCAL_PACKAGE = new RegExp(`^${ROOT_PACKAGE}(?=[- ]|$)`);

/** Parses a lock of format 3 or 4. Throws if a dependency is not in it. */
export function parseLock(text: string): Pick<Lock, 'head' | 'packages'> {
  const [head = '', ...blocks] = text.split(/^\[\[package\]\]\n/m);
  const raw = blocks.map((block) => ({
    name: field(block, 'name'),
    version: field(block, 'version'),
    origin: (block.match(/^(?:source|checksum) = .*\n/gm) ?? []).join(''),
    dependencies: [...block.matchAll(/^ "(.*)",$/gm)].map((match) => match[1] ?? ''),
  }));
  const versions = groupByName(raw);
  const packages = raw.map((entry) => ({
    ...entry,
    dependencies: entry.dependencies.map((dependency) => {
      const [name = '', version] = dependency.split(' ');
      const only = versions.get(name)?.[0];
      if (only === undefined) throw new Error(`Cargo.lock: ${entry.name} needs ${name}, which is not in it`);
      return `${name} ${version ?? only.version}`;
    }),
  }));
  return { head, packages };
}

/**
 * The lock of the project `name` with the options `ids`: without the edges of other options, and what they alone reach. Of the
 * crates that are `needed` besides, those that are in the lock for some other option; cargo adds the rest. Throws if it has no
 * package that stands for the project.
 */
export function renderLock(
  { head, packages, conditions }: Lock,
  name: string,
  ids: readonly string[],
  needed: readonly string[] = [],
): string {
  const chosen = packages.map((entry) => {
    const dependencies = dependenciesWith(ids, entry, conditions);
    return {
      ...entry,
      dependencies:
        entry.name === ROOT_PACKAGE ? withNeeded(dependencies, needed, groupByName(packages)) : dependencies,
    };
  });
  const renamed = (text: string) => text.replace(LOCAL_PACKAGE, name);
  const kept = reachable(chosen).map((entry) =>
    LOCAL_PACKAGE.test(entry.name)
      ? { ...entry, name: renamed(entry.name), dependencies: sortedByName(entry.dependencies.map(renamed)) }
      : entry,
  );
  return printLock(head, kept.sort(byName));
}

/** The dependencies of the project with those of the needed crates that are in the lock in one version. */
function withNeeded(
  dependencies: readonly string[],
  needed: readonly string[],
  packages: ReadonlyMap<string, readonly LockedPackage[]>,
): readonly string[] {
  const known = new Set(dependencies.map((dependency) => dependency.split(' ', 1)[0]));
  const added = needed.flatMap((name) => {
    const [only, ...others] = packages.get(name) ?? [];
    return known.has(name) || only === undefined || others.length > 0 ? [] : [key(only)];
  });
  return added.length === 0 ? dependencies : sortedByName([...dependencies, ...added]);
}

/** Prints a lock as cargo does: a dependency has its version only if there are several. */
export function printLock(head: string, packages: readonly LockedPackage[]): string {
  const versions = groupByName(packages);
  const written = (dependency: string) => {
    const dependencyName = dependency.slice(0, dependency.indexOf(' '));
    return (versions.get(dependencyName)?.length ?? 0) > 1 ? dependency : dependencyName;
  };
  const blocks = packages.map((entry) => {
    const list = entry.dependencies.map((dependency) => ` "${written(dependency)}",\n`).join('');
    const dependencies = list === '' ? '' : `dependencies = [\n${list}]\n`;
    return `[[package]]\nname = "${entry.name}"\nversion = "${entry.version}"\n${entry.origin}${dependencies}`;
  });
  return head + blocks.join('\n');
}

/** The names of the published crates that the project with the options `ids` has in Cargo.toml, if a lock fits it. */
export function directCrates({ packages, conditions }: Omit<Lock, 'head'>, ids: readonly string[]): readonly string[] {
  const root = packages.find((entry) => entry.name === ROOT_PACKAGE);
  const dependencies = root === undefined ? [] : dependenciesWith(ids, root, conditions);
  return dependencies
    .filter((dependency) => !LOCAL_PACKAGE.test(dependency))
    .map((dependency) => dependency.replace(/ .*/, ''));
}

/** The dependencies that a package has with the options `ids`. */
function dependenciesWith(ids: readonly string[], entry: LockedPackage, conditions: LockConditions): readonly string[] {
  const conditional = conditions[key(entry)];
  if (conditional === undefined) return entry.dependencies;
  return entry.dependencies.filter((dependency) => {
    const condition = conditional[dependency];
    return condition === undefined || condition.some((choice) => choice.split('+').every((id) => ids.includes(id)));
  });
}

/** By name only, for a stable sort: only renamed packages move, versions of one crate keep Cargo's order. */
function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

/** Sorts dependencies, `name version`, by their names. */
function sortedByName(dependencies: readonly string[]): readonly string[] {
  return dependencies
    .map((dependency) => ({ dependency, name: dependency.split(' ', 1)[0] ?? '' }))
    .sort(byName)
    .map(({ dependency }) => dependency);
}

/** How a package is named in `LockConditions` and in dependencies. */
export function key(entry: Pick<LockedPackage, 'name' | 'version'>): string {
  return `${entry.name} ${entry.version}`;
}

function reachable(packages: readonly LockedPackage[]): LockedPackage[] {
  const byKey = new Map(packages.map((entry) => [key(entry), entry]));
  const root = packages.find((entry) => entry.name === ROOT_PACKAGE);
  if (root === undefined) throw new Error(`Cargo.lock: no package ${ROOT_PACKAGE}`);
  const seen = new Set([root]);
  for (const entry of seen) {
    for (const dependency of entry.dependencies) {
      const found = byKey.get(dependency);
      if (found !== undefined) seen.add(found);
    }
  }
  return packages.filter((entry) => seen.has(entry));
}

function groupByName<T extends { readonly name: string }>(entries: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const entry of entries) groups.set(entry.name, [...(groups.get(entry.name) ?? []), entry]);
  return groups;
}

function field(block: string, name: string): string {
  const value = block.match(new RegExp(`^${name} = "(.*)"$`, 'm'))?.[1];
  if (value === undefined) throw new Error(`Cargo.lock: a package without ${name}`);
  return value;
}
