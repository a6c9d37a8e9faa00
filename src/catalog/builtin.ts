/**
 * The pack that create-api comes with, as `scripts/build-pack.mjs` writes it: checked and parsed, in JSON files for what can be
 * chosen, for what that means, and for each part, of which those of the plan are read.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Catalog, type Contribution, contributionsIn, type Offer, packOf, partOf } from '../model/catalog.ts';
import { type Plan, templateKeys } from '../model/plan.ts';
import type { Standard } from '../model/project-record.ts';
import type { Lock, LockConditions, LockedPackage, Templates } from '../model/templates.ts';

/** A lock of a built pack. Locks share most of their packages, so these are in a file for all of them, each on a line. */
interface BuiltLock extends Pick<Lock, 'head'> {
  /** Numbers of those lines, from 0. */
  readonly packages: readonly number[];
}

/** A package of built locks; packages are numbers of `BuiltCrates`. */
interface BuiltPackage {
  readonly crate: number;
  readonly dependencies: readonly number[];
  /** The conditions of its dependencies. */
  readonly conditions?: LockConditions[string];
}

/** The names and origins of all packages of the locks. */
interface BuiltCrates {
  /** `name version`. */
  readonly names: readonly string[];
  /** For each name the number of its source. */
  readonly sourceOf: readonly number[];
  /** The `source` lines. */
  readonly sources: readonly string[];
  /** The checksums of all names one after another, blank for a package of the project itself; base64, which compresses better. */
  readonly checksums: string;
}

/** Length of a checksum: a SHA-256 in base64. */
const CHECKSUM = 44;

/** The catalog of a built pack, with what tells its templates from those of another. */
export interface BuiltCatalog extends Catalog {
  readonly standard: Standard;
}

/** Loads the catalog of the built pack in `folder`, without its templates. */
export function loadCatalog(folder: string): BuiltCatalog {
  const catalog = readJson<BuiltCatalog>(folder, 'catalog');
  for (const contribution of contributionsIn(catalog)) {
    Object.assign(contribution, { ...LEFT_OUT, ...contribution });
    const { files, resourceFiles, slots, resourceSlots } = contribution;
    for (const file of [...files, ...resourceFiles]) lengthenKey(file, file.path, contribution);
    for (const fragment of [...slots, ...resourceSlots]) lengthenKey(fragment, fragment.slot, contribution);
  }
  return catalog;
}

/** What a contribution of a built pack has that is not in it: most have little. */
export const LEFT_OUT: Omit<Contribution, 'folder' | 'cells'> = {
  ...{ crates: {}, env: [], vars: {}, replaces: {}, overrides: {}, moves: {}, renames: {} },
  ...{ files: [], slots: [], resourceFiles: [], resourceSlots: [], types: null },
};

/** Completes the key of a template that has only what its folder and `name` do not say: `/files/*.hbs`. */
function lengthenKey(entry: { readonly template: string }, name: string, { folder }: Contribution): void {
  const { template } = entry;
  if (template.startsWith('/')) Object.assign(entry, { template: folder + template.replace('*', () => name) });
}

/** Loads what the catalog of the built pack in `folder` offers. */
export function loadOffer(folder: string): Offer {
  return readJson(folder, 'offer');
}

/** Loads the files of a team's pack to start from: texts by their paths. */
export function loadStarter(folder: string): Readonly<Record<string, string>> {
  return readJson(folder, 'starter');
}

/** Loads what `plan` is rendered from: the templates of its parts but those of teams' packs, and its lock. */
export function loadTemplates(folder: string, plan: Plan, catalog: Catalog): Templates {
  const own = templateKeys(plan).filter((key) => packOf(key) === null);
  const parts = new Set(own.map(partOf));
  const keys = keysByPart(catalog);
  const entries = [...parts].flatMap((part) => {
    const texts = readJson<readonly Templates['texts'][string][]>(folder, part);
    return [...(keys.get(part) ?? [])].map((key, index) => [key, texts[index]] as const);
  });
  return {
    texts: Object.fromEntries(entries) as Templates['texts'],
    locks: plan.lock === null ? {} : { [plan.lock]: loadLock(folder, plan.lock) },
  };
}

/** Loads the templates of all parts, by their keys. */
export function loadEveryTemplate(folder: string, catalog: Catalog): Templates['texts'] {
  return Object.fromEntries(
    [...keysByPart(catalog)].flatMap(([part, keys]) => {
      if (keys.size === 0) return [];
      const texts = readJson<readonly Templates['texts'][string][]>(folder, part);
      return [...keys].map((key, index) => [key, texts[index]] as const);
    }),
  ) as Templates['texts'];
}

/** The keys of the templates of each part, in the order in which the part's file has their texts. */
export function keysByPart(catalog: Catalog): ReadonlyMap<string, ReadonlySet<string>> {
  const keys = new Map<string, Set<string>>();
  for (const { folder, files, resourceFiles, slots, resourceSlots, types } of contributionsIn(catalog)) {
    const part = partOf(folder);
    const known = keys.get(part) ?? new Set();
    for (const { template } of [files, resourceFiles, slots, resourceSlots].flat()) known.add(template);
    if (types !== null) known.add(types);
    keys.set(part, known);
  }
  return keys;
}

function loadLock(folder: string, key: string): Lock {
  const { head, packages: numbers } = readJson<BuiltLock>(folder, key);
  const lines = readFileSync(join(folder, 'packages.jsonl'), 'utf8').split('\n');
  const built: readonly BuiltPackage[] = JSON.parse(`[${numbers.map((number) => lines[number])}]`);
  const crates = readJson<BuiltCrates>(folder, 'crates');
  const nameOf = (crate: number) => crates.names[crate] ?? '';
  const packages = built.map(({ crate, dependencies }): LockedPackage => {
    const [name = '', version = ''] = nameOf(crate).split(' ');
    return { name, version, origin: originOf(crate, crates), dependencies: dependencies.map(nameOf) };
  });
  const conditions = built.flatMap(({ crate, conditions }) =>
    conditions === undefined ? [] : [[nameOf(crate), conditions]],
  );
  return { head, packages, conditions: Object.fromEntries(conditions) };
}

function originOf(crate: number, { sourceOf, sources, checksums }: BuiltCrates): string {
  const checksum = checksums.slice(crate * CHECKSUM, (crate + 1) * CHECKSUM).trim();
  const hex = Buffer.from(checksum, 'base64').toString('hex');
  return `${sources[sourceOf[crate] ?? 0]}${hex && `checksum = "${hex}"\n`}`;
}

function readJson<Value>(folder: string, name: string): Value {
  return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
}
