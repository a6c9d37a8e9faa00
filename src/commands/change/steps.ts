import type { PlannedStep, StepOutcome } from '../../model/steps.ts';
import { planSteps, runSteps } from '../../post/steps.ts';
import { startProgress } from '../../ui/progress.ts';
import type { Context } from '../context.ts';

/** The steps after a change of the files at `paths`: cargo, if what it reads is among them. */
export function cargoSteps(paths: readonly string[], install: boolean): readonly PlannedStep[] {
  const isForCargo = paths.some((path) => /(?:^|\/)Cargo\.(?:toml|lock)$/.test(path));
  return planSteps({
    wanted: { install: install && isForCargo, verify: false, git: false },
    inRepository: 'root',
    isManifestKept: false,
    areBuildInputsKept: false,
    paths: [],
  });
}

/** Runs steps in a project and shows what they print. */
export async function runWithProgress(
  steps: readonly PlannedStep[],
  root: string,
  { terminal, signal, env }: Context,
): Promise<readonly StepOutcome[]> {
  if (steps.length === 0) return [];
  const progress = startProgress(terminal);
  try {
    return await runSteps(steps, root, [], { progress: progress.line, isLive: terminal.isLive, signal, env });
  } finally {
    progress.stop();
  }
}
