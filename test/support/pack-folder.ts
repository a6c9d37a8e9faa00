import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { temporaryFolder } from '../harness/temporary-folder.ts';

/** Writes a pack (path → text, or an object for JSON) into a temp folder, with the minimum that a pack needs, and returns its path. */
export async function packFolder(files: Readonly<Record<string, string | object>>): Promise<string> {
  const root = temporaryFolder('pack');
  const all = {
    'pack.json': { slots: ['layers'] },
    'versions.json': { crates: { http: '1.0', json: '2.0' }, tools: {} },
    'base/part.json': manifest({ crates: { http: {} } }),
    ...files,
  };
  for (const [file, content] of Object.entries(all)) {
    await mkdir(path.dirname(path.join(root, file)), { recursive: true });
    await writeFile(path.join(root, file), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return root;
}

/** A part's manifest with the given changes. */
export function manifest(changes: object = {}): object {
  return { label: 'A part', hint: 'What it is for', order: 10, ...changes };
}
