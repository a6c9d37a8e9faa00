/** What became of a step after the files were written. A failed one never loses the project. */
export type StepOutcome =
  | { readonly step: StepId; readonly status: 'done' }
  | { readonly step: StepId; readonly status: 'skipped'; readonly reason: string; readonly run?: string }
  | { readonly step: StepId; readonly status: 'failed'; readonly reason: string; readonly run: string };

export type StepId = 'install' | 'verify' | 'git';

/** What a post step is going to do, for `--dry-run` and the summary. */
export interface PlannedStep {
  readonly step: StepId;
  /** The commands it runs, as a person would type them in the project's folder. */
  readonly commands: readonly string[];
}
