// Renders the working tree's templates into a folder, without the command line's checks: for template work.
//   node scripts/render.mjs <dir> --name my-service [--framework …] [--db-layer …] [--database …] [--middleware all|none|a,b] [--features …] [--no-lock]
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { buildPack } from './build-pack.mjs';
import { ROOT } from './lib/import-ts.mjs';

const TEXT_OPTIONS = ['name', 'description', 'framework', 'db-layer', 'database', 'auth', 'middleware', 'features'];
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'no-lock': { type: 'boolean' },
    ...Object.fromEntries(TEXT_OPTIONS.map((name) => [name, { type: 'string' }])),
  },
});

await buildPack();
const out = path.join(ROOT, 'build', 'scripts', 'render.mjs');
await build({
  stdin: {
    contents: `
      export { loadCatalog, loadTemplates } from './src/catalog/builtin.ts';
      export { plan } from './src/plan/plan.ts';
      export { render } from './src/render/render.ts';`,
    resolveDir: ROOT,
  },
  bundle: true,
  platform: 'node',
  format: 'esm',
  outfile: out,
  mainFields: ['module', 'main'],
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  logLevel: 'error',
});
const { loadCatalog, loadTemplates, plan, render } = await import(out);

const catalog = await loadCatalog();
const one = (axis, flag) => values[flag] ?? catalog.parts[axis].find((part) => part.default)?.id;
const many = (axis) => {
  const parts = catalog.parts[axis];
  const given = values[axis] ?? 'default';
  if (given === 'all') return parts.map((part) => part.id);
  if (given === 'none') return [];
  if (given === 'default') return parts.filter((part) => part.default).map((part) => part.id);
  return given.split(',');
};
const dbLayer = one('dbLayer', 'db-layer');
const uses = !catalog.parts.dbLayer.find((part) => part.id === dbLayer)?.excludesAxes.includes('database');
const answers = {
  name: values.name ?? 'my-service',
  description: values.description ?? 'An HTTP API',
  framework: one('framework', 'framework'),
  dbLayer,
  database: uses ? one('database', 'database') : null,
  auth: one('auth', 'auth'),
  middleware: many('middleware'),
  features: many('features'),
};
const dir = positionals[0];
const planned = plan(answers, catalog);
const files = render(values['no-lock'] ? { ...planned, lock: null } : planned, await loadTemplates());
for (const file of files) {
  const target = path.join(dir, file.path);
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, file.text);
  if (file.executable) await chmod(target, 0o755);
}
console.log(JSON.stringify(answers));
