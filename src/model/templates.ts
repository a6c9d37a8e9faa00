import type { AxisId } from './axes.ts';
import type { Kind } from './resource.ts';
import type { TypeText } from './type-table.ts';

/** Everything a template may read. Handlebars runs in strict mode: any other name is an error. */
export interface RenderContext {
  readonly project: ProjectNames & PlacedProject & { readonly description: string };
  /** A list on an axis with several choices; the part `none` on one that does not apply. */
  readonly chosen: Readonly<Record<AxisId, ChosenPart | readonly ChosenPart[]>>;
  /** Lines for Cargo.toml. */
  readonly crates: { readonly dependencies: readonly string[]; readonly devDependencies: readonly string[] };
  readonly groups: readonly ConfigGroup[];
  /** The secret variables of all groups. */
  readonly secrets: readonly ConfigVariable[];
  readonly slots: Readonly<Record<string, readonly string[]>>;
  /** In the order of creation. */
  readonly resources: readonly ResourceContext[];
  /** The migrations that change tables, oldest first. */
  readonly changes: readonly ChangeContext[];
  readonly vars: Readonly<Record<string, string>>;
  readonly versions: {
    readonly crates: Readonly<Record<string, string>>;
    readonly tools: Readonly<Record<string, string>>;
  };
}

/** What files and fragments per resource may read besides. */
export interface PerResourceContext {
  readonly resource: ResourceContext;
  /** Only in files. */
  readonly resourceSlots: Readonly<Record<string, readonly string[]>>;
}

/** What files of a change may read besides. */
export interface PerChangeContext {
  readonly change: ChangeContext;
}

/** A migration that changes the table of a resource. */
export interface ChangeContext extends ResourceNames {
  /** The last six digits of its version. */
  readonly migration: string;
  /** Statements of SQL, a line each, and those that undo them. */
  readonly up: readonly string[];
  readonly down: readonly string[];
}

/** The names of a resource. */
export interface ResourceNames {
  /** In snake_case, as in `plural`. */
  readonly singular: string;
  readonly plural: string;
  /** The Rust type of a row. */
  readonly type: string;
  readonly plural_type: string;
  readonly words: string;
  readonly plural_words: string;
  readonly Plural_words: string;
  readonly article: 'a' | 'an';
  readonly Article: string;
  /** Counts from 0, in the order of creation. */
  readonly position: number;
  /** The name of a row in Rust: `singular`, unless templates give this name to another value. */
  readonly variable: string;
}

export interface ResourceContext extends ResourceNames {
  /** What its rows are, with a capital. */
  readonly title: string;
  /** The last six digits of its migration's version. */
  readonly migration: string;
  readonly fields: readonly FieldContext[];
  /** The fields in the order of the table's columns: those before its times, and those after them. */
  readonly first_columns: readonly FieldContext[];
  readonly last_columns: readonly FieldContext[];
  /** Those that a caller may change; the following are also fields with something in common. */
  readonly changeable: readonly FieldContext[];
  readonly required: readonly FieldContext[];
  readonly optional: readonly FieldContext[];
  readonly unique: readonly FieldContext[];
  /** Those of `unique` whose table may be changed; it is one of the pack otherwise. */
  readonly unique_indexes: readonly FieldContext[];
  readonly is_fixed: boolean;
  readonly indexed: readonly FieldContext[];
  readonly refs: readonly FieldContext[];
  readonly owners: readonly FieldContext[];
  /** References to rows with which its own are deleted. */
  readonly cascading: readonly FieldContext[];
  readonly refs_by_name: readonly FieldContext[];
  /** The other resources that have one reference to it; whether that is unique. */
  readonly referrers: readonly (ResourceNames & { readonly is_unique: boolean })[];
  /** For each key of the type tables, whether the text of some field is there. */
  readonly has: { readonly type: Readonly<Record<string, boolean>> };
  /** References that are the only ones to another table. */
  readonly joins: readonly FieldContext[];
  readonly enums: readonly FieldContext[];
  /** The references among those that a caller may change, and the other resources that they refer to. */
  readonly references: readonly FieldContext[];
  readonly referred: readonly ResourceNames[];
  /** The other resources that any of its fields refer to. */
  readonly targets: readonly ResourceNames[];
  /** The resources whose rows refer to its own, or to rows that are deleted with those. */
  readonly dependents: readonly Dependent[];
  /** The number of bind parameters that set what a caller may change. */
  readonly set_binds: number;
}

/** A resource that limits what can be deleted of another one, or loses rows with it. */
export interface Dependent extends ResourceNames {
  /** The fields that refer to rows that are deleted; whether some of them cascade, and whether some do not. */
  readonly refs: readonly FieldContext[];
  readonly cascades: boolean;
  readonly restricts: boolean;
  /** Refers to itself. */
  readonly is_self: boolean;
}

/** A field of a resource; texts that do not apply are empty. */
export interface FieldContext {
  /** The name of its column, also in Rust and in JSON. */
  readonly name: string;
  /** The name as it was given, which for a reference lacks the `_id` of the column. */
  readonly label: string;
  /** The name of its value in Rust: `name`, unless this is the name of a row. */
  readonly variable: string;
  readonly words: string;
  readonly pascal: string;
  readonly kind: Kind;
  readonly is_optional: boolean;
  readonly is_unique: boolean;
  readonly is_indexed: boolean;
  readonly is_owner: boolean;
  readonly cascades: boolean;
  /** The smallest and largest value, or length of a text in characters. */
  readonly min: string;
  readonly max: string;
  /** The bounds of a decimal number in units of its last digit. */
  readonly min_units: string;
  readonly max_units: string;
  readonly length: string;
  readonly precision: string;
  readonly scale: string;
  /** The most bytes of a string in UTF-8; the most characters of a decimal number. */
  readonly width: string;
  /** The Rust type of an enum. */
  readonly enum: string;
  readonly values: readonly { readonly value: string; readonly variant: string }[];
  /** The values as literals of SQL, with commas between them. */
  readonly sql_values: string;
  /** The first of the bind parameters that set it, from 1. */
  readonly set_bind: number;
  /** The resource that it refers to. */
  readonly ref: ResourceNames | null;
  /** Its name, or one with the resource's if an earlier resource has a field of the same name. */
  readonly unique_name: string;
  /** Its name and an underscore if the resource has several unique fields, else empty. */
  readonly unique_prefix: string;
  readonly article: string;
  /** A valid value, as text. */
  readonly example: string;
  readonly test: TestValues;
  readonly is_self: boolean;
  /** From 1 for the first of several references to the same resource. */
  readonly place: Place;
  /** From 1 for the last of them by name. */
  readonly place_by_name: Place;
  /** From the type tables, for its kind and modifiers. */
  readonly type: Readonly<Record<string, TypeText>>;
}

/** Values of a field for a project's tests, as they are written in `json!`. */
export interface TestValues {
  /** The row that a reference refers to. */
  readonly row: string;
  /** What no other row can have, once it is set in the row `first`. */
  readonly taken: string;
  /** The value in the body of a new row. */
  readonly body: string;
  readonly valid: readonly string[];
  /** Each with the code of its error: `["type", 1]`. */
  readonly invalid: readonly string[];
}

/** A number, and with an underscore for the end of a name; both are empty if there is only one. */
export interface Place {
  readonly number: string;
  readonly suffix: string;
}

/** A project's name in the grammar of each place that it is written to. */
export interface ProjectNames {
  /** The Cargo package, its binary, and what people read: lowercase letters, digits, single `-` or `_`, 64 at most. */
  readonly name: string;
  /** A Rust identifier: `_` in place of `-`. */
  readonly crate: string;
  /** The repository of a container image, and the beginning of a volume's name. */
  readonly image: string;
  /** A Compose project. */
  readonly compose: string;
  /** A DNS label for Kubernetes objects, namespaces and label values: no `_`, 46 at most, so that suffixes fit into 63. */
  readonly kubernetes: string;
}

/** A project's place in the repository and the workspace around it. */
export interface PlacedProject {
  /** Has a `[workspace]` of its own, which keeps it out of the one around it. */
  readonly apart: boolean;
  /** Is a member of the Cargo workspace around it; only the root of a workspace has profiles. */
  readonly member: boolean;
  /** Path from the root of the repository; empty at that root. */
  readonly inRepository: string;
  /** Path from the root of the repository to the folder that has Cargo.lock. */
  readonly cargoRoot: string;
  /** Name of the workflow: one of several in a repository where the project is in a subfolder. */
  readonly workflow: string;
  /** Path filters for the workflow: one list of patterns, or none where changes of any path concern the project. */
  readonly watched: readonly (readonly string[])[];
  /** `/crates/api` in a member, else empty. */
  readonly fromWorkspace: string;
  /** `../..` in a member, else `.`. */
  readonly workspaceFolder: string;
  /** `/../..` in a member, else empty. */
  readonly toWorkspace: string;
  /** `crates/api/` in a member, else empty. */
  readonly memberPrefix: string;
}

export interface ChosenPart {
  readonly id: string;
  /** The id as a Rust module name. */
  readonly module: string;
  readonly label: string;
  readonly hint: string;
}

/** An `EnvGroup` with the name of its Rust struct. */
export interface ConfigGroup {
  readonly name: string;
  readonly struct: string;
  readonly doc: string;
  readonly variables: readonly ConfigVariable[];
}

/** An `EnvVariable` with `null` or `false` for absent keys. */
export interface ConfigVariable {
  readonly name: string;
  readonly field: string;
  readonly type: string;
  readonly doc: string;
  readonly allowed: string;
  readonly default: string | null;
  readonly example: string | null;
  readonly secret: boolean;
}

/** A parsed template, as data: it is parsed when a pack is built, and evaluated when a project is rendered. */
export type Template = readonly TemplateNode[];

/** A text, a value to insert, a condition or a loop; `otherwise` is for a false condition or an empty list. */
export type TemplateNode =
  | string
  | { readonly insert: Expression }
  | { readonly if: Expression; readonly body: Template; readonly otherwise: Template }
  | { readonly each: Expression; readonly body: Template; readonly otherwise: Template };

export type Expression = Literal | Path | LoopVariable | Call | Block;

interface Literal {
  readonly literal: string | number | boolean;
}

/** The keys that lead to a value. */
export interface Path {
  readonly path: readonly string[];
  /** The start: the item of the loop so many loops further out (`../`), or the context (`@root`). */
  readonly from: number | 'root';
}

/** What is known of the item of a loop, such as `@first`. */
interface LoopVariable {
  readonly loop: 'index' | 'first' | 'last';
}

/** The result of a helper. */
interface Call {
  readonly helper: string;
  readonly args: readonly Expression[];
}

/** The rendered content of a block, for the helper that the block names. */
interface Block {
  readonly block: Template;
}

/** What projects are rendered from. */
export interface Templates {
  /** By key: a template, or the text of a file that is copied. */
  readonly texts: Readonly<Record<string, Template | string>>;
  /** The lock of each structure, by its key. */
  readonly locks: Readonly<Record<string, Lock>>;
}

/** A Cargo.lock with everything that the options of a structure may need. */
export interface Lock {
  /** What stands before the packages. */
  readonly head: string;
  readonly packages: readonly LockedPackage[];
  readonly conditions: LockConditions;
}

/**
 * Dependency edges that only some options add: package → dependency → the ids that add it, `a+b` where only both
 * together do. Other edges always exist. Packages are written `name version`.
 */
export type LockConditions = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** A `[[package]]` of Cargo.lock. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  /** Its `source` and `checksum` lines, as written. */
  readonly origin: string;
  /** Keys (`name version`) of its dependencies, in the lock's order. */
  readonly dependencies: readonly string[];
}

/** The names that a template reads from its context. */
export interface TemplateReads {
  readonly slots: readonly string[];
  readonly resourceSlots: readonly string[];
  readonly vars: readonly string[];
  /** Keys of type tables. */
  readonly types: readonly string[];
}

/** The texts of a pack by their keys: a path in it, or a place in a manifest. */
export type PackSources = Readonly<Record<string, PackSource>>;

/** A text of a pack. */
export interface PackSource {
  readonly text: string;
  /** Is rendered; otherwise it is copied. */
  readonly isTemplate: boolean;
}

/** What each file of a pack reads, by its path; nothing if it is not a template. */
export type PackReads = Readonly<Record<string, TemplateReads>>;
