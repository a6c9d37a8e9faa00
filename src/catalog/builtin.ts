/**
 * The pack that create-api comes with, as `scripts/build-pack.mjs` writes it: checked and parsed, in a JSON file for what can be
 * chosen and one for each part, of which only those of the plan are read.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Catalog, partOf } from '../model/catalog.ts';
import { type Plan, templateKeys } from '../model/plan.ts';
import type { Lock, LockedPackage, Templates } from '../model/templates.ts';

/** A lock of a built pack. Locks share most of their packages, so these are in a file for all of them. */
interface BuiltLock extends Omit<Lock, 'packages'> {
  /** Positions in that file. */
  readonly packages: readonly number[];
}

/** Loads the catalog of the built pack in `folder`, without its templates. */
export function loadCatalog(folder: string): Catalog {
  return read(folder, 'catalog');
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
  const { packages, ...lock } = read<BuiltLock>(folder, key);
  const all = read<readonly LockedPackage[]>(folder, 'packages');
  return { ...lock, packages: packages.flatMap((index) => all[index] ?? []) };
}

function read<Value>(folder: string, name: string): Value {
  return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
}
