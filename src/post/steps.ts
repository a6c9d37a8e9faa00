import type { PlannedStep, StepId, StepOutcome } from '../model/steps.ts';
import type { CommandRun } from './commands.ts';
import { type Environment, quietEnvironment } from './environment.ts';
import { failureReason } from './failure-reason.ts';

/** What the steps need to know of the folder that the project was written to. */
export interface StepTarget {
  readonly path: string;
  readonly insideGit: boolean;
}

/** Where the words of the commands go and what can end them. */
export interface StepIo {
  /** Called with every line that Cargo writes; git's list of the files that are known already is left out. */
  progress(line: string): void;
  /** Each line replaces the one before it: Cargo's progress bar can be followed. */
  readonly isLive: boolean;
  readonly signal: AbortSignal;
  /** Of this process, where it is not given. */
  readonly env?: Environment;
}

type Command = readonly [program: string, ...args: readonly string[]];

/** In the order in which they run: git comes last, so that the lock file is committed as Cargo left it. */
const STEPS: readonly (readonly [StepId, readonly Command[]])[] = [
  [
    'install',
    [
      ['cargo', 'update', '--workspace'],
      ['cargo', 'fetch'],
    ],
  ],
  ['verify', [['cargo', 'check']]],
  [
    'git',
    [
      ['git', 'init', '--initial-branch=main'],
      ['git', 'add', '--all'],
      ['git', 'commit', '--message', 'Initial commit'],
    ],
  ],
];

/** A hook or a passphrase of the person's own set-up has nothing to do with this commit and could wait for an answer. */
const GIT_SETTINGS = ['-c', 'core.hooksPath=/dev/null', '-c', 'commit.gpgSign=false'];

/** The steps that are wanted, in order; in a git repository that of git has no commands and will be skipped. */
export function planSteps(
  wanted: Readonly<Record<StepId, boolean>>,
  target: Pick<StepTarget, 'insideGit'>,
): PlannedStep[] {
  return STEPS.filter(([step]) => wanted[step]).map(([step, commands]) => ({
    step,
    commands: step === 'git' && target.insideGit ? [] : commands.map(asTyped),
  }));
}

/**
 * Runs the steps one after the other in the project's folder. A step that fails says why and what to type, and the next
 * one runs; once `io.signal` aborts, the running command is ended and the rest is skipped. Never rejects for a command.
 */
export async function runSteps(
  planned: readonly PlannedStep[],
  target: StepTarget,
  io: StepIo,
): Promise<StepOutcome[]> {
  const settings: CommandRun = {
    folder: target.path,
    env: quietEnvironment(io.env ?? process.env, io.isLive),
    signal: io.signal,
    progress: (line) => io.progress(line),
  };
  const outcomes: StepOutcome[] = [];
  for (const { step } of planned) {
    outcomes.push(
      step === 'git' && target.insideGit
        ? { step, status: 'skipped', reason: 'the folder is in a git repository already' }
        : await runStep(step, outcomes, settings),
    );
  }
  return outcomes;
}

async function runStep(step: StepId, earlier: readonly StepOutcome[], settings: CommandRun): Promise<StepOutcome> {
  const commands = STEPS.find(([id]) => id === step)?.[1] ?? [];
  const isInstallFailed = earlier.some((outcome) => outcome.step === 'install' && outcome.status === 'failed');
  if (step === 'verify' && isInstallFailed) {
    return { step, status: 'failed', reason: 'its dependencies are not there', run: typed(commands) };
  }
  const { runCommand } = await import('./commands.ts');
  for (const [index, [program, ...args]] of commands.entries()) {
    const end =
      program === 'git'
        ? await runCommand(program, [...GIT_SETTINGS, ...args], { ...settings, progress: () => {} })
        : await runCommand(program, args, settings);
    const run = typed(commands.slice(index));
    if (end.kind === 'cancelled') return { step, status: 'skipped', reason: 'it was cancelled', run };
    if (end.kind === 'missing') return { step, status: 'failed', reason: `${program} is not installed`, run };
    if (end.kind === 'failed') return { step, status: 'failed', reason: failureReason(end.output), run };
  }
  return { step, status: 'done' };
}

function typed(commands: readonly Command[]): string {
  return commands.map(asTyped).join(' && ');
}

function asTyped(command: Command): string {
  return command.map((word) => (word.includes(' ') ? `"${word}"` : word)).join(' ');
}
