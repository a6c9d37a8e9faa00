// Projects rendered from the working tree's templates.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadRenderer } from './renderer.mjs';

const { catalog, renderInto } = await loadRenderer();

export { catalog };

/**
 * Renders a project without its lock into a temporary folder, gives that to `use`, and removes it.
 * `middleware` and `features` are `all`, `none`, or ids separated by commas.
 */
export async function withProject({ name, combination, middleware, features }, use) {
  const folder = await mkdtemp(path.join(tmpdir(), 'create-api-refresh-'));
  const { framework, dbLayer, database, auth } = combination;
  try {
    const structure = { framework, 'db-layer': dbLayer, database, auth };
    await renderInto(folder, { name, ...structure, middleware, features }, { lock: false });
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
