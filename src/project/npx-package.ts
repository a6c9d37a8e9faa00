import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The package that npx was asked to run, if it is not from the registry, e.g. `file:/tmp/create-api-0.2.0.tgz` or
 * `github:owner/create-api`. `folder` is npx's cache folder of the package `name`; paths in its manifest start there.
 */
export function npxPackage(folder: string, name: string): string | null {
  try {
    const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const spec: unknown = dependencies[name];
    if (typeof spec !== 'string' || !spec.includes(':')) return null;
    return spec.startsWith('file:') ? `file:${join(folder, spec.slice('file:'.length))}` : spec;
  } catch {
    // Other versions of npx may store this elsewhere.
    return null;
  }
}
