import { lstat, readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { PackProblem } from '../model/errors.ts';

/** Whether there is a folder at a path, or a link to one. */
export function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** Paths appear in messages, where control characters could hide what is said, and names are keys of objects. */
const UNSAFE = /\p{Cc}|(?:^|\/)__proto__(?:\/|$)/u;

/** The files of a pack. They are listed once; no link is followed, and none counts as a file. */
export class PackFolder {
  readonly #root: string;
  readonly #problems: PackProblem[];
  /** Paths in the pack, with `/`. */
  readonly #files = new Set<string>();
  readonly #unread = new Set<string>();

  /** The folder `root`, without a file until they are listed; what is wrong is added to `problems`. */
  constructor(root: string, problems: PackProblem[]) {
    this.#root = root;
    this.#problems = problems;
  }

  /** Lists the files and folders with these names; adds links and other special files to the problems. */
  async list(entries: readonly string[]): Promise<void> {
    for (const entry of entries) await this.#list(entry);
  }

  async #list(entry: string): Promise<void> {
    const found = await lstat(path.join(this.#root, entry)).catch(() => null);
    if (found === null) return;
    if (UNSAFE.test(entry)) {
      const shown = JSON.stringify(entry);
      this.#add({ code: 'unsafe-path', file: shown, message: `${shown} has a name that is not allowed` });
      return;
    }
    if (found.isDirectory()) {
      for (const name of await readdir(path.join(this.#root, entry))) await this.#list(`${entry}/${name}`);
    } else if (found.isFile()) {
      this.#files.add(entry);
      this.#unread.add(entry);
    } else {
      const kind = found.isSymbolicLink() ? 'a link' : 'no file or folder';
      this.#add({ code: 'special-file', file: entry, message: `${entry} is ${kind}`, allowed: 'files and folders' });
    }
  }

  has(file: string): boolean {
    return this.#files.has(file);
  }

  /** The names of the folders in a folder, sorted, so that nothing depends on the file system. */
  folders(folder: string): readonly string[] {
    const names = this.filesBelow(folder).map((file) => file.slice(folder.length + 1).split('/'));
    return [...new Set(names.flatMap(([name = '', ...rest]) => (rest.length > 0 ? [name] : [])))].sort();
  }

  /** The paths of all files in a folder and its subfolders, sorted. */
  filesBelow(folder: string): readonly string[] {
    return [...this.#files].filter((file) => file.startsWith(`${folder}/`)).sort();
  }

  /** Reads a text file; `null`, and a problem, if it is missing, not UTF-8, or not with the line ends of projects. */
  async read(file: string): Promise<string | null> {
    this.#unread.delete(file);
    if (!this.has(file)) {
      this.#add({ code: 'missing-file', file, message: `${file} is missing` });
      return null;
    }
    const text = decoded(await readFile(path.join(this.#root, file)));
    if (text !== null && !text.includes('\r')) return text;
    const message = text === null ? `${file} is not text` : `${file} has carriage returns`;
    this.#add({ code: 'not-text', file, message, allowed: 'UTF-8 with lines that end with LF' });
    return null;
  }

  async isExecutable(file: string): Promise<boolean> {
    return ((await lstat(path.join(this.#root, file))).mode & 0o100) !== 0;
  }

  /** Adds every file that was not read to the problems. */
  checkUnread(): void {
    for (const file of this.#unread) {
      this.#add({ code: 'unread-file', file, message: `${file} is not part of the pack: nothing reads it` });
    }
  }

  #add(problem: PackProblem): void {
    this.#problems.push(problem);
  }
}

function decoded(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
