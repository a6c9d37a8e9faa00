import { readFileSync } from 'node:fs';
import type { Problem } from '../model/errors.ts';
import { isIoError, reasonOf } from './io-error.ts';

/** Reads the file of a preset as UTF-8; returns the problem if it cannot be read. */
export function readPresetFile(path: string): { readonly text: string } | { readonly problem: Problem } {
  try {
    // A byte order mark is not part of the JSON.
    return { text: readFileSync(path, 'utf8').replace(/^\uFEFF/, '') };
  } catch (error) {
    if (!isIoError(error)) throw error;
    const reason = error.code === 'ENOENT' ? 'there is no such file' : reasonOf(error);
    const message = `cannot read the preset ${path}: ${reason}`;
    return { problem: { code: 'cannot-read-preset', message, hint: '--preset takes the path of a JSON file' } };
  }
}
