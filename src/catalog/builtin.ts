/**
 * The pack that create-api comes with, as `scripts/build-pack.mjs` writes it: checked and parsed, in JSON files for what can be
 * chosen, for what that means, and for each part, of which those of the plan are read.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Catalog, type Offer, partOf } from '../model/catalog.ts';
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
  /** The checksums of all names one after another, blank for a package of the project itself. */
  readonly checksums: string;
}

/** Length of a checksum: a SHA-256 in hexadecimal. */
const CHECKSUM = 64;

/** The catalog of a built pack, with what tells its templates from those of another. */
export interface BuiltCatalog extends Catalog {
  readonly standard: Standard;
}

/** Loads the catalog of the built pack in `folder`, without its templates. */
export function loadCatalog(folder: string): BuiltCatalog {
  return read(folder, 'catalog');
}

/** Loads what the catalog of the built pack in `folder` offers. */
export function loadOffer(folder: string): Offer {
  return read(folder, 'offer');
}

/** Loads what `plan` is rendered from: the templates of its parts and its lock. */
export function loadTemplates(folder: string, plan: Plan): Templates {
  const parts = new Set(templateKeys(plan).map(partOf));
  return {
    texts: Object.assign({}, ...[...parts].map((part) => read<Templates['texts']>(folder, part))),
    locks: plan.lock === null ? {} : { [plan.lock]: loadLock(folder, plan.lock) },
  };
}

function loadLock(folder: string, key: string): Lock {
  const { head, packages: numbers } = read<BuiltLock>(folder, key);
  const lines = readFileSync(join(folder, 'packages.jsonl'), 'utf8').split('\n');
  const built: readonly BuiltPackage[] = JSON.parse(`[${numbers.map((number) => lines[number])}]`);
  const crates = read<BuiltCrates>(folder, 'crates');
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
  return `${sources[sourceOf[crate] ?? 0]}${checksum && `checksum = "${checksum}"\n`}`;
}

function read<Value>(folder: string, name: string): Value {
  return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
}
