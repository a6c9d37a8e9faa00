// Checks and parses templates/ into JSON files in build/pack/, which src/catalog/builtin.ts reads: the tests and the shipped program
// render the same templates.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { emit } from './lib/emit.mjs';
import { importTs, ROOT } from './lib/import-ts.mjs';

/** The folder of the built pack. */
export const BUILT_PACK = path.join(ROOT, 'build', 'pack');

/** Writes the built pack, and returns its files: texts by their names. */
export async function buildPack() {
  const { readPack } = await importTs('src/catalog/read-pack.ts');
  const { parseSources } = await importTs('src/render/parse-sources.ts');
  const { offerOf, partOf } = await importTs('src/model/catalog.ts');
  const { version } = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8'));
  const { catalog, sources } = await readPack(path.join(ROOT, 'templates'), version);
  const { templates, problems } = parseSources(sources);
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join('\n'));
  const { locks, packages, crates } = withSharedPackages(templates.locks);
  const contents = { catalog, offer: offerOf(catalog), crates, ...byPart(templates.texts, partOf), ...locks };
  const files = new Map(Object.entries(contents).map(([name, content]) => [`${name}.json`, asciiJson(content)]));
  files.set('packages.jsonl', packages);
  const integrity = createHash('sha256')
    .update(JSON.stringify([...files]))
    .digest('hex');
  files.set('catalog.json', asciiJson({ ...catalog, standard: { version, integrity } }));
  await emit(BUILT_PACK, files);
  return files;
}

/** The texts of each part, by its folder. */
function byPart(texts, partOf) {
  const parts = {};
  for (const [key, text] of Object.entries(texts)) {
    parts[partOf(key)] ??= {};
    parts[partOf(key)][key] = text;
  }
  return parts;
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
      checksums: parts.map(([, , checksum = '']) => checksum.padEnd(64)).join(''),
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
