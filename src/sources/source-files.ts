import { createHash } from 'node:crypto';
import { EXIT, ExpectedError } from '../model/errors.ts';
import { isSafePath } from '../model/safe-path.ts';
import { isInside, type SourceFile, type SourceFiles } from '../model/source.ts';

/** What a source may consist of at most; far more than the built-in pack, and little enough to be read at once. Sizes are bytes. */
export const MOST = { files: 5000, file: 2_000_000, all: 20_000_000, path: 500 } as const;

/** Collects the files of a source that nobody has checked. `name` is that of the source. */
export class SourceCollector {
  readonly #name: string;
  readonly #files = new Map<string, SourceFile>();
  readonly #special = new Map<string, string>();
  #bytes = 0;

  constructor(name: string) {
    this.#name = name;
  }

  /** Whether a file of this size is to be read; otherwise it is noted. Throws an `ExpectedError` (exit code `integrity`) for a path that leaves the source, and if there is too much. */
  accepts(path: string, size: number): boolean {
    this.#assertInside(path);
    if (!isSafePath(path)) return this.#note(path, 'has a name that not every operating system accepts');
    if (size > MOST.file) return this.#note(path, `has ${size} bytes, and at most ${MOST.file} are read`);
    this.#bytes += size;
    if (this.#bytes > MOST.all) throw untrusted(this.#name, `has more than ${MOST.all} bytes`);
    return true;
  }

  /** Adds a file that was accepted. */
  add(path: string, file: SourceFile): void {
    if (this.#files.has(path)) throw untrusted(this.#name, `has ${JSON.stringify(path)} twice`);
    this.#files.set(path, file);
    this.#assertFew();
  }

  /** Notes an entry that is not read; `reason` completes a sentence about it. */
  special(path: string, reason: string): void {
    this.#assertInside(path);
    this.#note(path, reason);
  }

  /** The files, sorted, with their hash. */
  finish(): SourceFiles {
    const sorted = [...this.#files].sort(([a], [b]) => (a < b ? -1 : 1));
    return { files: new Map(sorted), special: this.#special, integrity: integrityOf(sorted) };
  }

  #note(path: string, reason: string): false {
    this.#special.set(path, reason);
    this.#assertFew();
    return false;
  }

  #assertFew(): void {
    if (this.#files.size + this.#special.size > MOST.files)
      throw untrusted(this.#name, `has more than ${MOST.files} files`);
  }

  #assertInside(path: string): void {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is refused
    if (path !== '' && path.length <= MOST.path && isInside(path) && !/[\x00-\x1f\x7f]/.test(path)) return;
    throw untrusted(this.#name, `has a file at ${JSON.stringify(path.slice(0, MOST.path))}`);
  }
}

/** Hash of files, sorted by their paths, with these and their modes. A path has no line break. */
export function integrityOf(files: Iterable<readonly [path: string, file: SourceFile]>): string {
  const listing = createHash('sha256');
  for (const [path, { bytes, executable }] of files) {
    const hash = createHash('sha256').update(bytes).digest('hex');
    listing.update(`${hash} ${executable ? 'x' : '-'} ${path}\n`);
  }
  return `sha256-${listing.digest('base64')}`;
}

/** Throws an `ExpectedError` (exit code `integrity`) if a source is not what it was; `name` is that of the source. */
export function assertIntegrity(name: string, actual: string, expected: string): void {
  if (actual === expected) return;
  throw new ExpectedError(EXIT.integrity, [
    {
      code: 'wrong-integrity',
      message: `${name} is not what it was: its files have the hash ${actual}`,
      allowed: expected,
      hint: 'find out who changed it before you use it',
    },
  ]);
}

/** The error of a source with something that no honest one has. */
export function untrusted(name: string, what: string): ExpectedError {
  const message = `${name} ${what}, so it is not used`;
  return new ExpectedError(EXIT.integrity, [{ code: 'untrusted-source', message }]);
}
