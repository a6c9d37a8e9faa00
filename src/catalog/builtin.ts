/**
 * The pack that create-api comes with, as `scripts/build-pack.mjs` writes it: checked and parsed, in JSON files for what can be
 * chosen, for what that means, and for each part, of which those of the plan are read.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Catalog, type Offer, partOf } from '../model/catalog.ts';
import { type Plan, templateKeys } from '../model/plan.ts';
import type { Lock, LockConditions, LockedPackage, Templates } from '../model/templates.ts';

/** A lock of a built pack. Locks share most of their packages, so these are in a file for all of them, each on a line. */
interface BuiltLock extends Pick<Lock, 'head'> {
  /** Numbers of those lines, from 0. */
  readonly packages: readonly number[];
}

/** A package of a built lock, with the conditions of its dependencies. */
interface BuiltPackage extends LockedPackage {
  readonly conditions?: LockConditions[string];
}

/** Loads the catalog of the built pack in `folder`, without its templates. */
export function loadCatalog(folder: string): Catalog {
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
  const packages: readonly BuiltPackage[] = JSON.parse(`[${numbers.map((number) => lines[number])}]`);
  const conditions = packages.flatMap(({ name, version, conditions }) =>
    conditions === undefined ? [] : [[`${name} ${version}`, conditions]],
  );
  return { head, packages, conditions: Object.fromEntries(conditions) };
}

function read<Value>(folder: string, name: string): Value {
  return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
}
