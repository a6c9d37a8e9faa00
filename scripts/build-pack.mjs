// Checks and parses templates/ into JSON files in build/pack/, which src/catalog/builtin.ts reads: the tests and the shipped program
// render the same templates.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { emit } from './lib/emit.mjs';
import { importTs, ROOT } from './lib/import-ts.mjs';

/** The folder of the built pack. */
export const BUILT_PACK = path.join(ROOT, 'build', 'pack');

/** Writes the built pack, and returns its files: texts by their names. */
export async function buildPack() {
  const { keysByPart, LEFT_OUT } = await importTs('src/catalog/builtin.ts');
  const { readPack } = await importTs('src/catalog/read-pack.ts');
  const { parseSources } = await importTs('src/render/parse-sources.ts');
  const { offerOf } = await importTs('src/model/catalog.ts');
  const { version } = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8'));
  const { catalog, sources } = await readPack(path.join(ROOT, 'templates'), version);
  const { templates, problems } = parseSources(sources);
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join('\n'));
  const { locks, packages, crates } = withSharedPackages(templates.locks);
  const offer = offerOf(catalog);
  const contents = {
    catalog: shortened(catalog, LEFT_OUT),
    offer,
    crates,
    ...byPart(templates.texts, keysByPart(catalog)),
    ...locks,
  };
  const files = new Map(Object.entries(contents).map(([name, content]) => [`${name}.json`, asciiJson(content)]));
  files.set('packages.jsonl', packages);
  const integrity = createHash('sha256')
    .update(JSON.stringify([...files]))
    .digest('hex');
  files.set('catalog.json', asciiJson({ ...contents.catalog, standard: { version, integrity } }));
  files.set('starter.json', asciiJson(await readStarter()));
  await emit(BUILT_PACK, files);
  return files;
}

/** The pack that `pack init` starts with: texts by their paths. */
async function readStarter() {
  const root = path.join(ROOT, 'starter');
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'));
  const texts = files.sort().map(async (file) => [file, await readFile(path.join(root, file), 'utf8')]);
  return Object.fromEntries(await Promise.all(texts));
}

/**
 * A catalog without what its contributions lack, in which the keys of templates leave out what the entry has besides: the folder,
 * and the path or the slot, as `*`.
 */
function shortened(catalog, leftOut) {
  let folder = '';
  return JSON.parse(
    JSON.stringify(catalog, function shorten(key, value) {
      if (this.cells !== undefined) {
        folder = this.folder;
        if (key in leftOut && JSON.stringify(value) === JSON.stringify(leftOut[key])) return undefined;
      }
      const isWithin = key === 'template' && value.startsWith(`${folder}/`);
      return isWithin ? value.slice(folder.length).replace(this.path ?? this.slot, '*') : value;
    }),
  );
}

/** The texts of each part, by its folder, in the order of their keys, which the catalog has. */
function byPart(texts, keysByPart) {
  const parts = [...keysByPart].map(([part, keys]) => [part, [...keys].map((key) => texts[key])]);
  const missing = Object.keys(texts).filter((key) => ![...keysByPart.values()].some((keys) => keys.has(key)));
  if (missing.length > 0) throw new Error(`no contribution has ${missing.join(', ')}`);
  return Object.fromEntries(parts.filter(([, list]) => list.length > 0));
}

/**
 * The locks are nine tenths the same. Each distinct package is kept once, in a line, with the conditions of its dependencies, and a
 * lock has the numbers of its lines. Names are kept once, too, and checksums by themselves, since both compress better so.
 */
function withSharedPackages(locks) {
  const [lines, crates, origins] = [numbered(), numbered(), []];
  const lineOf = ({ name, version, origin, dependencies }, conditions) => {
    const crate = crates.numberOf(`${name} ${version}`);
    origins[crate] = origin;
    const numbers = dependencies.map(crates.numberOf);
    return lines.numberOf(asciiJson({ crate, dependencies: numbers, conditions: conditions[`${name} ${version}`] }));
  };
  const shared = Object.entries(locks).map(([key, { head, packages, conditions }]) => [
    key,
    { head, packages: packages.map((entry) => lineOf(entry, conditions)) },
  ]);
  const parts = origins.map((origin) => /^(.*?)(?:checksum = "([0-9a-f]{64})"\n)?$/s.exec(origin));
  const sources = numbered();
  return {
    locks: Object.fromEntries(shared),
    packages: lines.texts().join('\n'),
    crates: {
      names: crates.texts(),
      sourceOf: parts.map(([, source]) => sources.numberOf(source)),
      sources: sources.texts(),
      checksums: parts
        .map(([, , checksum = '']) => Buffer.from(checksum, 'hex').toString('base64').padEnd(44))
        .join(''),
    },
  };
}

/** Texts by the order in which they were first asked for. */
function numbered() {
  const numbers = new Map();
  return {
    numberOf(text) {
      if (!numbers.has(text)) numbers.set(text, numbers.size);
      return numbers.get(text);
    },
    texts: () => [...numbers.keys()],
  };
}

/** JSON in ASCII, of which Node takes half the time and memory to make strings. */
function asciiJson(content) {
  const escaped = (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(content).replace(/[^ -~]/g, escaped);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await buildPack();
