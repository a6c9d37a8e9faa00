import type { Origins } from '../model/answers.ts';
import { unreachable } from '../model/errors.ts';
import type { LeftOutFile } from '../model/plan.ts';
import type { StepOutcome } from '../model/steps.ts';
import { labelled } from './layout.ts';
import { additionLines, type OutsideFile, remedyText } from './placement-text.ts';
import { originsText } from './project-text.ts';
import type { Style } from './style.ts';
import type { Terminal } from './terminal.ts';

/** The report of a project that was just created. */
export interface CreatedReport {
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  /** Where the answers came from. */
  readonly origins: Origins;
  readonly files: {
    readonly written: readonly string[];
    readonly skipped: readonly string[];
    readonly overwritten: readonly string[];
  };
  /** Existing files that were kept and differ from those of the project. */
  readonly kept: {
    readonly differing: readonly string[];
    /** Those of them without which the project may not build. */
    readonly buildInputs: readonly string[];
    readonly incompleteIgnores: readonly { readonly path: string; readonly missing: readonly string[] }[];
  };
  /** Whether it is a member of the Cargo workspace around it; `null` if there is none. */
  readonly workspace: string | null;
  /** Files outside the project's folder. */
  readonly outside: readonly OutsideFile[];
  readonly leftOut: readonly LeftOutFile[];
  readonly steps: readonly StepOutcome[];
  /** Commands to type, in order. */
  readonly next: readonly string[];
  /** The command that creates it again. */
  readonly equivalent: string;
  /** Shells on Windows do not continue a line after a backslash. */
  readonly isWindows: boolean;
}

const STEP_TEXT = { install: 'dependencies', verify: 'cargo check', git: 'first commit' } as const;

/** Kept files that are named; `--json` has all of them. */
const SHOWN_FILES = 10;

/** Reports what was created, which steps were not done and why, and the commands to type next. */
export function createdText(
  created: CreatedReport,
  { out: style, columns }: Pick<Terminal, 'out' | 'columns'>,
): string {
  const { files, workspace } = created;
  const answers = originsText(created.origins);
  const counts = [
    `${files.written.length} ${files.written.length === 1 ? 'file' : 'files'}`,
    ...(files.overwritten.length > 0 ? [`${files.overwritten.length} overwritten`] : []),
    ...(files.skipped.length > 0 ? [`${files.skipped.length} kept`] : []),
  ].join(', ');
  const mark = created.kept.buildInputs.length === 0 ? style.green('✔') : style.yellow('!');
  return [
    '',
    labelled(`  ${mark}`, `${style.bold(created.name)} is in ${created.path} (${counts})`, 4, columns),
    ...(workspace === null ? [] : [labelled(`  ${style.green('✔')}`, workspace, 4, columns)]),
    ...(answers === null ? [] : [labelled(`  ${style.dim('-')}`, `answers ${answers}`, 4, columns)]),
    ...keptTexts(created.kept).map((text) => labelled(`  ${style.yellow('!')}`, text, 4, columns)),
    ...created.outside.flatMap((file) => outsideTexts(file, style, columns)),
    ...created.leftOut.map(({ path, reason }) =>
      labelled(`  ${style.dim('-')}`, `without ${path}: ${reason}`, 4, columns),
    ),
    ...created.steps.map((outcome) => stepText(outcome, style, columns)),
    '',
    '  Next',
    ...created.next.map((command) => `    ${command.startsWith('#') ? command : style.cyan(command)}`),
    '',
    '  The same again',
    ...commandLines(created, columns).map((line) => `    ${style.dim(line)}`),
    '',
  ].join('\n');
}

/** Breaks a command that is too long for the screen between words, with the backslashes that a shell needs. */
function commandLines({ equivalent, isWindows }: CreatedReport, columns: number): readonly string[] {
  if (isWindows) return [equivalent];
  const words = equivalent.match(/(?:[^\s'\\]|'[^']*'|\\.)+/g) ?? [];
  // A flag stays with its value.
  const units = words.flatMap((word, index) => {
    if (words[index - 1]?.startsWith('--') && !word.startsWith('--')) return [];
    const value = words[index + 1];
    return [word.startsWith('--') && value !== undefined && !value.startsWith('--') ? `${word} ${value}` : word];
  });
  const lines: string[] = [];
  for (const unit of units) {
    const longer = `${lines.at(-1)} ${unit}`;
    if (lines.length > 0 && longer.length <= columns - 8) lines[lines.length - 1] = longer;
    else lines.push(unit);
  }
  return lines.map((line, index) => (index === 0 ? '' : '  ') + line + (index < lines.length - 1 ? ' \\' : ''));
}

function keptTexts({ differing, incompleteIgnores }: CreatedReport['kept']): readonly string[] {
  const shown = [...differing.slice(0, SHOWN_FILES), ...(differing.length > SHOWN_FILES ? ['others'] : [])];
  return [
    ...(differing.length === 0 ? [] : [`kept instead of the project's own: ${shown.join(', ')}`]),
    ...incompleteIgnores.map(({ path, missing }) => `${path} was kept; these lines are missing: ${missing.join(', ')}`),
  ];
}

function outsideTexts(file: OutsideFile, style: Style, columns: number): readonly string[] {
  return [
    file.action === 'write'
      ? labelled(
          `  ${style.green('✔')}`,
          `also wrote ${file.path}, which takes effect only at the root of the repository`,
          4,
          columns,
        )
      : labelled(`  ${style.yellow('!')}`, `${file.path} was kept; ${remedyText(file)}`, 4, columns),
    ...additionLines(file),
  ];
}

function stepText(outcome: StepOutcome, style: Style, columns: number): string {
  const name = STEP_TEXT[outcome.step];
  switch (outcome.status) {
    case 'done':
      return labelled(`  ${style.green('✔')}`, name, 4, columns);
    case 'skipped':
      return labelled(`  ${style.dim('-')}`, `${name} skipped: ${outcome.reason}`, 4, columns);
    case 'failed':
      return labelled(`  ${style.yellow('!')}`, `${name} failed, the files are kept: ${outcome.reason}`, 4, columns);
    default:
      return unreachable(outcome);
  }
}
