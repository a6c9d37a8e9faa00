import { EXIT, ExpectedError, type Problem } from '../../model/errors.ts';
import { CHANGE_OPTIONS } from '../../options/command-options.ts';
import { type RawFlags, readFlags } from '../../options/flags.ts';
import { PACKS } from '../../options/schema.ts';
import type { Context } from '../context.ts';

/** The settings of a run that changes a project. */
export interface ChangeSettings {
  readonly install: boolean;
  /** It was requested, so its failure makes the exit code 1. */
  readonly isInstallRequested: boolean;
  /** Conflicts are written into the files, for a person to resolve. */
  readonly marksConflicts: boolean;
  readonly allowDirty: boolean;
  readonly dryRun: boolean;
  /** Columns may be dropped with their data: somebody said so, or is asked. */
  readonly mayLoseData: boolean;
  /** A person may be asked whether to make the changes. */
  readonly asks: boolean;
}

/**
 * Reads the command line of a command that changes a project. `problemsOf` checks the words that are no flags; with any problem an
 * `ExpectedError` is thrown.
 */
export async function readSettings(
  { argv, terminal }: Pick<Context, 'argv' | 'terminal'>,
  problemsOf: (operands: readonly string[], packs: readonly string[]) => readonly Problem[],
  options = CHANGE_OPTIONS,
): Promise<{
  readonly settings: ChangeSettings;
  readonly operands: readonly string[];
  readonly packs: readonly string[];
}> {
  const raw = await readFlags(options, argv);
  const { operands } = raw;
  const packs = raw.values[PACKS.key] ?? [];
  const problems = [...raw.problems, ...problemsOf(operands, packs)];
  if (problems.length > 0) throw new ExpectedError(EXIT.usage, problems);
  return { settings: settingsOf(raw, terminal.isInteractive), operands, packs };
}

function settingsOf({ switches }: RawFlags, isInteractive: boolean): ChangeSettings {
  const isOn = (key: string) => switches[key] ?? false;
  const asks = isInteractive && !isOn('yes') && !isOn('json');
  return {
    install: switches['install'] ?? true,
    isInstallRequested: isOn('install'),
    marksConflicts: asks || isOn('markConflicts'),
    allowDirty: isOn('allowDirty'),
    dryRun: isOn('dryRun'),
    mayLoseData: asks || isOn('yes'),
    asks,
  };
}
