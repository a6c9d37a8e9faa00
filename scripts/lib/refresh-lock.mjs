// templates/locks/<structure>.lock holds every package that any choice of extras brings, <structure>.json which choice
// brings which edge; src/render/cargo-lock.ts derives a project's own lock from the two.
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { importTs, ROOT } from './import-ts.mjs';
import { resolveLock, unionOf } from './resolve-lock.mjs';

const { key, parseLock, renderLock, ROOT_PACKAGE } = await importTs('src/render/cargo-lock.ts');
const { contributionsIn } = await importTs('src/model/catalog.ts');
const { TRAITS } = await importTs('src/model/resource.ts');
const { SPECIMEN, specimenWith } = await importTs('src/plan/specimen.ts');
const FOLDER = path.join(ROOT, 'templates', 'locks');

/** What the names of options begin with that stand for kinds and modifiers of fields; see `lockOptions`. */
const FIELD = 'field.';

/**
 * Writes both files of one structure, whose combinations differ in their authentication only.
 * Throws if what they yield for some choice is not what cargo resolves.
 */
export async function refreshLock(structure, combinations, catalog, { keepsPins }) {
  const file = path.join(FOLDER, structure);
  let pins = keepsPins && existsSync(`${file}.lock`) ? await readFile(`${file}.lock`, 'utf8') : null;
  const wholes = [];
  for (const combination of combinations) {
    const everything = { combination, middleware: 'all', features: 'all', resources: [SPECIMEN] };
    const whole = await resolveLock(everything, pins);
    wholes.push(whole);
    pins = pins === null ? whole : unionOf([pins, whole]);
  }
  const lock = unionOf(wholes);
  const resolved = [];
  const known = new Map();
  for (const ids of choices(catalog)) {
    resolved.push({ ids, lock: await resolveLock(choiceOf(ids, combinations, catalog), lock, known) });
  }
  const conditions = conditionsOf(lock, resolved);
  const extras = [...catalog.parts.middleware, ...catalog.parts.features].map((part) => part.id);
  const ofFields = TRAITS.map((trait) => FIELD + trait);
  for (const [index, { auth }] of combinations.entries()) {
    resolved.push({ ids: [auth, ...extras, ...ofFields], lock: wholes[index] });
  }
  for (const { ids, lock: expected } of resolved) {
    if (renderLock({ ...parseLock(lock), conditions }, ROOT_PACKAGE, ids) === expected) continue;
    throw new Error(`${structure}: the lock for ${ids.join(', ')} is not what cargo resolves`);
  }
  await mkdir(FOLDER, { recursive: true });
  await writeFile(`${file}.lock`, lock);
  await writeFile(`${file}.json`, `${JSON.stringify(conditions, null, 2)}\n`);
}

/** The ids of every option alone, then those of the options that have a cell for each other. */
function choices(catalog) {
  const extras = catalog.axes.filter((axis) => !axis.structural).flatMap(({ id }) => catalog.parts[id]);
  const traits = TRAITS.filter((trait) => trait in catalog.fields || hasCell(trait, catalog));
  const optional = new Map([
    ...extras.map(({ id }) => [id, id]),
    ...traits.flatMap((trait) => [trait, FIELD + trait].map((name) => [name, FIELD + trait])),
  ]);
  const contributions = [
    ...extras.map((part) => [part.id, part]),
    ...Object.entries(catalog.fields).map(([trait, contribution]) => [FIELD + trait, contribution]),
  ];
  const together = contributions.flatMap(([id, contribution]) =>
    cellPaths(contribution).map((ids) => [id, ...ids.flatMap((other) => optional.get(other) ?? [])]),
  );
  const unique = new Map(together.map((ids) => [[...ids].sort().join('+'), ids]));
  return [
    ...[...new Set(optional.values())].map((id) => [id]),
    ...[...unique.values()].filter((ids) => ids.length > 1),
  ];
}

/** Whether some contribution has a cell for fields of a kind or with a modifier. */
function hasCell(trait, catalog) {
  return contributionsIn(catalog).some(({ cells }) => trait in cells || FIELD + trait in cells);
}

/** The ids along every path of nested cells. */
function cellPaths(contribution) {
  return Object.entries(contribution.cells).flatMap(([id, cell]) => [
    [id],
    ...cellPaths(cell).map((ids) => [id, ...ids]),
  ]);
}

/** The choice of exactly these options; with the first authentication if none of them is one. */
function choiceOf(ids, combinations, catalog) {
  const on = (axis) =>
    catalog.parts[axis]
      .filter(({ id }) => ids.includes(id))
      .map(({ id }) => id)
      .join(',') || 'none';
  const combination = combinations.find(({ auth }) => ids.includes(auth)) ?? combinations[0];
  const traits = ids.flatMap((id) => (id.startsWith(FIELD) ? [id.slice(FIELD.length)] : []));
  const resources = traits.length > 0 ? [specimenWith(traits)] : [];
  return { combination, middleware: on('middleware'), features: on('features'), resources };
}

/**
 * The choices that bring an edge: see `LockConditions`. Only edges that their package sometimes lacks are listed; packages
 * that nothing reaches any more are dropped anyway.
 */
function conditionsOf(lock, resolved) {
  const all = resolved.map(({ ids, lock: text }) => ({ ids, edges: edgesOf(text) }));
  const conditions = {};
  for (const [name, dependencies] of edgesOf(lock)) {
    for (const dependency of dependencies) {
      const having = all.filter(({ edges }) => edges.get(name)?.has(dependency)).map(({ ids }) => ids);
      if (having.length === all.filter(({ edges }) => edges.has(name)).length) continue;
      conditions[name] ??= {};
      conditions[name][dependency] = having.filter((ids) => !isImplied(ids, having)).map((ids) => ids.join('+'));
    }
  }
  return conditions;
}

/** Whether a subset of these options is enough. */
function isImplied(ids, having) {
  return having.some((fewer) => fewer.length < ids.length && fewer.every((id) => ids.includes(id)));
}

/** Package → its dependencies. */
function edgesOf(lock) {
  return new Map(parseLock(lock).packages.map((entry) => [key(entry), new Set(entry.dependencies)]));
}
