// Projects rendered from the working tree's templates.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { importTs, ROOT } from './import-ts.mjs';

const FLAGS = { framework: 'framework', dbLayer: 'db-layer', database: 'database', auth: 'auth' };

/** The catalog of the templates as they are now. */
export async function readCatalog() {
  const { readPack } = await importTs('src/catalog/read-pack.ts');
  return (await readPack(path.join(ROOT, 'templates'))).catalog;
}

/**
 * Renders a project without its lock into a temporary folder, gives that to `use`, and removes it.
 * `middleware` and `features` are `all`, `none`, or ids separated by commas.
 */
export async function withProject({ name, combination, middleware, features }, use) {
  const folder = await mkdtemp(path.join(tmpdir(), 'create-api-refresh-'));
  try {
    const choices = Object.entries(FLAGS)
      .filter(([axis]) => combination[axis] !== null)
      .flatMap(([axis, flag]) => [`--${flag}`, combination[axis]]);
    const extras = ['--middleware', middleware, '--features', features];
    const script = path.join(ROOT, 'scripts', 'render.mjs');
    await execa('node', [script, folder, '--no-lock', '--name', name, ...choices, ...extras]);
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
