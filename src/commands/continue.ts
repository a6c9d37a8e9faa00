import { findMarkers } from '../merge/markers.ts';
import { EXIT, ExpectedError, type Problem } from '../model/errors.ts';
import { CONTINUE_OPTIONS } from '../options/command-options.ts';
import { readFlags } from '../options/flags.ts';
import { readState } from '../project/file-state.ts';
import { continuePending } from '../project/pending.ts';
import { findProject } from '../project/record-files.ts';
import { holdFolder } from '../project/transaction.ts';
import { changedText } from '../ui/change-text.ts';
import { findPending, JOINING, nothingPending } from './change/pending-change.ts';
import { cargoSteps, runWithProgress } from './change/steps.ts';
import type { Command } from './context.ts';
import { problemsOfSteps } from './create/next-steps.ts';
import { refuseOperands } from './operands.ts';

/** `create-api continue`: finishes a change once its conflicts are resolved, or a merge of two branches that both changed the project. */
export const continueChange: Command = async (context) => {
  const { operands, problems: wrong, switches } = await readFlags(CONTINUE_OPTIONS, context.argv);
  const misused = [...wrong, ...refuseOperands('continue', operands)];
  if (misused.length > 0) throw new ExpectedError(EXIT.usage, misused);
  const root = findProject(context.cwd);
  const held = holdFolder(root);
  try {
    const pending = findPending(root, context.version);
    if (pending === null) {
      const { joinProject } = await import('./branches/join.ts');
      const isInstallRequested = switches['install'] ?? false;
      const joined = await joinProject(held, { install: switches['install'] ?? true, isInstallRequested }, context);
      if (joined === null) throw nothingPending();
      return joined;
    }
    const unresolved = pending.files.flatMap(({ path }) => problemsIn(root, path));
    if (unresolved.length > 0) throw new ExpectedError(EXIT.conflict, unresolved);
    const isJoining = pending.command === JOINING;
    const last = isJoining ? await (await import('./branches/join.ts')).endJoin(root, pending, context) : undefined;
    continuePending(held, pending);
    const paths = pending.files.map(({ path }) => path);
    const steps = await runWithProgress(cargoSteps(paths, switches['install'] ?? true), root, context);
    const problems = problemsOfSteps(steps, switches['install'] ? ['install'] : []);
    const exitCode = problems.length === 0 ? EXIT.done : EXIT.failed;
    const left = steps.flatMap((outcome) => (outcome.status === 'done' ? [] : (outcome.run ?? [])));
    const next = [...left, ...(last ?? ['git diff', 'cargo test'])];
    return {
      exitCode,
      text: changedText(
        { what: `finished "${pending.command}"`, files: [], effects: [], steps, next },
        context.terminal,
      ),
      json: { ok: exitCode === EXIT.done, exitCode, path: root, command: pending.command, steps, next, problems },
      ...(problems.length > 0 && { problems }),
    };
  } finally {
    held.release();
  }
};

function problemsIn(root: string, path: string): readonly Problem[] {
  const state = readState(root, path);
  const [line] = state === undefined ? [] : findMarkers(new TextDecoder().decode(state.bytes));
  if (line === undefined) return [];
  return [
    {
      code: 'conflict-marker',
      message: `${path}:${line} still has the markers of a conflict`,
      hint: 'edit the file, then create-api continue',
    },
  ];
}
