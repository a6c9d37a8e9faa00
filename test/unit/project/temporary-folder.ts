import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { FileSet } from '../../../src/model/files.ts';

/** A folder for one test, with links in its path resolved; removed at the end. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'project-test-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const ORIGIN = { part: 'base', template: 'base/files/a', class: 'merge' } as const;

/** Files to write, from path to text; `bin/…` is executable. */
export function fileSet(texts: Readonly<Record<string, string>>): FileSet {
  return Object.keys(texts)
    .sort()
    .map((path) => ({ path, text: texts[path] ?? '', executable: path.startsWith('bin/'), origin: ORIGIN }));
}

/** Writes `texts` below `root`, as existing files. */
export function populate(root: string, texts: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/** Everything below `root`: path → text of files, `<folder>` and `<link>` for the rest. */
export function contentsOf(root: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const path of readdirSync(root, { recursive: true, encoding: 'utf8' }).sort()) {
    const entry = lstatSync(join(root, path));
    if (entry.isFile()) found[path] = readFileSync(join(root, path), 'utf8');
    else found[path] = entry.isDirectory() ? '<folder>' : '<link>';
  }
  return found;
}
