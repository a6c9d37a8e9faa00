import type { Choices } from './axes.ts';
import type { Resource } from './resource.ts';

/** Where an answer may come from, from the strongest to the weakest; `prompt` and `flag` are equals. */
export const ORIGINS = ['policy', 'flag', 'prompt', 'preset', 'default'] as const;

export type Origin = (typeof ORIGINS)[number];

/** Where each answer came from; one that is absent is not known, as in projects that are older than this record. */
export type Origins = { readonly [Key in keyof Answers]?: Origin };

/** The complete, checked decisions about a project, merged from flags, replies and defaults. */
export interface Answers extends Choices {
  /** A valid Cargo package name. */
  readonly name: string;
  readonly description: string;
  /** Besides those of the pack, in the order of creation: one refers only to earlier ones and itself. */
  readonly resources: readonly Resource[];
}
