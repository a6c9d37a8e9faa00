/** What a pack offers: every part with its contributions, read from `templates/`. */
import type { Axis, AxisId } from './axes.ts';
import type { Callers, CellManifest, ChoiceManifest, ClassRules, CommonManifest, PlacementRules } from './manifest.ts';
import { migrationTime, type PackResource, type Resource, type Trait } from './resource.ts';

/** The part named by a cell `without-<id>`, which applies if that part is not chosen; `null` for other cells. */
export function absentPart(cell: string): string | null {
  return /^without-(.+)$/.exec(cell)?.[1] ?? null;
}

/** A file of a part: `template` is its key in the pack, `path` its place in the project. */
export interface PartFile {
  readonly path: string;
  readonly template: string;
  readonly executable: boolean;
}

/** Whether a path stands for a path of each resource. */
export function isPattern(path: string): boolean {
  return path.includes('[singular]') || path.includes('[plural]');
}

/** What the files of a path are for: each resource, the migration that creates it, or each that changes it. */
export function purposeOf(path: string): 'resource' | 'creation' | 'change' {
  if (path.includes('[change]')) return 'change';
  return path.includes('[migration]') ? 'creation' : 'resource';
}

/** The path that a pattern stands for, of the resource of a step at a position in the history. */
export function pathFor(pattern: string, { singular, plural }: Resource, position: number): string {
  const time = migrationTime(position);
  const names = { singular, plural, migration: time, change: time };
  return Object.entries(names).reduce((filled, [name, text]) => filled.replaceAll(`[${name}]`, text), pattern);
}

/** A fragment that a part adds to a shared file, which loops over the slot. */
export interface SlotFragment {
  readonly slot: string;
  /** Key in the pack: the path of its file, or of the manifest that it stands in, with `#` and its key there. */
  readonly template: string;
}

/** The folder of the part that the contribution in a folder belongs to: of `auth/any/axum`, `auth/any`. */
export function partOf(folder: string): string {
  const [first = '', second] = folder.split('/', 2);
  return /(?:^|:)base$/.test(first) || second === undefined ? first : `${first}/${second}`;
}

/** What the folders and templates of a team's pack begin with. */
export function prefixOf(pack: string): string {
  return `${pack}:`;
}

/** The name of the team's pack that has a template or folder; `null` if create-api comes with it. */
export function packOf(key: string): string | null {
  return /^([a-z0-9-]+):/.exec(key)?.[1] ?? null;
}

/** What a part, or one of its cells, adds to the project. */
export interface Contribution extends Omit<CellManifest, '$schema' | 'slots' | 'resourceSlots'> {
  /** Its folder in the pack. */
  readonly folder: string;
  readonly files: readonly PartFile[];
  readonly slots: readonly SlotFragment[];
  /** Files of each resource, whose names their paths contain; with `[migration]` or `[change]`, of what creates or changes it. */
  readonly resourceFiles: readonly PartFile[];
  /** Fragments that are rendered for each resource. */
  readonly resourceSlots: readonly SlotFragment[];
  /** Key of its type table in the pack; `null` if it has none. */
  readonly types: string | null;
  /** Contributions that apply only if the part with that id is chosen too, or not, for `without-<id>`; they nest. */
  readonly cells: Readonly<Record<string, Contribution>>;
}

/** A contribution that is not a cell. */
export interface CommonContribution extends Contribution, Pick<CommonManifest, 'uses' | 'needsCell'> {}

/** One choice of one axis: a folder of the pack. */
export interface Part
  extends CommonContribution,
    Pick<
      ChoiceManifest,
      'label' | 'hint' | 'order' | 'before' | 'after' | 'default' | 'optsOut' | 'excludesAxes' | 'unsupported' | 'hints'
    > {
  /** `base` for what every project has. */
  readonly axis: AxisId | 'base';
  /** The folder's name; stable, because it is the value of a flag. */
  readonly id: string;
  /** Ids of the parts that it extends, the most general first: it has their cells too. */
  readonly ancestors: readonly string[];
  /** The contributions of those parts, in the same order. */
  readonly inherited: readonly CommonContribution[];
  /** Place of its contributions among those of its axis, by `before` and `after`. */
  readonly position: number;
}

export interface Catalog {
  /** In the order of the questions. */
  readonly axes: readonly Axis[];
  readonly base: Part;
  /** What applies to every choice on an axis, e.g. to any database; from the folder `any`. */
  readonly any: Readonly<Partial<Record<AxisId, CommonContribution>>>;
  /** What several parts of different axes need, by name; from the folder `shared`. */
  readonly shared: Readonly<Record<string, Contribution>>;
  /** What fields of a kind or with a modifier need, by its name; from the folder `fields`. */
  readonly fields: Readonly<Partial<Record<Trait, CommonContribution>>>;
  /** What teams' packs add to every project, after everything else, in the order of the packs. */
  readonly additions: readonly CommonContribution[];
  /** The resources of every project. */
  readonly resources: readonly PackResource[];
  /** The resources that teams' packs add to every project; they are answers, so that a later one does not move those of the project. */
  readonly teamResources: readonly Resource[];
  /** Patterns of the Rust types of a resource, with `[type]` and `[plural_type]`. */
  readonly resourceTypes: readonly string[];
  /** Names in snake_case of what the service has besides, such as types and tables, which no resource can have. */
  readonly reservedNames: readonly string[];
  /** What callers are, of whom one can own a row; `null` if nobody signs in. */
  readonly callers: Callers | null;
  /** Every choice, by axis, in display order. */
  readonly parts: Readonly<Record<AxisId, readonly Part[]>>;
  readonly placement: PlacementRules;
  readonly classes: ClassRules;
  /** Slot → pattern of the files whose names it has, even of those that the project only keeps. */
  readonly seedSlots: Readonly<Record<string, string>>;
  /** Keys of the locks in `locks`, without their endings. */
  readonly locks: readonly string[];
  /** Crates that projects have besides their own. */
  readonly crateNames: readonly string[];
  /** Every slot that a shared file loops over. */
  readonly slots: readonly string[];
  /** Those that may be filled where no file of the project reads them. */
  readonly optionalSlots: readonly string[];
  /** Every slot that files of resources loop over. */
  readonly resourceSlots: readonly string[];
  /** Crate name → caret version requirement. */
  readonly crateVersions: Readonly<Record<string, string>>;
  /** The other versions that are written into projects: of the toolchain, actions and images. */
  readonly toolVersions: Readonly<Record<string, string>>;
}

/** What can be chosen, without what it adds to a project. */
export interface Offer extends Pick<Catalog, 'axes'> {
  readonly parts: Readonly<Record<AxisId, readonly OfferedPart[]>>;
}

type OfferedPart = Pick<Part, 'id' | 'label' | 'hint' | 'default'>;

/** What a catalog offers. */
export function offerOf({ axes, parts }: Catalog): Offer {
  const offered = {} as Record<AxisId, readonly OfferedPart[]>;
  for (const axis of axes) {
    offered[axis.id] = parts[axis.id].map(({ id, label, hint, default: byDefault }) => {
      return { id, label, hint, default: byDefault };
    });
  }
  return { axes, parts: offered };
}

/** Every part that can be chosen, by axis. */
export function partsIn({ parts }: Pick<Catalog, 'parts'>): readonly Part[] {
  return Object.values(parts).flat();
}

/** Every contribution in a pack: of the parts that can be chosen and those that they extend, with their cells. */
export function contributionsIn(catalog: Catalog): readonly Contribution[] {
  return foldersIn(catalog).flatMap(withCells);
}

/** The contributions of whole folders, not of cells in them. A part that several extend is listed once for each of them. */
export function foldersIn({ base, any, shared, fields, parts, additions }: Catalog): readonly Contribution[] {
  const chosen = partsIn({ parts }).flatMap((part) => [...part.inherited, part]);
  const others = [any, shared, fields].flatMap((named) => Object.values(named));
  return [base, ...chosen, ...others, ...additions];
}

/** A contribution and those of its cells, at every depth. */
export function withCells(contribution: Contribution): readonly Contribution[] {
  return [contribution, ...Object.values(contribution.cells).flatMap(withCells)];
}
