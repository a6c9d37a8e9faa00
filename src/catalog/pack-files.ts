import { lstat, opendir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { PackError } from '../model/errors.ts';

/** The files of a pack, read once. */
export interface PackFiles {
  /** By their paths in the pack, with `/`. */
  readonly files: ReadonlyMap<string, { readonly bytes: Uint8Array; readonly executable: boolean }>;
  /** What is not read, by its path, and why: it is a link, for instance. */
  readonly special: ReadonlyMap<string, string>;
}

/** The most that a pack may have, a few times as much as the one that create-api comes with. Sizes are in bytes. */
export const LIMITS = { files: 5_000, depth: 24, path: 300, file: 1_000_000, all: 10_000_000 } as const;

/**
 * Reads the files in a folder without following a link; hidden ones at its root, such as `.git`, are not part of a pack. Throws a
 * `PackError` if it exceeds a limit, such as `most` files and folders: what else is wrong with it is not worth the time.
 */
export async function readPackFiles(root: string, most: number = LIMITS.files): Promise<PackFiles> {
  const files = new Map<string, { bytes: Uint8Array; executable: boolean }>();
  const special = new Map<string, string>();
  let size = 0;
  let entries = 0;
  const read = async (entry: string): Promise<void> => {
    const onDisk = path.join(root, entry);
    const found = await lstat(onDisk);
    // Folders count, too: empty ones would take for ever.
    entries += 1;
    if (entries > most) throw tooLarge(entry, `at most ${most} files and folders`);
    if (found.isDirectory()) {
      for (const name of await namesIn(onDisk, entry)) await read(`${entry}/${name}`);
    } else if (found.isFile()) {
      size += found.size;
      requireLimits(entry, { count: files.size + 1, bytes: found.size, all: size });
      files.set(entry, { bytes: await readFile(onDisk), executable: (found.mode & 0o100) !== 0 });
    } else special.set(entry, found.isSymbolicLink() ? 'is a link' : 'is no file or folder');
  };
  const names = (await namesIn(root, '')).filter((name) => !name.startsWith('.') && name !== 'node_modules');
  for (const name of names) await read(name);
  return { files, special };
}

/** The names in a folder, read one by one, since it may have millions. */
async function namesIn(folder: string, entry: string): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const { name } of await opendir(folder)) {
    if (!isStray(name)) names.push(name);
    if (names.length > LIMITS.files) throw tooLarge(entry || '.', `at most ${LIMITS.files} files`);
  }
  return names.sort();
}

/** What systems and editors leave behind, and npm does not publish. */
const STRAY = /(?:^|\/)(?:\.DS_Store|\._[^/]*|Thumbs\.db|desktop\.ini|\.[^/]*\.sw[a-p]|\.?#[^/]*|[^/]*~)(?:\/|$)/;

/** Whether an entry, or a folder that it is in, is part of no pack. */
export function isStray(entry: string): boolean {
  return STRAY.test(entry);
}

/** Throws a `PackError` if a file, with those before it, exceeds a limit of packs. */
export function requireLimits(
  file: string,
  { count, bytes, all }: { readonly count: number; readonly bytes: number; readonly all: number },
): void {
  if (count > LIMITS.files) throw tooLarge(file, `at most ${LIMITS.files} files`);
  if (bytes > LIMITS.file) throw tooLarge(file, `files of at most ${LIMITS.file} bytes`);
  if (all > LIMITS.all) throw tooLarge(file, `at most ${LIMITS.all} bytes in all`);
  if (file.length > LIMITS.path || file.split('/').length > LIMITS.depth) {
    throw tooLarge(file, `paths of at most ${LIMITS.path} characters, ${LIMITS.depth} folders deep`);
  }
}

function tooLarge(file: string, allowed: string): PackError {
  const shown = JSON.stringify(file.slice(0, LIMITS.path)).slice(1, -1);
  return new PackError([{ code: 'too-large', file: shown, message: `${shown}: the pack is too large`, allowed }]);
}

/** Whether there is a folder at a path, or a link to one. */
export function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
