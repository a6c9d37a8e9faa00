/** The outcome of a step that runs once the files are written. A step that fails never removes the project. */
export type StepOutcome =
  | { readonly step: StepId; readonly status: 'done' }
  /** `run`: the commands that are still to run; absent if there is nothing to do. */
  | { readonly step: StepId; readonly status: 'skipped'; readonly reason: string; readonly run?: readonly string[] }
  | { readonly step: StepId; readonly status: 'failed'; readonly reason: string; readonly run: readonly string[] };

export type StepId = 'install' | 'verify' | 'git';

/** A program and its arguments. */
export type CommandWords = readonly [program: string, ...args: readonly string[]];

/** A step as `--dry-run` and the summary show it. */
export interface PlannedStep {
  readonly step: StepId;
  readonly commands: readonly CommandWords[];
  /** Why the step is skipped instead; `null` if it runs. */
  readonly skipReason: string | null;
  /** What is left to type where it is skipped. */
  readonly byHand?: readonly CommandWords[];
}

/** A command as it is typed, in a POSIX shell as on Windows. */
export function commandLine(command: readonly string[]): string {
  return command.map((word) => (word.includes(' ') ? `"${word}"` : word)).join(' ');
}
