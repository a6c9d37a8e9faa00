/**
 * The pack that create-api comes with, as `scripts/build-pack.mjs` writes it: checked and parsed, in JSON files for what can be
 * chosen, for what that means, and for each part, of which those of the plan are read.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Catalog, type Offer, partOf } from '../model/catalog.ts';
import { type Plan, templateKeys } from '../model/plan.ts';
import type { Lock, Templates } from '../model/templates.ts';

/** A lock of a built pack. Locks share most of their packages, so these are in a file for all of them, each on a line. */
interface BuiltLock extends Omit<Lock, 'packages'> {
  /** Numbers of those lines, from 0. */
  readonly packages: readonly number[];
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
  const { packages, ...lock } = read<BuiltLock>(folder, key);
  const lines = readFileSync(join(folder, 'packages.jsonl'), 'utf8').split('\n');
  return { ...lock, packages: JSON.parse(`[${packages.map((line) => lines[line])}]`) };
}

function read<Value>(folder: string, name: string): Value {
  return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
}
