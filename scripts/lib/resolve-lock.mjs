import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { importTs } from './import-ts.mjs';
import { manifestFor, withFolder } from './rendered-project.mjs';

const { key, parseLock, renderLock, ROOT_PACKAGE } = await importTs('src/render/cargo-lock.ts');

/**
 * The Cargo.lock that cargo resolves for a choice. `pins`, a lock's text or `null`, are kept where they still fit.
 * `known` caches the results for the same pins by manifest: most options bring no crate.
 */
export async function resolveLock(choice, pins, known = new Map()) {
  const manifest = manifestFor({ ...choice, name: ROOT_PACKAGE });
  if (!known.has(manifest)) known.set(manifest, await withFolder((folder) => resolve(folder, manifest, pins)));
  return known.get(manifest);
}

async function resolve(folder, manifest, pins) {
  const lock = path.join(folder, 'Cargo.lock');
  await writeFile(path.join(folder, 'Cargo.toml'), manifest);
  // Cargo requires a target, but does not read it.
  await mkdir(path.join(folder, 'src'));
  await writeFile(path.join(folder, 'src', 'main.rs'), '');
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
