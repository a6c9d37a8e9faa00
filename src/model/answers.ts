import type { Choices } from './axes.ts';

/** The complete, checked decisions about a project, merged from flags, replies and defaults. */
export interface Answers extends Choices {
  /** A valid Cargo package name. */
  readonly name: string;
  readonly description: string;
}
