import { unreachable } from '../model/errors.ts';
import { commandLine, type PlannedStep, type StepOutcome } from '../model/steps.ts';
import { labelled, placesText } from './layout.ts';
import type { Style } from './style.ts';
import type { Terminal } from './terminal.ts';

/** What happens to a file of a project. */
export interface FileRow {
  readonly path: string;
  readonly action: 'create' | 'change' | 'merge' | 'delete' | 'conflict' | 'keep';
  readonly reason?: string;
  /** Lines at which there is something to look at. */
  readonly lines?: readonly number[];
}

const ACTION_WIDTH = 12;

/** A line for each file, by what happens to it, with the reason below it where there is one. */
export function filesText(files: readonly FileRow[], { style, columns }: TextWidth): string {
  return files
    .map(({ path, action, reason, lines }) => {
      const line = `  ${paint(action, style)(action.padEnd(ACTION_WIDTH - 2))}${placesText(path, lines)}`;
      return reason === undefined ? line : `${line}\n${labelled('', style.dim(reason), ACTION_WIDTH + 2, columns)}`;
    })
    .join('\n');
}

/** What a change does besides, as to rows of tables, a line each, after an empty one. */
export function effectsText(effects: readonly string[], { style, columns }: TextWidth): readonly string[] {
  if (effects.length === 0) return [];
  return ['', ...effects.map((effect) => labelled(`  ${style.yellow('!')}`, effect, 4, columns))];
}

interface TextWidth {
  readonly style: Style;
  readonly columns: number;
}

function paint(action: FileRow['action'], style: Style): (text: string) => string {
  switch (action) {
    case 'create':
      return style.green;
    case 'change':
    case 'merge':
      return style.cyan;
    case 'delete':
    case 'keep':
      return style.yellow;
    case 'conflict':
      return style.red;
    default:
      return unreachable(action);
  }
}

/** The numbers of files by what happens to them: `2 created, 5 merged`. */
export function countsText(files: readonly FileRow[]): string {
  const words = { create: 'created', change: 'changed', merge: 'merged', delete: 'deleted', conflict: 'in conflict' };
  const counts = Object.entries(words).flatMap(([action, word]) => {
    const count = files.filter((file) => file.action === action).length;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  return counts.join(', ') || 'no file';
}

/** The report of a change that was made. */
export interface ChangedReport {
  /** What was done: `added redis`. */
  readonly what: string;
  readonly files: readonly FileRow[];
  /** What the change does besides, as to rows of tables. */
  readonly effects: readonly string[];
  readonly steps: readonly StepOutcome[];
  /** Commands to type, in order. */
  readonly next: readonly string[];
}

/** Reports what was changed, which steps were not done and why, and the commands to type next. */
export function changedText(
  { what, files, effects, steps, next }: ChangedReport,
  { out: style, columns }: Pick<Terminal, 'out' | 'columns'>,
): string {
  const isMarked = files.some(({ action }) => action === 'conflict');
  const mark = isMarked ? style.yellow('!') : style.green('✔');
  return [
    '',
    labelled(`  ${mark}`, files.length === 0 ? what : `${what} (${countsText(files)})`, 4, columns),
    ...steps.map((outcome) => stepLine(outcome, style, columns)),
    ...(files.length === 0 ? [] : ['', filesText(files, { style, columns })]),
    ...effectsText(effects, { style, columns }),
    '',
    '  Next',
    ...next.map((command) => `    ${command.startsWith('#') ? command : style.cyan(command)}`),
    '',
  ].join('\n');
}

function stepLine(outcome: StepOutcome, style: Style, columns: number): string {
  switch (outcome.status) {
    case 'done':
      return labelled(`  ${style.green('✔')}`, 'Cargo.lock and dependencies', 4, columns);
    case 'skipped':
      return labelled(`  ${style.dim('-')}`, `dependencies skipped: ${outcome.reason}`, 4, columns);
    case 'failed':
      return labelled(
        `  ${style.yellow('!')}`,
        `dependencies failed, the changes are kept: ${outcome.reason}`,
        4,
        columns,
      );
    default:
      return unreachable(outcome);
  }
}

/** Reports a change that was undone. */
export function abortedText(
  command: string,
  { restored, copies }: { readonly restored: readonly string[]; readonly copies: readonly { readonly copy: string }[] },
  { out: style, columns }: Pick<Terminal, 'out' | 'columns'>,
): string {
  const count = restored.length === 1 ? 'one file was' : `${restored.length} files were`;
  const kept = copies.map(({ copy }) => copy).join(', ');
  return [
    labelled(`  ${style.green('✔')}`, `"${command}" was undone: ${count} restored`, 4, columns),
    ...(kept === '' ? [] : [labelled(`  ${style.yellow('!')}`, `what you edited since is in ${kept}`, 4, columns)]),
  ].join('\n');
}

/** Every file and command of a change that is not made. */
export function plannedText(
  {
    files,
    effects,
    steps,
    isRefused,
  }: Pick<ChangedReport, 'files' | 'effects'> & { steps: readonly PlannedStep[]; isRefused: boolean },
  { out: style, columns }: Pick<Terminal, 'out' | 'columns'>,
): string {
  const commands = steps.flatMap((step) => step.commands);
  return [
    style.bold(`What would be done (${countsText(files)}):`),
    '',
    filesText(files, { style, columns }),
    ...effectsText(effects, { style, columns }),
    '',
    ...(isRefused
      ? ['Nothing was written. The same command without --dry-run would stop here.']
      : [
          ...(commands.length === 0 ? [] : ['Then:', ...commands.map((command) => `  ${commandLine(command)}`), '']),
          'Nothing was written. To do it, leave out --dry-run.',
        ]),
  ].join('\n');
}
