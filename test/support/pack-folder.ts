import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { inspectPack, type Pack, readPack } from '../../src/catalog/read-pack.ts';
import type { PackProblem } from '../../src/model/errors.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';

/** The create-api that reads the packs. */
export const VERSION = '1.2.3';

/** Writes a pack (path → text or bytes, or an object for JSON) into a temp folder, with the minimum that a pack needs, and returns its path. */
export async function packFolder(files: Readonly<Record<string, string | object>>): Promise<string> {
  const root = temporaryFolder('pack');
  const all = {
    'pack.json': packManifest(),
    'versions.json': { crates: { http: '1.0', json: '2.0' } },
    'base/part.json': { crates: { http: {} } },
    ...files,
  };
  for (const [file, content] of Object.entries(all)) {
    await mkdir(path.dirname(path.join(root, file)), { recursive: true });
    const isText = typeof content === 'string' || content instanceof Uint8Array;
    await writeFile(path.join(root, file), isText ? content : JSON.stringify(content));
  }
  return root;
}

/** Reads a pack with these files; see `packFolder`. */
export async function packOf(files: Readonly<Record<string, string | object>>): Promise<Pack> {
  return readPack(await packFolder(files), VERSION);
}

/** The problems of a pack with these files. */
export async function problemsOfPack(
  files: Readonly<Record<string, string | object>>,
): Promise<readonly PackProblem[]> {
  return (await inspectPack(await packFolder(files), VERSION)).problems;
}

/** The axes of every pack here: their keys are those of the built-in pack. */
export const AXES = {
  framework: { label: 'Web framework', folder: 'frameworks', structural: true },
  dbLayer: { label: 'Database layer', folder: 'db-layers', structural: true },
  database: { label: 'Database', folder: 'databases', structural: true, dependsOn: 'dbLayer' },
  auth: { label: 'Authentication', folder: 'auth' },
  middleware: { label: 'Middleware', folder: 'middleware', multiple: true },
  features: { label: 'Features', folder: 'features', multiple: true },
} as const;

/** A `pack.json` with the given changes. */
export function packManifest(changes: object = {}): object {
  return { formatVersion: 1, minCli: VERSION, axes: AXES, slots: ['layers'], ...changes };
}

/** A part's manifest with the given changes. */
export function manifest(changes: object = {}): object {
  return { label: 'A part', hint: 'What it is for', order: 10, ...changes };
}
