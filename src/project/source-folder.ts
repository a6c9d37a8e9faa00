import { closeSync, constants, fstatSync, opendirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT, ExpectedError } from '../model/errors.ts';
import type { SourceFile } from '../model/source.ts';
import { entryAt } from './paths.ts';

/** An entry below a folder, with its path in it and its size in bytes. */
interface FolderEntry {
  readonly path: string;
  readonly kind: 'file' | 'link' | 'other';
  readonly size: number;
}

/** Folders that are no part of what a person wrote. */
const IGNORED = new Set(['.git', 'node_modules']);

/**
 * Lists the files below a folder, following no link; `null` if there are more than `most` entries, of which folders are some, too.
 * Throws the error of the file system.
 */
export function listFolder(root: string, most: number): readonly FolderEntry[] | null {
  const found: FolderEntry[] = [];
  const open = [''];
  let entries = 0;
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    const opened = opendirSync(join(root, folder));
    try {
      for (let entry = opened.readSync(); entry !== null; entry = opened.readSync()) {
        entries += 1;
        if (entries > most) return null;
        const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
        if (entry.isDirectory()) {
          if (!IGNORED.has(entry.name)) open.push(path);
        } else {
          const kind = entry.isSymbolicLink() ? 'link' : entry.isFile() ? 'file' : 'other';
          found.push({ path, kind, size: entryAt(join(root, path))?.size ?? 0 });
        }
      }
    } finally {
      opened.closeSync();
    }
  }
  return found;
}

/** Reads a file of at most `longest` bytes, not through a link and not from a pipe. Throws the error of the file system. */
export function readFolderFile(root: string, path: string, longest: number): SourceFile {
  const file = openSync(
    join(root, path),
    constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0),
  );
  try {
    const entry = fstatSync(file);
    if (!entry.isFile() || entry.size > longest) throw changedWhileRead(path);
    return { bytes: readFileSync(file), executable: (entry.mode & 0o100) !== 0 };
  } finally {
    closeSync(file);
  }
}

function changedWhileRead(path: string): ExpectedError {
  const problem = { code: 'cannot-read-source', message: `${path} changed while it was read`, hint: 'run it again' };
  return new ExpectedError(EXIT.failed, [problem]);
}
