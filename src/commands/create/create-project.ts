import { EXIT, type ExitCode, ExpectedError, type Problem } from '../../model/errors.ts';
import { runSteps } from '../../post/steps.ts';
import { type UnwrittenFile, writeRepositoryFiles } from '../../project/repository-files.ts';
import type { Target } from '../../project/target.ts';
import { joinWorkspace, planJoin } from '../../project/workspace.ts';
import { writeProject } from '../../project/write.ts';
import { createdText } from '../../ui/created-text.ts';
import { outsideFiles } from '../../ui/placement-text.ts';
import { startProgress } from '../../ui/progress.ts';
import type { CommandResult, Context } from '../context.ts';
import { missingRust } from '../doctor/rust.ts';
import type { CreateOptions } from './create-options.ts';
import { keptFiles, problemsOfKept } from './kept-files.ts';
import { equivalentCommand, nextCommands, problemsOfSteps } from './next-steps.ts';
import type { Prepared } from './prepare.ts';

/** Writes the project, runs the steps that follow and reports; once it is written, no failure removes it. */
export async function createProject(
  prepared: Prepared,
  options: CreateOptions,
  context: Context,
): Promise<CommandResult> {
  const { answers, origins, presets, target, settings, repositoryFiles, leftOut } = prepared;
  const { terminal, signal } = context;
  const repositoryRoot = target.repositoryRoot ?? target.path;
  const isJoining = prepared.workspace === 'join';
  // Expected failures are reported before anything is written.
  if (isJoining) await planJoin(target);
  // Runs while the project is written.
  const namesToolchain = prepared.files.some(({ path }) => path === 'rust-toolchain.toml');
  const checkingRust = missingRust(context, options.catalog.toolVersions, namesToolchain);
  const files = await writeProject(target, prepared.files, settings.onConflict, signal);
  const kept = keptFiles(prepared);
  const unjoined = isJoining ? await problemsOfJoining(target) : [];
  const unwritten = writeRepositoryFiles(repositoryRoot, prepared.repositoryFiles);
  const steps = await runWithProgress(prepared, [...files.written, ...files.overwritten], context);

  const isStopped = signal.aborted && steps.some((outcome) => outcome.status !== 'done');
  const problems = [
    ...problemsOfKept(kept),
    ...unjoined,
    ...unwritten.map((file) => notWritten(file, repositoryRoot)),
    ...(isStopped ? [STOPPED] : problemsOfSteps(steps, settings.requestedSteps)),
  ];
  const exitCode: ExitCode = isStopped ? EXIT.cancelled : problems.length > 0 ? EXIT.failed : EXIT.done;
  const next = nextCommands(prepared, kept, steps, await checkingRust, context);
  const equivalent = equivalentCommand(prepared, options, context);
  const workspace = unjoined.length > 0 ? null : workspaceText(prepared);
  return {
    exitCode,
    text: createdText(
      {
        name: answers.name,
        path: target.path,
        origins,
        files,
        kept,
        workspace,
        steps,
        next,
        equivalent,
        isWindows: context.isWindows,
        outside: outsideFiles(repositoryRoot, repositoryFiles, unwritten),
        leftOut,
      },
      terminal,
    ),
    json: {
      ok: exitCode === EXIT.done,
      exitCode,
      dryRun: false,
      path: target.path,
      answers,
      origins,
      presets,
      workspace: { mode: prepared.workspace, manifest: target.insideWorkspace },
      files,
      kept,
      repositoryFiles: repositoryFiles.map(({ path, action, addition }) => ({ path, action, addition })),
      leftOut,
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
  message: 'not all steps were done; the files are kept',
  hint: 'run the commands listed under Next',
};

function notWritten({ path, reason }: UnwrittenFile, root: string): Problem {
  return {
    code: 'repository-file-not-written',
    message: `${path} could not be written to ${root}: ${reason}; the files are kept`,
    hint: 'make the folder writable and run the same command with --on-conflict skip',
  };
}

/** Joins the workspace; after a failure the project stays and the rest is done, as with a step. */
async function problemsOfJoining(target: Target): Promise<readonly Problem[]> {
  try {
    await joinWorkspace(target);
    return [];
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    return error.problems.map((problem) => ({ ...problem, message: `${problem.message}; the files are kept` }));
  }
}

/** Says whether the project is a member of the workspace around it; `null` if there is none. */
function workspaceText({ workspace, target }: Prepared): string | null {
  if (workspace === 'none') return null;
  return workspace === 'join'
    ? `member of ${target.insideWorkspace}`
    : `not a member of ${target.insideWorkspace}: it has a [workspace] of its own`;
}

async function runWithProgress(
  { steps, target }: Prepared,
  written: readonly string[],
  { terminal, signal, env }: Context,
) {
  if (steps.length === 0) return [];
  const progress = startProgress(terminal);
  try {
    const io = { progress: progress.line, isLive: terminal.isLive, signal, env };
    return await runSteps(steps, target.path, written, io);
  } finally {
    progress.stop();
  }
}
