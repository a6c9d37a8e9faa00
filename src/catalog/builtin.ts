import type { Catalog } from '../model/catalog.ts';
import type { Templates } from '../model/templates.ts';

/** What the built-in pack offers; no template text is loaded. */
export async function loadCatalog(): Promise<Catalog> {
  return (await import('../../build/pack-catalog.js')).catalog;
}

/** The built-in pack's templates, compiled when create-api was built. */
export async function loadTemplates(): Promise<Templates> {
  return (await import('../../build/pack-templates.js')).templates;
}
