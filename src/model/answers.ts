/** The complete, checked decisions about a project, merged from flags, replies and defaults. */
export interface Answers {
  /** A valid Cargo package name. */
  readonly name: string;
  readonly description: string;
  readonly framework: string;
  readonly dbLayer: string;
  /** `null` if the layer uses no database. */
  readonly database: string | null;
  readonly auth: string;
  /** Ids in catalog order. */
  readonly middleware: readonly string[];
  /** Ids in catalog order. */
  readonly features: readonly string[];
}
