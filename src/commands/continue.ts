import { findMarkers } from '../merge/markers.ts';
import { EXIT, ExpectedError, type Problem } from '../model/errors.ts';
import { CONTINUE_OPTIONS } from '../options/command-options.ts';
import { readFlags } from '../options/flags.ts';
import { readState } from '../project/file-state.ts';
import { continuePending, isTakenBack } from '../project/pending.ts';
import { findProject } from '../project/record-files.ts';
import { holdFolder } from '../project/transaction.ts';
import { changedText } from '../ui/change-text.ts';
import { findPending, forgetGone, isGone, JOINING, nothingPending } from './change/pending-change.ts';
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
    const found = findPending(root, context.version);
    const pending = found !== null && (await isGone(root, found, context)) ? null : found;
    if (pending === null) {
      if (found !== null) forgetGone(held, found, context);
      const { joinProject } = await import('./branches/join.ts');
      const isInstallRequested = switches['install'] ?? false;
      const joined = await joinProject(held, { install: switches['install'] ?? true, isInstallRequested }, context);
      if (joined === null) throw nothingPending();
      return joined;
    }
    if (isTakenBack(root, pending, true)) throw takenBack(pending.command);
    const unresolved = pending.files.flatMap(({ path }) => problemsIn(root, path));
    if (unresolved.length > 0) throw new ExpectedError(EXIT.conflict, unresolved);
    const joining = pending.command === JOINING ? await import('./branches/join.ts') : undefined;
    const last = await joining?.endJoin(root, pending, context);
    continuePending(held, pending);
    const paths = pending.files.map(({ path }) => path);
    const steps = await runWithProgress(cargoSteps(paths, switches['install'] ?? true), root, context);
    if (last !== undefined) await joining?.stageJoined(root, [...pending.files, ...pending.next], context);
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

function takenBack(command: string): ExpectedError {
  const message = `what "${command}" changed in files that were there before is gone, as after git reset; nothing was written`;
  const hint = 'create-api abort removes the files that it created';
  return new ExpectedError(EXIT.conflict, [{ code: 'change-taken-back', message, hint }]);
}

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
