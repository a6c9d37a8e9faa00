// Checks and parses templates/ into JSON files in build/pack/, which src/catalog/builtin.ts reads: the tests and the shipped program
// render the same templates.
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
  const { locks, packages } = withSharedPackages(templates.locks);
  const contents = { catalog, offer: offerOf(catalog), ...byPart(templates.texts, partOf), ...locks };
  const files = new Map(Object.entries(contents).map(([name, content]) => [`${name}.json`, asciiJson(content)]));
  files.set('packages.jsonl', packages.join('\n'));
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
 * The locks are nine tenths the same: each distinct package is kept once, in a line, with the conditions of its dependencies, and a
 * lock has the numbers of its lines.
 */
function withSharedPackages(locks) {
  const lines = new Map();
  const lineOf = (entry, conditions) => {
    const line = asciiJson({ ...entry, conditions: conditions[`${entry.name} ${entry.version}`] });
    if (!lines.has(line)) lines.set(line, lines.size);
    return lines.get(line);
  };
  const shared = Object.entries(locks).map(([key, { head, packages, conditions }]) => [
    key,
    { head, packages: packages.map((entry) => lineOf(entry, conditions)) },
  ]);
  return { locks: Object.fromEntries(shared), packages: [...lines.keys()] };
}

/** JSON in ASCII, of which Node takes half the time and memory to make strings. */
function asciiJson(content) {
  const escaped = (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(content).replace(/[^ -~]/g, escaped);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await buildPack();
