// Projects rendered from the working tree's templates.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadRenderer } from './renderer.mjs';

const { catalog, renderInto, filesOf, write } = await loadRenderer();

export { catalog, write };

/** Every Cargo.toml of a project; takes what `withProject` takes. */
export function manifestsFor(choice) {
  return filesFor(choice).filter(({ path: file }) => path.basename(file) === 'Cargo.toml');
}

/** The files of a project without its lock; takes what `withProject` takes. */
export function filesFor(choice) {
  return filesOf(flagsOf(choice));
}

/**
 * Renders a project without its lock into a temporary folder, passes the folder to `use`, and removes it.
 * `middleware` and `features` are `all`, `none`, or ids separated by commas.
 */
export function withProject(choice, use) {
  return withFolder(async (folder) => {
    await renderInto(folder, flagsOf(choice), { lock: false });
    return use(folder);
  });
}

/** Passes a temporary folder to `use`, and removes it afterwards. */
export async function withFolder(use) {
  const folder = await mkdtemp(path.join(tmpdir(), 'create-api-refresh-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function flagsOf({ name, combination, middleware, features, resources }) {
  const { framework, dbLayer, database, auth } = combination;
  return { name, framework, 'db-layer': dbLayer, database, auth, middleware, features, resources };
}
