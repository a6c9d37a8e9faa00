// Compiles templates/ into build/pack-catalog.js and build/pack-templates.js, which src/catalog/builtin.ts loads:
// the tests and the shipped bundle run the same compiled templates.
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { importTs, ROOT } from './lib/import-ts.mjs';

export async function buildPack() {
  const { readPack } = await importTs('src/catalog/read-pack.ts');
  const { precompile } = await importTs('src/render/compile.ts');
  const { version } = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8'));
  const { catalog, sources } = await readPack(path.join(ROOT, 'templates'), version);
  const blocks = new BlockPool();
  const compile = (key, { text, isTemplate }) => {
    if (isTemplate) return `compiled(${named(key, () => precompile(text))})`;
    return key.endsWith('.lock') ? blocks.add(text) : JSON.stringify(text);
  };
  const entries = Object.entries(sources).map(([key, source]) => `${JSON.stringify(key)}: ${compile(key, source)}`);
  // Node parses JSON in half the time of the same text as an expression.
  const json = JSON.stringify(JSON.stringify(catalog));
  await emit('pack-catalog.js', `export const catalog = JSON.parse(${json});\n`);
  await emit('pack-catalog.d.ts', "export const catalog: import('../src/model/catalog.ts').Catalog;\n");
  await emit(
    'pack-templates.js',
    `import { compiled } from '../src/render/compiled.ts';\n${blocks}export const templates = {\n${entries.join(',\n')},\n};\n`,
  );
  await emit('pack-templates.d.ts', "export const templates: import('../src/model/templates.ts').Templates;\n");
}

/** The locks are nine tenths the same: each distinct `[[package]]` is kept once, a lock is the list of its blocks. */
class BlockPool {
  #indexes = new Map();

  add(text) {
    const indexes = text.split(/(?=^\[\[package\]\]$)/m).map((block) => {
      if (!this.#indexes.has(block)) this.#indexes.set(block, this.#indexes.size);
      return this.#indexes.get(block);
    });
    return `joined(${JSON.stringify(indexes)})`;
  }

  toString() {
    const pool = JSON.stringify([...this.#indexes.keys()]);
    return `const blocks = ${pool};\nconst joined = (indexes) => indexes.map((index) => blocks[index]).join('');\n`;
  }
}

/** Calls `compile`; its errors name the template. */
function named(key, compile) {
  try {
    return compile();
  } catch (error) {
    throw new Error(`${key}: ${error.message}`);
  }
}

/** Written to a temporary file and renamed, so that a test run that starts meanwhile never reads half a file. */
async function emit(name, text) {
  const folder = path.join(ROOT, 'build');
  await mkdir(folder, { recursive: true });
  const temporary = path.join(folder, `.${name}.${process.pid}`);
  await writeFile(temporary, text);
  await rename(temporary, path.join(folder, name));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await buildPack();
