import { closeSync, fsyncSync, openSync } from 'node:fs';
import { isIoError } from './io-error.ts';

/** Waits until the names in each of `folders` are on the disk and survive a power failure. */
export function syncFolders(folders: Iterable<string>): void {
  // Windows neither can nor needs to.
  if (process.platform === 'win32') return;
  for (const folder of new Set(folders)) syncFolder(folder);
}

function syncFolder(folder: string): void {
  const file = openSync(folder, 'r');
  try {
    fsyncSync(file);
  } catch (error) {
    // Some network file systems cannot sync folders.
    if (!isIoError(error, 'EINVAL', 'ENOTSUP', 'ENOSYS')) throw error;
  } finally {
    closeSync(file);
  }
}
