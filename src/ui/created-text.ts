import { unreachable } from '../model/errors.ts';
import type { StepOutcome } from '../model/steps.ts';
import { labelled } from './layout.ts';
import type { Style } from './style.ts';
import type { Terminal } from './terminal.ts';

/** What is told about a project that was just written. */
export interface Created {
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  readonly files: {
    readonly written: readonly string[];
    readonly skipped: readonly string[];
    readonly overwritten: readonly string[];
  };
  /** How it stands to the Cargo workspace around it; `null` where there is none. */
  readonly workspace: string | null;
  readonly steps: readonly StepOutcome[];
  /** Commands to type now. */
  readonly next: readonly string[];
  /** The command that makes it again. */
  readonly equivalent: string;
}

const STEP_TEXT = { install: 'dependencies', verify: 'cargo check', git: 'git repository' } as const;

/** The end of a run for a person: what is there, what was not done and how to do it, what to type next. */
export function createdText(created: Created, { out: style, columns }: Pick<Terminal, 'out' | 'columns'>): string {
  const { files, workspace } = created;
  const counts = [
    `${files.written.length} ${files.written.length === 1 ? 'file' : 'files'}`,
    ...(files.overwritten.length > 0 ? [`${files.overwritten.length} overwritten`] : []),
    ...(files.skipped.length > 0 ? [`${files.skipped.length} left as they were`] : []),
  ].join(', ');
  return [
    '',
    labelled(`  ${style.green('✔')}`, `${style.bold(created.name)} is in ${created.path} (${counts})`, 4, columns),
    ...(workspace === null ? [] : [labelled(`  ${style.green('✔')}`, workspace, 4, columns)]),
    ...created.steps.map((outcome) => stepText(outcome, style, columns)),
    '',
    '  Next',
    ...created.next.map((command) => `    ${style.cyan(command)}`),
    '',
    '  The same again',
    `    ${style.dim(created.equivalent)}`,
    '',
  ].join('\n');
}

function stepText(outcome: StepOutcome, style: Style, columns: number): string {
  const name = STEP_TEXT[outcome.step];
  switch (outcome.status) {
    case 'done':
      return labelled(`  ${style.green('✔')}`, name, 4, columns);
    case 'skipped':
      return [
        labelled(`  ${style.dim('-')}`, `${name} left out: ${outcome.reason}`, 4, columns),
        ...runText(outcome.run, style),
      ].join('\n');
    case 'failed':
      return [
        labelled(`  ${style.yellow('!')}`, `${name} not done, the files are kept: ${outcome.reason}`, 4, columns),
        ...runText(outcome.run, style),
      ].join('\n');
    default:
      return unreachable(outcome);
  }
}

function runText(run: string | undefined, style: Style): readonly string[] {
  return run === undefined ? [] : [`    ${style.cyan(run)}`];
}
