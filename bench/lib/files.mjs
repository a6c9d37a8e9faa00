// Folders and files of the benchmarks.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../scripts/lib/import-ts.mjs';

const GENERATED = ['node_modules', 'target', 'venv', '.venv'];

/** Where benchmarks keep what they build and measure. */
export const WORK = path.join(ROOT, 'build', 'bench');

/** SHA-256 of a file. */
export function digestOf(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

/** SHA-256 of a value, as JSON. */
export function digestOfValue(value) {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}

/** Whether a file or folder is not, by its name, what somebody has installed or built in place. */
export function isSource(file) {
  return !GENERATED.includes(path.basename(file));
}

/** SHA-256 of the paths and contents of the source files in a folder. */
export function digestOfFolder(folder) {
  const hash = createHash('sha256');
  for (const file of filesIn(folder)) hash.update(`${path.relative(folder, file)}\0${digestOf(file)}\0`);
  return hash.digest('hex');
}

/** The size of the source files in a folder. */
export function bytesOf(folder) {
  return filesIn(folder).reduce((sum, file) => sum + statSync(file).size, 0);
}

function filesIn(folder) {
  const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => isSource(name));
  const files = entries.flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return filesIn(file);
    return entry.isFile() ? [file] : [];
  });
  return files.sort();
}
