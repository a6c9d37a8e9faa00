/** A file of the project as rendered: path relative to the project, with `/`, and its exact text (LF). */
export interface RenderedFile {
  readonly path: string;
  readonly text: string;
  readonly executable: boolean;
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
