/** Process exit codes. They are stable: scripts and CI rely on them. */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  conflict: 3,
  policy: 4,
  integrity: 5,
  drift: 6,
  cancelled: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** One thing that is wrong, in the words a person needs to fix it. */
export interface Problem {
  /** Stable, kebab-case; what `--json` consumers match on. */
  readonly code: string;
  /** What was given and why it is wrong. */
  readonly message: string;
  /** The paths that the message is about, all of them; people are shown the first few. */
  readonly paths?: readonly string[];
  /** The lines, from 1, if it is about places in one file, which `paths` has. */
  readonly lines?: readonly number[];
  /** What is allowed instead, in full. */
  readonly allowed?: string;
  /** The next thing to type or do. */
  readonly hint?: string;
}

/** A problem of a pack, which its author has to solve. */
export interface PackProblem extends Problem {
  /** Path in the pack. */
  readonly file: string;
  /** Path of the key in that file, if the problem is about one, such as `env[0].name`. */
  readonly key?: string;
}

/**
 * An expected failure: wrong input, a conflict, or the environment. Has every problem of the command line at once.
 * Anything else that is thrown is a bug in create-api and is reported as one.
 */
export class ExpectedError extends Error {
  readonly exitCode: ExitCode;
  readonly problems: readonly Problem[];

  constructor(exitCode: ExitCode, problems: readonly Problem[]) {
    super(problems.map((problem) => problem.message).join('\n'));
    this.name = 'ExpectedError';
    this.exitCode = exitCode;
    this.problems = problems;
  }
}

/** Whether an error is an {@link ExpectedError}: also of another file of the bundle, which has the class once more. */
export function isExpected(error: unknown): error is ExpectedError {
  return error instanceof Error && 'exitCode' in error && 'problems' in error;
}

/** A problem of a template, which is a file of the pack or stands in a manifest, with `#` and its key there. */
export function problemIn(template: string, code: string, what: string): PackProblem {
  const [file = '', key] = template.split('#');
  const place = key === undefined ? { file } : { file, key };
  return { code, ...place, message: `${template.replace('#', ': ')}: ${what}` };
}

/** A pack that is not used because of its problems. That create-api comes with has none, so it is one of a team, which is not trusted. */
export class PackError extends ExpectedError {
  declare readonly problems: readonly PackProblem[];

  constructor(problems: readonly PackProblem[]) {
    super(EXIT.integrity, problems);
    this.name = 'PackError';
  }
}

/** The end of a `switch` over a discriminated union: a new variant that is not handled fails to compile. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
