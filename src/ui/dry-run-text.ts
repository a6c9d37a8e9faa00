import type { Origins } from '../model/answers.ts';
import type { LeftOutFile } from '../model/plan.ts';
import { commandLine, type PlannedStep } from '../model/steps.ts';
import { additionLines, type OutsideFile, remedyText } from './placement-text.ts';
import { originsText } from './project-text.ts';
import type { Style } from './style.ts';

/** The report of a run that writes nothing. */
export interface DryRunReport {
  /** Absolute. */
  readonly path: string;
  /** Where the answers came from. */
  readonly origins: Origins;
  readonly files: readonly {
    readonly path: string;
    /** Bytes. */
    readonly size: number;
    readonly sha256: string;
    readonly action: 'write' | 'overwrite' | 'skip' | 'conflict';
  }[];
  /** Whether conflicts prevent writing the project. */
  readonly isRefused: boolean;
  /** Files outside that folder. */
  readonly outside: readonly OutsideFile[];
  readonly leftOut: readonly LeftOutFile[];
  readonly steps: readonly PlannedStep[];
}

/** Digits of the hash that are shown: enough to compare by eye; `--json` has all of them. */
const HASH_DIGITS = 12;

/** A line for every file, with what would happen to it, its size and hash; then every command. */
export function dryRunText(
  { path, origins, files, isRefused, outside, leftOut, steps }: DryRunReport,
  style: Style,
): string {
  const sizeWidth = Math.max(...files.map((file) => `${file.size}`.length));
  const commands = steps.flatMap((step) => step.commands);
  return [
    style.bold(`What would be written to ${path}:`),
    '',
    ...files.map(({ path, size, sha256, action }) => {
      const paint = action === 'conflict' ? style.red : action === 'write' ? style.green : style.yellow;
      const hash = style.dim(sha256.slice(0, HASH_DIGITS));
      return `  ${paint(action.padEnd('overwrite'.length))}  ${`${size}`.padStart(sizeWidth)}  ${hash}  ${path}`;
    }),
    '',
    `Answers: ${originsText(origins) ?? 'all are defaults'}`,
    '',
    ...(outside.length === 0 ? [] : ['At the root of the repository:', ...outside.flatMap(outsideLines), '']),
    ...(leftOut.length === 0 ? [] : ['Left out:', ...leftOut.map(({ path, reason }) => `  ${path}: ${reason}`), '']),
    ...(isRefused
      ? ['Nothing was written. The same command without --dry-run would stop at these conflicts.']
      : [
          commands.length === 0 ? 'No command would be run.' : 'Commands that would be run there:',
          ...commands.map((command) => `  ${commandLine(command)}`),
          '',
          'Nothing was written. To write it, leave out --dry-run.',
        ]),
  ].join('\n');
}

function outsideLines(file: OutsideFile): readonly string[] {
  const remedy = file.action === 'keep' ? ` (${remedyText(file)})` : '';
  return [`  ${file.action.padEnd('overwrite'.length)}  ${file.path}${remedy}`, ...additionLines(file)];
}
