// templates/versions.json: the newest releases that work together.
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { importTs, ROOT } from './import-ts.mjs';
import { resolveLock } from './resolve-lock.mjs';

const { parseLock, ROOT_PACKAGE } = await importTs('src/render/cargo-lock.ts');
const FILE = path.join(ROOT, 'templates', 'versions.json');

/** Cargo subcommands that the projects install: kept under `tools`, released on crates.io. */
const INSTALLED = ['cargo-chef', 'diesel_cli', 'sqlx-cli'];

/**
 * Raises each crate to what cargo resolves now within its caret range, in every one of `combinations`, and each
 * installed tool to its newest release. Says which crates have a newer, incompatible one: those are raised by hand.
 */
export async function refreshVersions(combinations) {
  const { tools } = JSON.parse(await readFile(FILE, 'utf8'));
  const resolved = new Map();
  for (const combination of combinations) {
    const lock = await resolveLock({ combination, middleware: 'all', features: 'all' }, null);
    for (const dependency of parseLock(lock).packages.find(({ name }) => name === ROOT_PACKAGE).dependencies) {
      const [name, version] = dependency.split(' ');
      resolved.set(name, version);
    }
  }
  const crates = Object.fromEntries([...resolved].sort());
  for (const [name, version] of Object.entries(crates)) {
    const newest = await newestRelease(name);
    if (newest !== version) console.error(`${name} stays at ${version}, the newest is ${newest}`);
  }
  for (const name of INSTALLED) tools[name] = await newestRelease(name);
  await writeFile(FILE, `${JSON.stringify({ crates, tools }, null, 2)}\n`);
}

async function newestRelease(crate) {
  // Outside any package: inside one, `cargo info` shows the locked version.
  const { stdout } = await execa('cargo', ['info', '--color', 'never', crate], { cwd: tmpdir() });
  const version = /^version: (\S+)/m.exec(stdout)?.[1];
  if (version === undefined) throw new Error(`cargo info ${crate} told no version`);
  return version;
}
