import type { FileClass, FileState } from './files.ts';

/** Files by path relative to the project, with `/`. */
export type FileMap = ReadonlyMap<string, FileState>;

/** The three versions of one file; one that is absent does not exist there. */
export interface FileVersions {
  /** As create-api last rendered it. */
  readonly base?: FileState | undefined;
  /** As it is in the project. */
  readonly ours?: FileState | undefined;
  /** As create-api renders it now. */
  readonly theirs?: FileState | undefined;
}

/** What to do with a file of a project. A notice is a sentence for the person whose project it is. */
export type Outcome =
  | { readonly action: 'none'; readonly notice?: string }
  | { readonly action: 'delete'; readonly notice?: string }
  /** `create` and `change` write what is rendered, `merge` what is rendered with the edits of the user in it. */
  | { readonly action: 'create' | 'change' | 'merge'; readonly result: FileState; readonly notice?: string }
  | FileConflict;

/** A person has to decide. */
export interface FileConflict {
  readonly action: 'conflict';
  /** Why, as a sentence for that person. */
  readonly reason: string;
  /** The lines of the user's file, from 1, at which each conflict begins; none if it is about the file as a whole. */
  readonly lines: readonly number[];
  /** The file to edit. */
  readonly marked: FileState;
}

/** What `merge3` needs to know about the paths of a project. */
export interface MergeRules {
  readonly classOf: (path: string) => FileClass;
  /** Files that are rendered under another name than before: the new path, and the old one. */
  readonly renames: ReadonlyMap<string, string>;
  /** The version of create-api that rendered `theirs`, for the labels of conflicts. */
  readonly version: string;
}
