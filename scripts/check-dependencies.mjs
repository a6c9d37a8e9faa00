// Runs cargo-deny on the locked dependencies of every structure, with everything on, against the deny.toml that projects get.
// Needs `cargo install cargo-deny`.
//   node scripts/check-dependencies.mjs                 licenses, bans and sources
//   node scripts/check-dependencies.mjs --advisories    RustSec's advisories as well, which change without a change here
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { importTs } from './lib/import-ts.mjs';
import { loadRenderer } from './lib/renderer.mjs';

const { supportedCombinations } = await importTs('src/plan/compatibility.ts');
const { catalog, renderInto } = await loadRenderer();
const home = await mkdtemp(path.join(tmpdir(), 'create-api-dependencies-'));
const checks = ['licenses', 'bans', 'sources', ...(process.argv.includes('--advisories') ? ['advisories'] : [])];
let failures = 0;
try {
  for (const { framework, dbLayer, database, auth } of supportedCombinations(catalog)) {
    const structure = [framework, dbLayer, database, auth].filter(Boolean).join('-');
    const folder = path.join(home, structure);
    const flags = { framework, 'db-layer': dbLayer, database, auth, middleware: 'all', features: 'all' };
    await renderInto(folder, flags);
    const args = ['deny', '--locked', 'check', ...checks];
    const { failed, all } = await execa('cargo', args, { cwd: folder, all: true, reject: false });
    console.error(`${failed ? 'FAILED' : 'ok'} ${structure}`);
    if (failed) {
      failures += 1;
      console.error(all);
    }
  }
} finally {
  await rm(home, { recursive: true, force: true });
}
process.exitCode = failures === 0 ? 0 : 1;
