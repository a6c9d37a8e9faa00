import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Builds the pack and the command before any test: the tests run what would be shipped. */
export default function setup(): void {
  const root = join(import.meta.dirname, '..');
  execFileSync(process.execPath, [join(root, 'scripts/build.mjs')], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}
