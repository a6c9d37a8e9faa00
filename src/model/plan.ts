import type { Answers } from './answers.ts';
import type { Axis } from './axes.ts';
import type { Part, PartFile } from './catalog.ts';
import type { FileClass } from './files.ts';
import type { EnvGroup } from './manifest.ts';
import type { MigrationVersions } from './migrations.ts';
import { type PackResource, traitsOf } from './resource.ts';
import type { HistoryStep } from './resource-history.ts';

/** The project's relation to a Cargo workspace around it: there is none, it is a member, or it has its own `[workspace]`. */
export type WorkspaceMode = 'none' | 'join' | 'apart';

/** The project's place in the repository and workspace around it. Paths have `/` as separator. */
export interface Placement {
  readonly workspace: WorkspaceMode;
  /** Its path from the root of the workspace that it joins; empty if it joins none. */
  readonly inWorkspace: string;
  /** Its path from the root of the git repository around it; empty at that root, and without a repository. */
  readonly inRepository: string;
}

/** A file of the chosen parts that the project leaves out. */
export interface LeftOutFile {
  readonly path: string;
  /** Why, as the rest of a sentence: "it is up to the workspace to select a toolchain". */
  readonly reason: string;
}

/** A crate of the project, with the needs of all parts merged. */
export interface PlannedCrate {
  readonly name: string;
  readonly version: string;
  readonly defaultFeatures: boolean;
  /** Sorted, without duplicates. */
  readonly features: readonly string[];
  readonly table: 'dependencies' | 'dev-dependencies';
}

/** A file of the project; `resource` is the singular name of the one that it belongs to, `step` the place of its migration. */
export interface PlannedFile extends PartFile {
  readonly resource: string | null;
  readonly step: number | null;
  readonly class: FileClass;
}

/** What a project consists of, decided but not yet rendered. */
export interface Plan {
  readonly answers: Answers;
  readonly placement: Placement;
  readonly axes: readonly Axis[];
  /** The chosen parts, base first, in the order of the axes. */
  readonly parts: readonly Part[];
  /** In the order of creation, those of the pack first. */
  readonly resources: readonly PackResource[];
  /** How they came about. */
  readonly steps: readonly HistoryStep<PackResource>[];
  /** The files of all parts, with the paths that they have in a project that stands alone. */
  readonly unplaced: readonly PlannedFile[];
  /** Those of the project, where it is. */
  readonly files: readonly PlannedFile[];
  /** Files that work only at the root of the repository around the project; paths are relative to that root. */
  readonly repositoryFiles: readonly PlannedFile[];
  readonly leftOut: readonly LeftOutFile[];
  /** New path → the path that the file has in projects of an earlier release, or without the part that moves it. */
  readonly renames: ReadonlyMap<string, string>;
  /** Slot → keys of the templates that fill it, in order; empty slots are included. */
  readonly slots: Readonly<Record<string, readonly string[]>>;
  /** Slot → lines about files that the project keeps, though no part brings them any more. */
  readonly keptLines: Readonly<Record<string, readonly string[]>>;
  /** Where migrations of this project have other versions than those of a new one. */
  readonly versions: MigrationVersions;
  /** The same as `slots` for those that are filled for each resource. */
  readonly resourceSlots: Readonly<Record<string, readonly string[]>>;
  /** Keys of type tables. */
  readonly types: readonly string[];
  /** Sorted by name. */
  readonly crates: readonly PlannedCrate[];
  readonly groups: readonly EnvGroup[];
  readonly vars: Readonly<Record<string, string>>;
  /** Key of the Cargo.lock that this structure was tested with, without its ending; `null` for a workspace member. */
  readonly lock: string | null;
  readonly crateVersions: Readonly<Record<string, string>>;
  readonly toolVersions: Readonly<Record<string, string>>;
}

/** The options of a plan, as the conditions of its lock name them: ids of parts, and what fields have, as in `field.json`. */
export function lockOptions({ parts, resources }: Pick<Plan, 'parts' | 'resources'>): readonly string[] {
  return [...parts.map(({ id }) => id), ...traitsOf(resources).map((trait) => `field.${trait}`)];
}

/** The keys of every template and copied file that a plan is rendered from, wherever the project is. */
export function templateKeys({ unplaced, slots, resourceSlots, types }: Plan): readonly string[] {
  const fragments = [slots, resourceSlots].flatMap((kind) => Object.values(kind).flat());
  return [...unplaced.map(({ template }) => template), ...fragments, ...types];
}
