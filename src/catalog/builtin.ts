import type { Catalog } from '../model/catalog.ts';
import type { Templates } from '../model/templates.ts';

/** Loads the catalog of the built-in pack, without its templates. */
export async function loadCatalog(): Promise<Catalog> {
  return (await import('../../build/pack-catalog.js')).catalog;
}

/** Loads the templates of the built-in pack, compiled when create-api was built. */
export async function loadTemplates(): Promise<Templates> {
  return (await import('../../build/pack-templates.js')).templates;
}
