/** What a pack offers: every part with its contributions, read from `templates/`. Imports nothing. */

/** The dimensions of choice. Every part belongs to one of them, but for `base`, which every project has. */
export const AXES = ['framework', 'dbLayer', 'database', 'auth', 'middleware', 'features'] as const;
export type AxisId = (typeof AXES)[number];

/** The flag of an option: `dbLayer` → `--db-layer`. */
export function flagOf(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** The part named by a cell `without-<id>`, which applies if that part is not chosen; `null` for other cells. */
export function absentPart(cell: string): string | null {
  return /^without-(.+)$/.exec(cell)?.[1] ?? null;
}

/** A crate that a part needs. The version is looked up by crate name in `versions.json`. */
export interface CrateNeed {
  readonly features?: readonly string[];
  /** Cargo's `default-features`. They are disabled only if every part that needs the crate says `false`. */
  readonly defaultFeatures?: false;
  /** The table of Cargo.toml; a crate that is needed in both is listed only in `dependencies`. */
  readonly table?: 'dependencies' | 'dev-dependencies';
}

/** An environment variable of the generated service, and the typed field that it is read into. */
export interface EnvVariable {
  readonly name: string;
  /** Field of the group's Rust struct. */
  readonly field: string;
  /** Rust type of the field; it implements `FromStr`. */
  readonly type: string;
  /** One sentence about what it sets, with the unit; for a doc comment, the README's table and `.env.example`. */
  readonly doc: string;
  /** The allowed values, as the second half of "PORT must be …". */
  readonly allowed: string;
  /** Required if absent: the service does not start without it. */
  readonly default?: string;
  /** The value for development in `.env.example`, which otherwise shows the default, commented out. */
  readonly example?: string;
  /** Is never logged and has no default. */
  readonly secret?: true;
}

/** Environment variables that are read into one struct, which is a field of the service's `Config`. */
export interface EnvGroup {
  /** snake_case field of `Config`; the struct is named after it. */
  readonly name: string;
  /** One sentence, the struct's doc comment. */
  readonly doc: string;
  readonly variables: readonly EnvVariable[];
}

/** A file of a part: `template` is its key in the pack, `path` its place in the project. */
export interface PartFile {
  readonly path: string;
  readonly template: string;
  readonly executable: boolean;
}

/** A fragment that a part adds to a shared file, which loops over the slot. */
export interface SlotFragment {
  readonly slot: string;
  readonly template: string;
}

/** What a part, or one of its cells, adds to the project. */
export interface Contribution {
  readonly crates: Readonly<Record<string, CrateNeed>>;
  readonly env: readonly EnvGroup[];
  /** Values for the templates of other parts, e.g. how a database writes a bind parameter. */
  readonly vars: Readonly<Record<string, string>>;
  /** Paths of earlier parts that this part replaces; any other path in two parts is an error of the pack. */
  readonly replaces: readonly string[];
  /** Folder → the folder that its files go to instead, whichever part they belong to: for a framework with other names. */
  readonly moves: Readonly<Record<string, string>>;
  readonly files: readonly PartFile[];
  readonly slots: readonly SlotFragment[];
  /** Names of shared contributions that it needs; each is added once, whichever parts need it. Ignored in cells. */
  readonly uses: readonly string[];
  /** Axes on which it has a cell for each supported choice. Ignored in cells. */
  readonly needsCell: readonly AxisId[];
  /** Contributions that apply only if the part with that id is chosen too, or not, for `without-<id>`; they nest. */
  readonly cells: Readonly<Record<string, Contribution>>;
}

/** One choice of one axis: a folder of the pack. */
export interface Part extends Contribution {
  readonly axis: AxisId | 'base';
  /** The folder's name; stable, because it is the value of a flag. */
  readonly id: string;
  readonly label: string;
  /** One line that helps to choose. */
  readonly hint: string;
  /** Its position among the parts of its axis, in prompts, lists and layers. */
  readonly order: number;
  /** Is a default of its axis. */
  readonly default: boolean;
  /** Ids of the parts that it extends, the most general first: it has their cells too. */
  readonly ancestors: readonly string[];
  /** The contributions of those parts, in the same order. */
  readonly inherited: readonly Contribution[];
  /** Stands for choosing nothing on its axis: what all parts of the axis have in common does not apply. */
  readonly optsOut: boolean;
  /** Axes that do not apply to this part, e.g. no database without a layer. */
  readonly excludesAxes: readonly AxisId[];
  /** Ids that it does not support, each with the reason that people are shown. */
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
  /** What applies to every choice on an axis, e.g. to any database; from the folder `any`. */
  readonly any: Readonly<Partial<Record<AxisId, Contribution>>>;
  /** What several parts of different axes need, by name; from the folder `shared`. */
  readonly shared: Readonly<Record<string, Contribution>>;
  /** Every choice, by axis, in display order. */
  readonly parts: Readonly<Record<AxisId, readonly Part[]>>;
  readonly placement: PlacementRules;
  /** Every slot that a shared file loops over. */
  readonly slots: readonly string[];
  /** Crate name → caret version requirement. */
  readonly crateVersions: Readonly<Record<string, string>>;
  /** The other versions that are written into projects: of the toolchain, actions and images. */
  readonly toolVersions: Readonly<Record<string, string>>;
}
