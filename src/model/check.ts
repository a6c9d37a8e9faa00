/** The result of checking one requirement for creating or building a project. */
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
  /** What to do; `null` if nothing is wrong. */
  readonly fix: string | null;
}
