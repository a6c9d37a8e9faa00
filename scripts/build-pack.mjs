// Checks and parses templates/ into files of JSON in build/pack/, which src/catalog/builtin.ts reads: the tests and the shipped program
// render the same templates.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { answersOf } from './lib/answers-of.mjs';
import { emit } from './lib/emit.mjs';
import { importTs, ROOT } from './lib/import-ts.mjs';

/** The folder of the built pack. */
export const BUILT_PACK = path.join(ROOT, 'build', 'pack');

/** Writes the built pack, and returns its files: texts and bytes by their names. */
export async function buildPack() {
  const { ADDED, keysOf, LEFT_OUT } = await importTs('src/catalog/builtin.ts');
  const { readPack } = await importTs('src/catalog/read-pack.ts');
  const { parseSources } = await importTs('src/render/parse-sources.ts');
  const { foldersIn, offerOf } = await importTs('src/model/catalog.ts');
  const { version } = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8'));
  const { catalog, sources } = await readPack(path.join(ROOT, 'templates'), version);
  const { templates, problems } = parseSources(sources);
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join('\n'));
  const needed = await neededByDefault(catalog);
  const folders = new Map(foldersIn(catalog).map((contribution) => [contribution.folder, contribution]));
  requireFolders(templates.texts, [...folders.values()].flatMap(keysOf));
  const lines = [];
  const lineOf = new Map();
  for (const [folder, contribution] of folders) {
    lineOf.set(folder, 1 + lines.length);
    lines.push({ value: addedBy(contribution, ADDED, LEFT_OUT), isDefault: needed.folders.has(folder) });
    for (const key of keysOf(contribution))
      lines.push({ value: templates.texts[key], isDefault: needed.keys.has(key) });
  }
  const { locks, packages, crates } = withSharedPackages(templates.locks, catalog.locks, needed.lock);
  const numbers = { locks: 1 + lines.length };
  lines.push(...locks);
  numbers.packages = 1 + lines.length;
  lines.push(...packages);
  numbers.crates = 1 + lines.length;
  lines.push(...crates);
  const head = { ...withoutAdditions(catalog, lineOf, ADDED), lines: numbers };
  const integrity = createHash('sha256')
    .update(JSON.stringify([head, lines]))
    .digest('hex');
  const files = new Map([
    ['offer.json', asciiJson(offerOf(catalog))],
    ['starter.json', asciiJson(await readStarter())],
    ...linesInFiles([{ value: { ...head, standard: { version, integrity } }, isDefault: true }, ...lines]),
  ]);
  await emit(BUILT_PACK, files);
  return files;
}

/** What a project is planned and rendered from for which nothing is chosen: folders, keys of templates, and its lock. */
async function neededByDefault(catalog) {
  const { plan } = await importTs('src/plan/plan.ts');
  const { contributionsOf } = await importTs('src/plan/contributions.ts');
  const { templateKeys } = await importTs('src/model/plan.ts');
  const { partOf } = await importTs('src/model/catalog.ts');
  const planned = plan(answersOf({}, catalog), catalog);
  const contributions = contributionsOf(planned.parts, planned.resources, catalog);
  return {
    folders: new Set(contributions.map(({ folder }) => partOf(folder))),
    keys: new Set(templateKeys(planned)),
    lock: planned.lock,
  };
}

/** Throws if there are texts that belong to no folder. */
function requireFolders(texts, keys) {
  const known = new Set(keys);
  const missing = Object.keys(texts).filter((key) => !known.has(key));
  if (missing.length > 0) throw new Error(`no contribution has ${missing.join(', ')}`);
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

/** A catalog in which the contribution of each folder has the number of the line with what it adds, instead of that. */
function withoutAdditions(catalog, lineOf, added) {
  return JSON.parse(
    JSON.stringify(catalog, (_, value) => {
      if (value?.cells === undefined) return value;
      const others = Object.entries(value).filter(([key]) => !added.includes(key));
      return { ...Object.fromEntries(others), line: lineOf.get(value.folder) };
    }),
  );
}

/**
 * What a contribution adds, with its cells: without what is empty, and with keys of templates that leave out what the entry has
 * besides: the folder, and the path or the slot, as `*`.
 */
function addedBy(contribution, added, leftOut) {
  let folder = '';
  const shortened = function (key, value) {
    if (this.cells !== undefined) {
      folder = this.folder;
      if (key !== 'folder' && !added.includes(key)) return undefined;
      if (key in leftOut && JSON.stringify(value) === JSON.stringify(leftOut[key])) return undefined;
    }
    const isWithin = key === 'template' && value.startsWith(`${folder}/`);
    return isWithin ? value.slice(folder.length).replace(this.path ?? this.slot, '*') : value;
  };
  return JSON.parse(JSON.stringify(contribution, shortened));
}

/** The two files of lines, see `src/catalog/builtin.ts`. */
function linesInFiles(lines) {
  const texts = (isWanted) => lines.map((line) => (isWanted(line) ? asciiJson(line.value) : '')).join('\n');
  const others = Buffer.from(texts(({ isDefault }) => !isDefault));
  const params = {
    [constants.BROTLI_PARAM_SIZE_HINT]: others.length,
    [constants.BROTLI_PARAM_LGBLOCK]: constants.BROTLI_MAX_INPUT_BLOCK_BITS,
  };
  return [
    ['default.jsonl', texts(({ isDefault }) => isDefault)],
    ['others.jsonl.br', brotliCompressSync(others, { params })],
  ];
}

/**
 * The locks are nine tenths the same. Each distinct package is kept once, in a line, with the conditions of its dependencies, and a
 * lock has the numbers of its lines. Names are kept once, too, and checksums by themselves, since both compress better so. The packages
 * and crates of the default lock come first.
 */
function withSharedPackages(locks, keys, defaultKey) {
  const [packages, crates, origins] = [numbered(), numbered(), []];
  const lineOf = ({ name, version, origin, dependencies }, conditions) => {
    const crate = crates.numberOf(`${name} ${version}`);
    origins[crate] = origin;
    const numbers = dependencies.map(crates.numberOf);
    return packages.numberOf(asciiJson({ crate, dependencies: numbers, conditions: conditions[`${name} ${version}`] }));
  };
  const share = (key) => {
    const { head, packages, conditions } = locks[key];
    return { head, packages: packages.map((entry) => lineOf(entry, conditions)) };
  };
  share(defaultKey);
  const [packageCount, crateCount] = [packages.texts().length, crates.texts().length];
  const shared = keys.map((key) => ({ value: share(key), isDefault: key === defaultKey }));
  const cratesFrom = (start, end) => cratesOf(crates.texts().slice(start, end), origins.slice(start, end));
  return {
    locks: shared,
    packages: packages.texts().map((text, number) => ({ value: JSON.parse(text), isDefault: number < packageCount })),
    crates: [
      { value: cratesFrom(0, crateCount), isDefault: true },
      { value: cratesFrom(crateCount), isDefault: false },
    ],
  };
}

/** The crates of a line: their names, with versions, and their origins apart. */
function cratesOf(names, origins) {
  const parts = origins.map((origin) => /^(.*?)(?:checksum = "([0-9a-f]{64})"\n)?$/s.exec(origin));
  const sources = numbered();
  const checksums = Buffer.concat(parts.map(([, , checksum]) => Buffer.from(checksum ?? '0'.repeat(64), 'hex')));
  return {
    names,
    sourceOf: parts.map(([, source]) => sources.numberOf(source)),
    sources: sources.texts(),
    checksums: checksums.toString('base64'),
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
