/**
 * What becomes of a file when its project is brought up to date. `managed`: it stays as rendered, and an edit is a violation.
 * `merge`: edits are kept, and merged with what is new. `seed`: it is written once, and the user's from then on.
 */
export type FileClass = 'managed' | 'merge' | 'seed';

/** Where a file of the project comes from. */
export interface Origin {
  /** Folder of the part in the pack. */
  readonly part: string;
  /** Key of the template in the pack. */
  readonly template: string;
  readonly class: FileClass;
}

/** A file of the project as rendered: path relative to the project, with `/`, and its exact text (LF). */
export interface RenderedFile {
  readonly path: string;
  readonly text: string;
  readonly executable: boolean;
  readonly origin: Origin;
}

/** What a file of a project is: its bytes, those of its target if it is a link, and whether it may be run. */
export interface FileState {
  readonly bytes: Uint8Array;
  readonly mode: 'file' | 'executable' | 'link';
}

/** A change of one file of a project, whose path is relative to the project, with `/`. No state means no file. */
export interface FileChange {
  readonly path: string;
  readonly before?: FileState;
  readonly after?: FileState;
}

/** What a rendered file is on disk. */
export function stateOf({ text, executable }: Pick<RenderedFile, 'text' | 'executable'>): FileState {
  return { bytes: new TextEncoder().encode(text), mode: executable ? 'executable' : 'file' };
}

/** What to do with an existing file at the path of a file of the project. */
export type OnConflict = 'fail' | 'overwrite' | 'skip';

/** Every file of a project, sorted by path, no path twice. */
export type FileSet = readonly RenderedFile[];

/** The entries of a list that an existing file lacks, to be added by hand. */
export interface Addition {
  /** The line of the list's key, e.g. `updates:`. */
  readonly below: string;
  readonly lines: string;
}
