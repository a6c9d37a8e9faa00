import { type CommandWords, commandLine, type PlannedStep, type StepId, type StepOutcome } from '../model/steps.ts';
import { type CommandRun, runCommand } from './commands.ts';
import { type Environment, quietEnvironment } from './environment.ts';
import { failureOf } from './failure.ts';
import { differencesOfCommit, GIT_SETTINGS } from './first-commit.ts';

/** Where the output of the commands goes, and what can stop them. */
export interface StepIo {
  /** Called with every line that Cargo writes. */
  progress(line: string): void;
  /** Each line replaces the one before it: Cargo's progress bar can be followed. Otherwise Cargo is quiet. */
  readonly isLive: boolean;
  readonly signal: AbortSignal;
  /** Default: the environment of this process. */
  readonly env?: Environment;
}

/** What decides which steps run. */
export interface StepPlan {
  readonly wanted: Readonly<Record<StepId, boolean>>;
  /** Where the folder lies in a git repository; none is created inside another. */
  readonly inRepository: 'none' | 'root' | 'below';
  /** An existing Cargo.toml was kept, so Cargo would build another package. */
  readonly isManifestKept: boolean;
  /** Files that Cargo reads were kept, so the project may not build and is not committed. */
  readonly areBuildInputsKept: boolean;
  /** Paths that name every written file and nothing else, relative to the project. */
  readonly paths: readonly string[];
}

/** The steps in the order in which they run: git is last, so that it commits the lock file as Cargo left it. */
export function planSteps({
  wanted,
  inRepository,
  isManifestKept,
  areBuildInputsKept,
  paths,
}: StepPlan): PlannedStep[] {
  const cargoSkipReason = isManifestKept ? 'the existing Cargo.toml was kept' : null;
  const commit: readonly CommandWords[] = [
    // --force: a global ignore file must not keep Cargo.lock or .env.example out of the commit.
    ['git', 'add', '--force', '--', ...paths],
    ['git', 'commit', '--message', 'Initial commit'],
  ];
  const steps: readonly PlannedStep[] = [
    {
      step: 'install',
      commands: [
        ['cargo', 'update', '--workspace'],
        ['cargo', 'fetch'],
      ],
      skipReason: cargoSkipReason,
    },
    { step: 'verify', commands: [['cargo', 'check']], skipReason: cargoSkipReason },
    {
      step: 'git',
      commands: [['git', 'init', '--initial-branch=main'], ...commit],
      ...(areBuildInputsKept
        ? { skipReason: 'existing files that Cargo reads were kept' }
        : paths.length === 0
          ? { skipReason: 'no file was written' }
          : inRepository === 'root'
            ? { skipReason: 'the folder is a git repository already', byHand: commit }
            : { skipReason: inRepository === 'below' ? 'the folder is inside a git repository' : null }),
    },
  ];
  return steps
    .filter(({ step }) => wanted[step])
    .map((step) => (step.skipReason === null ? step : { ...step, commands: [] }));
}

/**
 * Runs the steps one after the other in `folder`, to which the files `written` were written. A step that fails says why
 * and what to type, and the next one runs; once `io.signal` aborts, the running command is stopped and the rest is
 * skipped. Never rejects for a command.
 */
export async function runSteps(
  planned: readonly PlannedStep[],
  folder: string,
  written: readonly string[],
  io: StepIo,
): Promise<StepOutcome[]> {
  const settings: CommandRun = {
    folder,
    env: quietEnvironment(io.env ?? process.env, io.isLive),
    signal: io.signal,
    progress: (line) => io.progress(line),
  };
  // Lines that are not replaced would stay, so Cargo prints only what went wrong.
  const cargoFlags = io.isLive ? [] : ['--quiet'];
  const outcomes: StepOutcome[] = [];
  for (const { step, commands, skipReason, byHand } of planned) {
    if (skipReason !== null)
      outcomes.push({ step, status: 'skipped', reason: skipReason, ...(byHand && { run: byHand.map(commandLine) }) });
    else if (
      step === 'verify' &&
      outcomes.some((earlier) => earlier.step === 'install' && earlier.status === 'failed')
    ) {
      outcomes.push({ step, status: 'failed', reason: 'the dependencies are missing', run: commands.map(commandLine) });
    } else {
      const outcome = await runCommands(step, commands, cargoFlags, settings);
      outcomes.push(
        step === 'git' && outcome.status === 'done' ? await checkCommit(folder, written, settings) : outcome,
      );
    }
  }
  return outcomes;
}

async function runCommands(
  step: StepId,
  commands: readonly CommandWords[],
  cargoFlags: readonly string[],
  settings: CommandRun,
): Promise<StepOutcome> {
  for (const [index, [program, ...args]] of commands.entries()) {
    const end =
      program === 'git'
        ? await runCommand(program, [...GIT_SETTINGS, ...args], { ...settings, progress: () => {} })
        : await runCommand(program, [...args, ...cargoFlags], settings);
    const run = commands.slice(index).map(commandLine);
    if (end.kind === 'cancelled') return { step, status: 'skipped', reason: 'cancelled', run };
    if (end.kind === 'missing') return { step, status: 'failed', reason: `${program} is not installed`, run };
    if (end.kind === 'failed') {
      const { reason, before } = failureOf(end.output);
      return { step, status: 'failed', reason, run: [...before, ...run] };
    }
  }
  return { step, status: 'done' };
}

/** Compares the commit with the files that were written: nothing more, nothing less, nothing changed. */
async function checkCommit(folder: string, written: readonly string[], settings: CommandRun): Promise<StepOutcome> {
  const differences = await differencesOfCommit(written, { ...settings, folder });
  if (differences.length === 0) return { step: 'git', status: 'done' };
  const reason = `the first commit is not what was written: ${differences.join(', ')}`;
  return { step: 'git', status: 'failed', reason, run: ['git show --stat'] };
}
