/** Every decision about a project: flags, replies and defaults, merged and checked. */
export interface Answers {
  /** A valid Cargo package name. */
  readonly name: string;
  readonly description: string;
  readonly framework: string;
  readonly dbLayer: string;
  /** `null` where the layer uses no database. */
  readonly database: string | null;
  readonly auth: string;
  /** Ids in catalog order. */
  readonly middleware: readonly string[];
  /** Ids in catalog order. */
  readonly features: readonly string[];
}
