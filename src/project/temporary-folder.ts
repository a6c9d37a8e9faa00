import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Makes an empty folder that others cannot read, for as long as `use` takes. */
export async function withTemporaryFolder<Result>(use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'create-api-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Reads the first file in a folder whose name ends like this; `null` if there is none of at most `longest` bytes. */
export function readFirstFile(folder: string, ending: string, longest: number): Uint8Array | null {
  const name = readdirSync(folder).find((each) => each.endsWith(ending));
  if (name === undefined || statSync(join(folder, name)).size > longest) return null;
  return readFileSync(join(folder, name));
}
