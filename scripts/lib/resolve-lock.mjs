import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { importTs } from './import-ts.mjs';
import { withProject } from './rendered-project.mjs';

const { key, parseLock, renderLock, ROOT_PACKAGE } = await importTs('src/render/cargo-lock.ts');

/**
 * The Cargo.lock that cargo resolves for a choice. `pins`, a lock's text or `null`, are kept where they still fit.
 * `known` holds what the same pins gave already, by manifest: most options bring no crate.
 */
export function resolveLock(choice, pins, known = new Map()) {
  return withProject({ ...choice, name: ROOT_PACKAGE }, async (folder) => {
    const manifest = await readFile(path.join(folder, 'Cargo.toml'), 'utf8');
    if (known.has(manifest)) return known.get(manifest);
    const file = path.join(folder, 'Cargo.lock');
    if (pins !== null) await writeFile(file, pins);
    await execa('cargo', pins === null ? ['generate-lockfile'] : ['update', '--workspace'], { cwd: folder });
    const lock = await readFile(file, 'utf8');
    known.set(manifest, lock);
    return lock;
  });
}

/** One lock with every package and every edge of some locks of the same root. */
export function unionOf(locks) {
  const merged = new Map();
  for (const entry of locks.flatMap(parseLock)) {
    const dependencies = merged.get(key(entry))?.dependencies ?? [];
    merged.set(key(entry), { ...entry, dependencies: [...new Set([...dependencies, ...entry.dependencies])].sort() });
  }
  const blocks = [...merged.values()]
    .sort((a, b) => key(a).localeCompare(key(b), 'en', { numeric: true }))
    .map(({ name, version, origin, dependencies }) => {
      const list = dependencies.map((dependency) => ` "${dependency}",\n`).join('');
      return `[[package]]\nname = "${name}"\nversion = "${version}"\n${origin}dependencies = [\n${list}]\n`;
    });
  const header = locks[0].slice(0, locks[0].indexOf('[[package]]'));
  return renderLock(header + blocks.join('\n'), {}, ROOT_PACKAGE, []);
}
