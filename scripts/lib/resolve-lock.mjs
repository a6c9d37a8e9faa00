import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { importTs } from './import-ts.mjs';
import { manifestsFor, withFolder, write } from './rendered-project.mjs';

const { key, parseLock, renderLock, ROOT_PACKAGE } = await importTs('src/render/cargo-lock.ts');

/**
 * The Cargo.lock that cargo resolves for a choice. `pins`, a lock's text or `null`, are kept where they still fit.
 * `known` caches the results for the same pins by manifests: most options bring no crate.
 */
export async function resolveLock(choice, pins, known = new Map()) {
  const manifests = manifestsFor({ ...choice, name: ROOT_PACKAGE });
  const texts = JSON.stringify(manifests);
  if (!known.has(texts)) known.set(texts, await withFolder((folder) => resolve(folder, manifests, pins)));
  return known.get(texts);
}

async function resolve(folder, manifests, pins) {
  const lock = path.join(folder, 'Cargo.lock');
  // Cargo requires a target, but does not read it.
  const targets = manifests.map(({ path: file }) => ({
    path: path.join(path.dirname(file), 'src', 'lib.rs'),
    text: '',
  }));
  await write(folder, [...manifests, ...targets]);
  if (pins !== null) await writeFile(lock, pins);
  await execa('cargo', pins === null ? ['generate-lockfile'] : ['update', '--workspace'], { cwd: folder });
  return readFile(lock, 'utf8');
}

/** One lock with every package and every edge of some locks of the same root. */
export function unionOf(locks) {
  const merged = new Map();
  const parsed = locks.map(parseLock);
  for (const entry of parsed.flatMap(({ packages }) => packages)) {
    const dependencies = merged.get(key(entry))?.dependencies ?? [];
    merged.set(key(entry), { ...entry, dependencies: [...new Set([...dependencies, ...entry.dependencies])].sort() });
  }
  const packages = [...merged.values()].sort((a, b) => key(a).localeCompare(key(b), 'en', { numeric: true }));
  return renderLock({ head: parsed[0].head, packages, conditions: {} }, ROOT_PACKAGE, []);
}
