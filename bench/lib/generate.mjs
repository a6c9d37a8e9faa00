// Generates projects with the command line in `dist/`.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { ROOT } from '../../scripts/lib/import-ts.mjs';

const CLI = path.join(ROOT, 'dist', 'cli.js');
// A workflow would be written to the root of the repository, which is this one.
const FLAGS = ['--yes', '--no-git', '--no-install', '--features', 'docker'];

/** Writes the default project, changed by `flags`, into a folder that does not exist yet. */
export function generate(folder, flags = []) {
  execFileSync(process.execPath, [CLI, folder, ...FLAGS, ...flags], { stdio: ['ignore', 'ignore', 'pipe'] });
}
