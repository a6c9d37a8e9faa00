import type { PlannedStep } from '../model/steps.ts';
import type { Style } from './style.ts';

/** What is told about a run that writes nothing. */
export interface Foreseen {
  /** Absolute. */
  readonly path: string;
  readonly files: readonly {
    readonly path: string;
    /** Bytes. */
    readonly size: number;
    readonly sha256: string;
    readonly action: 'write' | 'overwrite' | 'skip' | 'conflict';
  }[];
  /** Everything that is in the way. */
  readonly conflicts: readonly string[];
  readonly steps: readonly PlannedStep[];
}

/** Digits of the hash that are shown: enough to compare by eye; `--json` has all. */
const HASH_DIGITS = 12;

/** A line for every file, with what would become of it, its size and hash, then every step. */
export function dryRunText({ path, files, conflicts, steps }: Foreseen, style: Style): string {
  const sizeWidth = Math.max(...files.map((file) => `${file.size}`.length));
  const commands = steps.flatMap((step) => step.commands);
  return [
    style.bold(`Into ${path}, nothing is written now:`),
    '',
    ...files.map(({ path, size, sha256, action }) => {
      const paint = action === 'conflict' ? style.red : action === 'write' ? style.green : style.yellow;
      const hash = style.dim(sha256.slice(0, HASH_DIGITS));
      return `  ${paint(action.padEnd('overwrite'.length))}  ${`${size}`.padStart(sizeWidth)}  ${hash}  ${path}`;
    }),
    '',
    ...(conflicts.length === 0 ? [] : [style.red(`In the way: ${conflicts.join(', ')}`), '']),
    commands.length === 0 ? 'Then nothing is run.' : 'Then, in that folder:',
    ...commands.map((command) => `  ${command}`),
    '',
    conflicts.length === 0
      ? 'To do it, leave out --dry-run.'
      : 'Choose another directory, or --on-conflict overwrite or skip for files of the same name.',
  ].join('\n');
}
