import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const imported = new Map();

/** Imports a TypeScript module of this repository, given from its root: Node 20 does not read types itself. */
export function importTs(file) {
  if (!imported.has(file)) imported.set(file, compileAndImport(file));
  return imported.get(file);
}

async function compileAndImport(file) {
  const out = path.join(ROOT, 'build', 'scripts', `${file.replaceAll('/', '-')}.mjs`);
  const result = await build({
    entryPoints: [path.join(ROOT, file)],
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    write: false,
  });
  await mkdir(path.dirname(out), { recursive: true });
  // Replaced in one step: another script may be importing it.
  const temporary = `${out}.${process.pid}`;
  await writeFile(temporary, result.outputFiles[0].text);
  await rename(temporary, out);
  return import(pathToFileURL(out).href);
}
