/** What a pack offers: every part with its contributions, read from `templates/`. Imports nothing. */

/** The questions a project is described by. A part belongs to one of them; `base` is always in. */
export const AXES = ['framework', 'dbLayer', 'database', 'auth', 'middleware', 'features'] as const;
export type AxisId = (typeof AXES)[number];

/** The part in the name of a cell that counts where that part is not chosen: `without-<id>`; `null` of any other cell. */
export function absentPart(cell: string): string | null {
  return /^without-(.+)$/.exec(cell)?.[1] ?? null;
}

/** A crate that a part needs. The version is looked up by crate name in `versions.json`. */
export interface CrateNeed {
  readonly features?: readonly string[];
  /** Cargo's `default-features`; only `false` is ever said. One part saying `true` (or nothing) wins. */
  readonly defaultFeatures?: false;
  /** The Cargo table it goes to; a crate needed both ways is listed only in `dependencies`. */
  readonly table?: 'dependencies' | 'dev-dependencies';
}

/** One environment variable of the generated service and the typed field that it is read into. */
export interface EnvVariable {
  readonly name: string;
  /** Field of the group's Rust struct. */
  readonly field: string;
  /** Rust type of the field; it implements `FromStr`. */
  readonly type: string;
  /** One sentence: what it sets, with its unit. Becomes a doc comment, the README's table and `.env.example`. */
  readonly doc: string;
  /** What values are allowed, as the second half of "PORT must be …". */
  readonly allowed: string;
  /** Absent: required, the service does not start without it. */
  readonly default?: string;
  /** The value for development, written to `.env.example`; where absent the default is shown, commented out. */
  readonly example?: string;
  /** Never logged, never given a default. */
  readonly secret?: true;
}

/** Environment variables that are read into one struct, a field of the service's `Config`. */
export interface EnvGroup {
  /** snake_case field of `Config`; the struct is named after it. */
  readonly name: string;
  /** One sentence, the struct's doc comment. */
  readonly doc: string;
  readonly variables: readonly EnvVariable[];
}

/** A file a part brings. `template` is its key in the pack, `path` where it goes in the project. */
export interface PartFile {
  readonly path: string;
  readonly template: string;
  readonly executable: boolean;
}

/** A fragment that a part adds to a shared file, under the name the shared file loops over. */
export interface SlotFragment {
  readonly slot: string;
  readonly template: string;
}

/** What a part, or one of its cells, puts into the project. */
export interface Contribution {
  readonly crates: Readonly<Record<string, CrateNeed>>;
  readonly env: readonly EnvGroup[];
  /** Values other parts' templates read, e.g. how a database writes a bind parameter. */
  readonly vars: Readonly<Record<string, string>>;
  /** Paths that this part takes over from an earlier one; without it two parts with one path are a pack error. */
  readonly replaces: readonly string[];
  /** Folder → where its files go instead, whichever part brings them: for a framework with names of its own. */
  readonly moves: Readonly<Record<string, string>>;
  readonly files: readonly PartFile[];
  readonly slots: readonly SlotFragment[];
  /** Axes on which it has a cell per choice: a missing cell makes that pair unsupported. Not read of a cell. */
  readonly needsCell: readonly AxisId[];
  /** Contributions that count only where the part of that id is chosen too, or `without-<id>` where it is not; they nest. */
  readonly cells: Readonly<Record<string, Contribution>>;
}

/** One choice of one axis: a folder of the pack. */
export interface Part extends Contribution {
  readonly axis: AxisId | 'base';
  /** The folder's name; stable, it is a flag value. */
  readonly id: string;
  readonly label: string;
  /** One line for the person choosing. */
  readonly hint: string;
  /** Where it stands among the parts of its axis: prompts, lists and layers follow it. */
  readonly order: number;
  /** In the default set of its axis. */
  readonly default: boolean;
  /** Ids of the parts of its axis that it extends, the most general first: cells named after one of them are its too. */
  readonly ancestors: readonly string[];
  /** What it takes over from those parts, in the same order. */
  readonly inherited: readonly Contribution[];
  /** Chooses nothing: what is common to its axis does not count with it. */
  readonly optsOut: boolean;
  /** Axes that have no meaning with this part, e.g. no database without a layer. */
  readonly excludesAxes: readonly AxisId[];
  /** Ids that it cannot go with, each with the reason people are shown. */
  readonly unsupported: Readonly<Record<string, string>>;
}

/** Files that do not work everywhere, by their paths in a project that stands alone. */
export interface PlacementRules {
  /** Work only at the root of a repository: the path there, with `{name}` for the project's name. */
  readonly repositoryRoot: Readonly<Record<string, string>>;
  /** Have another name in a member of a workspace. */
  readonly renamedInMember: Readonly<Record<string, string>>;
  /** Do not belong in a member of a workspace: the reason. */
  readonly leftOutOfMember: Readonly<Record<string, string>>;
}

export interface Catalog {
  readonly base: Part;
  /** What counts as soon as anything is chosen on an axis, e.g. whichever database; from the folder `any`. */
  readonly any: Readonly<Partial<Record<AxisId, Contribution>>>;
  /** Every choice, by axis, in display order. */
  readonly parts: Readonly<Record<AxisId, readonly Part[]>>;
  readonly placement: PlacementRules;
  /** Every slot that a shared file loops over. */
  readonly slots: readonly string[];
  /** Crate name → caret version requirement. */
  readonly crateVersions: Readonly<Record<string, string>>;
  /** Everything else that has a version and is written into a project: toolchain, actions, images. */
  readonly toolVersions: Readonly<Record<string, string>>;
}
