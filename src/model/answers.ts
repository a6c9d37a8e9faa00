import type { Choices } from './axes.ts';
import type { Resource } from './resource.ts';

/** The complete, checked decisions about a project, merged from flags, replies and defaults. */
export interface Answers extends Choices {
  /** A valid Cargo package name. */
  readonly name: string;
  readonly description: string;
  /** Besides those of the pack, in the order of creation: one refers only to earlier ones and itself. */
  readonly resources: readonly Resource[];
}
