import type { AxisId } from './axes.ts';

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
  readonly vars: Readonly<Record<string, string>>;
  readonly versions: {
    readonly crates: Readonly<Record<string, string>>;
    readonly tools: Readonly<Record<string, string>>;
  };
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

/** The text of a file that is copied, or a compiled Handlebars template. */
export type Template = string | ((context: unknown) => string);

/** Every template of the packs by its key. */
export type Templates = Readonly<Record<string, Template>>;

/** The names that a template reads from its context. */
export interface TemplateReads {
  readonly slots: readonly string[];
  readonly vars: readonly string[];
}

/** What each file of a pack reads, by its path; nothing if it is not a template. */
export type PackReads = Readonly<Record<string, TemplateReads>>;
