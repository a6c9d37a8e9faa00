/** What was found of one thing that making or building a project takes. */
export interface Check {
  readonly id: string;
  readonly status: 'ok' | 'old' | 'missing';
  /** Without it no project can be built; the others are missed later. */
  readonly needed: boolean;
  /** What it is for. */
  readonly why: string;
  /** Its version or value. */
  readonly found: string | null;
  readonly atLeast: string | null;
  /** What to do; `null` where all is well. */
  readonly fix: string | null;
}
