import { EXIT, type ExitCode, ExpectedError, type Problem } from '../../model/errors.ts';
import { runSteps } from '../../post/steps.ts';
import type { Target } from '../../project/target.ts';
import { joinWorkspace, workOutJoin } from '../../project/workspace.ts';
import { writeProject } from '../../project/write.ts';
import { createdText } from '../../ui/created-text.ts';
import { startProgress } from '../../ui/progress.ts';
import type { CommandResult, Context } from '../context.ts';
import type { CreateOptions } from './create-options.ts';
import { equivalentCommand, nextCommands, problemsAfter } from './next-steps.ts';
import type { Prepared } from './prepare.ts';

/** Writes the project, runs the steps after it and reports; once it is written, nothing that fails takes it away. */
export async function createProject(
  prepared: Prepared,
  options: CreateOptions,
  context: Context,
): Promise<CommandResult> {
  const { answers, target, settings } = prepared;
  const { terminal, signal } = context;
  const isJoining = prepared.workspace === 'join';
  // What can be known to fail does so before anything is written.
  if (isJoining) await workOutJoin(target);
  const files = await writeProject(target, prepared.files, settings.onConflict, signal);
  const unjoined = isJoining ? await problemsOfJoining(target) : [];
  const steps = await runWithProgress(prepared, context);

  const isStopped = signal.aborted && steps.some((outcome) => outcome.status !== 'done');
  const problems = [...unjoined, ...(isStopped ? [STOPPED] : problemsAfter(steps, settings.asked))];
  const exitCode: ExitCode = isStopped ? EXIT.cancelled : problems.length > 0 ? EXIT.failed : EXIT.done;
  const next = nextCommands(prepared, context);
  const equivalent = equivalentCommand(prepared, options, context);
  const workspace = unjoined.length > 0 ? null : workspaceText(prepared);
  return {
    exitCode,
    text: createdText({ name: answers.name, path: target.path, files, workspace, steps, next, equivalent }, terminal),
    json: {
      ok: exitCode === EXIT.done,
      exitCode,
      dryRun: false,
      path: target.path,
      answers,
      workspace: { mode: prepared.workspace, manifest: target.insideWorkspace },
      files,
      steps,
      next,
      equivalent,
      problems,
    },
    ...(problems.length > 0 && { problems }),
  };
}

const STOPPED: Problem = {
  code: 'cancelled',
  message: 'stopped before every step was done; the files are kept',
  hint: 'the commands above do the rest',
};

/** Joins the workspace; a failure is like that of a step: the project stays, and the rest is done. */
async function problemsOfJoining(target: Target): Promise<readonly Problem[]> {
  try {
    await joinWorkspace(target);
    return [];
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    return error.problems.map((problem) => ({ ...problem, message: `${problem.message}; the files are kept` }));
  }
}

/** How the project stands to the workspace around it, where there is one. */
function workspaceText({ workspace, target }: Prepared): string | null {
  if (workspace === 'none') return null;
  return workspace === 'join'
    ? `member of ${target.insideWorkspace}`
    : `apart from ${target.insideWorkspace}, by a [workspace] of its own; --workspace join would make it a member`;
}

async function runWithProgress({ steps, target }: Prepared, { terminal, signal, env }: Context) {
  if (steps.length === 0) return [];
  const progress = startProgress(terminal);
  try {
    return await runSteps(steps, target, { progress: progress.line, isLive: terminal.isLive, signal, env });
  } finally {
    progress.stop();
  }
}
