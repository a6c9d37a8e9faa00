// The generators of other projects, from crates.io.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { runCargo } from '../lib/cargo.mjs';
import { WORK } from '../lib/files.mjs';

/** Installs a crate's binary, unless this version of it is installed already, and returns its path. */
export function installTool({ crate, version }) {
  const root = path.join(WORK, 'tools', `${crate}-${version}`);
  const binary = path.join(root, 'bin', crate);
  if (!existsSync(binary)) {
    console.error(`installing ${crate} ${version}`);
    runCargo(['install', crate, '--version', version, '--locked', '--root', root], WORK);
  }
  return binary;
}
