import type { PackProblem } from '../model/errors.ts';
import type { PackFiles } from './pack-files.ts';

/** Paths appear in messages, where control characters could hide what is said, and names are keys of objects. */
const UNSAFE = /\p{Cc}|(?:^|\/)__proto__(?:\/|$)/u;

/** The files of a pack, of which those that are not read are problems. */
export class PackFolder {
  readonly #contents: PackFiles;
  readonly #prefix: string;
  readonly #problems: PackProblem[];
  /** Paths in the pack, with `/`, after the prefix. */
  readonly #files = new Set<string>();
  readonly #unread = new Set<string>();

  /**
   * The files of `contents`, none of which it has until they are listed; what is wrong is added to `problems`. Its paths begin with
   * `prefix`, which tells them from those of other packs.
   */
  constructor(contents: PackFiles, problems: PackProblem[], prefix = '') {
    this.#contents = contents;
    this.#prefix = prefix;
    this.#problems = problems;
  }

  /** Lists the files and folders with these names; adds links and other special files to the problems. */
  list(entries: readonly string[]): void {
    const { files, special } = this.#contents;
    const isListed = (path: string) => entries.includes(`${this.#prefix}${path.split('/', 1)[0]}`);
    for (const path of [...files.keys()].filter(isListed)) {
      const file = this.#prefix + path;
      if (UNSAFE.test(path)) this.#addUnsafe(file);
      else {
        this.#files.add(file);
        this.#unread.add(file);
      }
    }
    for (const [path, kind] of [...special].filter(([path]) => isListed(path))) {
      const file = this.#prefix + path;
      if (UNSAFE.test(path)) this.#addUnsafe(file);
      else this.#add({ code: 'special-file', file, message: `${file} ${kind}`, allowed: 'files and folders' });
    }
  }

  /** Names of the folders at the root that are not among these. */
  otherFolders(known: readonly string[]): readonly string[] {
    const paths = [...this.#contents.files.keys()].filter((path) => path.includes('/'));
    const names = new Set(paths.map((path) => path.split('/', 1)[0] ?? ''));
    return [...names].filter((name) => !name.startsWith('.') && !known.includes(name));
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
  read(file: string): string | null {
    this.#unread.delete(file);
    const found = this.has(file) ? this.#contents.files.get(this.#inPack(file)) : undefined;
    if (found === undefined) {
      this.#add({ code: 'missing-file', file, message: `${file} is missing` });
      return null;
    }
    const text = decoded(found.bytes);
    if (text !== null && !text.includes('\r')) return text;
    const message = text === null ? `${file} is not text` : `${file} has carriage returns`;
    this.#add({ code: 'not-text', file, message, allowed: 'UTF-8 with lines that end with LF' });
    return null;
  }

  isExecutable(file: string): boolean {
    return this.#contents.files.get(this.#inPack(file))?.executable ?? false;
  }

  /** Adds every file that was not read to the problems. */
  checkUnread(): void {
    for (const file of this.#unread) {
      this.#add({ code: 'unread-file', file, message: `${file} is not part of the pack: nothing reads it` });
    }
  }

  #inPack(file: string): string {
    return file.slice(this.#prefix.length);
  }

  /** Adds the outermost file or folder with a wrong name on a path. */
  #addUnsafe(file: string): void {
    const parts = file.split('/');
    const length = parts.findIndex((part) => UNSAFE.test(part)) + 1;
    const shown = JSON.stringify(parts.slice(0, length).join('/'));
    const message = `${shown} has a name that is not allowed`;
    if (this.#problems.some((problem) => problem.message === message)) return;
    this.#add({ code: 'unsafe-path', file: shown, message });
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
