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

/** Writes the built pack, and returns its files: texts by their names. */
export async function buildPack() {
  const { ADDED, keysOf, LEFT_OUT } = await importTs('src/catalog/builtin.ts');
  const { readPack } = await importTs('src/catalog/read-pack.ts');
  const { parseSources } = await importTs('src/render/parse-sources.ts');
  const { foldersIn, offerOf } = await importTs('src/model/catalog.ts');
  const { version } = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8'));
  const { catalog, sources } = await readPack(path.join(ROOT, 'templates'), version);
  const { templates, problems } = parseSources(sources);
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join('\n'));
  const { locks, packages, crates } = withSharedPackages(templates.locks);
  const folders = new Map(foldersIn(catalog).map((contribution) => [contribution.folder, contribution]));
  const additions = [...folders.values()].map((contribution) => addedBy(contribution, ADDED, LEFT_OUT));
  const head = withoutAdditions(catalog, [...folders.keys()], ADDED);
  const common = Object.entries({ offer: offerOf(catalog), crates, ...locks }).map(([name, value]) => [
    `${name}.json`,
    asciiJson(value),
  ]);
  const texts = textsByFolder(templates.texts, folders, keysOf);
  const contents = [...common, ...texts, packages, head, additions];
  const integrity = createHash('sha256').update(JSON.stringify(contents)).digest('hex');
  const files = new Map([
    ...common,
    ...withArchive(texts, await foldersByDefault(catalog)),
    ['packages.jsonl', packages],
    ['catalog.jsonl', asciiLines([{ ...head, standard: { version, integrity } }, ...additions])],
  ]);
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

/** A catalog in which the contribution of each folder has the number of the line with what it adds, from 1, instead of that. */
function withoutAdditions(catalog, folders, added) {
  return JSON.parse(
    JSON.stringify(catalog, (_, value) => {
      if (value?.cells === undefined) return value;
      const others = Object.entries(value).filter(([key]) => !added.includes(key));
      return { ...Object.fromEntries(others), line: folders.indexOf(value.folder) + 1 };
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

/** The texts of each folder, in the order of their keys. */
function textsByFolder(texts, folders, keysOf) {
  const keys = [...folders].map(([folder, contribution]) => [folder, keysOf(contribution)]);
  const known = new Set(keys.flatMap(([, list]) => list));
  const missing = Object.keys(texts).filter((key) => !known.has(key));
  if (missing.length > 0) throw new Error(`no contribution has ${missing.join(', ')}`);
  return keys.filter(([, list]) => list.length > 0).map(([folder, list]) => [folder, list.map((key) => texts[key])]);
}

/** The folders of a project for which nothing is chosen. */
async function foldersByDefault(catalog) {
  const { plan } = await importTs('src/plan/plan.ts');
  const { templateKeys } = await importTs('src/model/plan.ts');
  const { partOf } = await importTs('src/model/catalog.ts');
  return new Set(templateKeys(plan(answersOf({}, catalog), catalog)).map(partOf));
}

/**
 * The files with the texts of folders, one on each line. What most projects need is read as it is. The others are in one archive, which
 * takes half the space, since they have much in common; its first line has the number of each folder's first line.
 */
function withArchive(folders, byDefault) {
  const others = folders.filter(([folder]) => !byDefault.has(folder));
  const starts = {};
  let line = 1;
  for (const [folder, texts] of others) {
    starts[folder] = line;
    line += texts.length;
  }
  const archive = Buffer.from(asciiLines([starts, ...others.flatMap(([, texts]) => texts)]));
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: archive.length };
  return [
    ...folders
      .filter(([folder]) => byDefault.has(folder))
      .map(([folder, texts]) => [`${folder}.jsonl`, asciiLines(texts)]),
    ['others.jsonl.br', brotliCompressSync(archive, { params })],
  ];
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

/** A value on each line. */
function asciiLines(values) {
  return values.map(asciiJson).join('\n');
}

/** JSON in ASCII, of which Node takes half the time and memory to make strings. */
function asciiJson(content) {
  const escaped = (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(content).replace(/[^ -~]/g, escaped);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await buildPack();
