import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Imports a TypeScript module of this repository, given from its root: Node 20 does not read types itself. */
export async function importTs(file) {
  const out = path.join(ROOT, 'build', 'scripts', `${file.replaceAll('/', '-')}.mjs`);
  const result = await build({
    entryPoints: [path.join(ROOT, file)],
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    external: ['*/build/pack-catalog.js', '*/build/pack-templates.js'],
    write: false,
  });
  await mkdir(path.dirname(out), { recursive: true });
  await writeFile(out, result.outputFiles[0].text);
  return import(`${pathToFileURL(out)}?${Date.now()}`);
}
