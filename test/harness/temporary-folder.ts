import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { whenThisProcessDies } from './guard.ts';

/** A new folder that is deleted when this process ends, however it ends. */
export function temporaryFolder(purpose: string): string {
  const folder = mkdtempSync(join(tmpdir(), `create-api-${purpose}-`));
  whenThisProcessDies(`rm -rf '${folder}'`);
  return folder;
}
