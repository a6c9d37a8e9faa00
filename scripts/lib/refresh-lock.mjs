// templates/locks/<structure>.lock holds every package that any choice of extras brings, <structure>.json which choice
// brings which edge; src/render/cargo-lock.ts cuts a project's own lock out of the two.
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { importTs, ROOT } from './import-ts.mjs';
import { resolveLock, unionOf } from './resolve-lock.mjs';

const { key, parseLock, renderLock, ROOT_PACKAGE } = await importTs('src/render/cargo-lock.ts');
const FOLDER = path.join(ROOT, 'templates', 'locks');

/**
 * Writes both files of one structure, whose combinations differ in their authentication only.
 * Throws where what they give for some choice is not what cargo resolves.
 */
export async function refreshLock(structure, combinations, catalog, { keepsPins }) {
  const file = path.join(FOLDER, structure);
  let pins = keepsPins && existsSync(`${file}.lock`) ? await readFile(`${file}.lock`, 'utf8') : null;
  const wholes = [];
  for (const combination of combinations) {
    const whole = await resolveLock({ combination, middleware: 'all', features: 'all' }, pins);
    wholes.push(whole);
    pins = pins === null ? whole : unionOf([pins, whole]);
  }
  const lock = unionOf(wholes);
  const resolved = [];
  for (const choice of singleChoices(combinations, catalog)) {
    resolved.push({ ids: choice.ids, lock: await resolveLock(choice, lock) });
  }
  const conditions = conditionsOf(lock, resolved);
  for (const [index, { auth }] of combinations.entries()) {
    const extras = [...catalog.parts.middleware, ...catalog.parts.features].map((part) => part.id);
    resolved.push({ ids: [auth, ...extras], lock: wholes[index] });
  }
  for (const { ids, lock: expected } of resolved) {
    if (renderLock(lock, conditions, ROOT_PACKAGE, ids) === expected) continue;
    throw new Error(`${structure}: the lock for ${ids.join(', ')} is not what cargo resolves`);
  }
  await mkdir(FOLDER, { recursive: true });
  await writeFile(`${file}.lock`, lock);
  await writeFile(`${file}.json`, `${JSON.stringify(conditions, null, 2)}\n`);
}

/** Each authentication with nothing else, then each extra alone beside the first one. */
function singleChoices(combinations, catalog) {
  const [first] = combinations;
  const bare = { middleware: 'none', features: 'none' };
  return [
    ...combinations.map((combination) => ({ combination, ...bare, ids: [combination.auth] })),
    ...['middleware', 'features'].flatMap((axis) =>
      catalog.parts[axis].map(({ id }) => ({ combination: first, ...bare, [axis]: id, ids: [first.auth, id] })),
    ),
  ];
}

/**
 * Which choices bring an edge: see `LockConditions`. Only said of an edge that its package also goes without; what no
 * kept package leads to drops out by itself.
 */
function conditionsOf(lock, resolved) {
  const choices = resolved.map((choice) => ({ id: choice.ids.at(-1), edges: edgesOf(choice.lock) }));
  const conditions = {};
  for (const [name, dependencies] of edgesOf(lock)) {
    for (const dependency of dependencies) {
      const having = choices.filter(({ edges }) => edges.get(name)?.has(dependency));
      if (having.length === choices.filter(({ edges }) => edges.has(name)).length) continue;
      conditions[name] ??= {};
      conditions[name][dependency] = having.map(({ id }) => id);
    }
  }
  return conditions;
}

/** Package → its dependencies. */
function edgesOf(lock) {
  return new Map(parseLock(lock).map((entry) => [key(entry), new Set(entry.dependencies)]));
}
