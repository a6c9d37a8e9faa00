import { createHash } from 'node:crypto';
import { EXIT } from '../../model/errors.ts';
import { commandLine } from '../../model/steps.ts';
import { conflictsIn } from '../../project/conflicts.ts';
import { dryRunText } from '../../ui/dry-run-text.ts';
import { outsideFiles } from '../../ui/placement-text.ts';
import type { CommandResult, Context } from '../context.ts';
import type { Prepared } from './prepare.ts';

/** What would happen to a file. */
interface PlannedFile {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  readonly sha256: string;
  readonly executable: boolean;
  readonly action: 'write' | 'overwrite' | 'skip' | 'conflict';
}

/** Reports every file and command, with the exit code that writing would have; writes nothing. */
export function dryRun(prepared: Prepared, { terminal }: Context): CommandResult {
  const { answers, origins, presets, target, settings, survey, steps, workspace, repositoryFiles, leftOut } = prepared;
  const problems = conflictsIn(target.path, survey, settings.onConflict);
  const exitCode = problems.length === 0 ? EXIT.done : EXIT.conflict;
  const files = prepared.files.map(({ path, text, executable }) => ({
    path,
    size: Buffer.byteLength(text),
    sha256: createHash('sha256').update(text).digest('hex'),
    executable,
    action: actionOn(path, prepared),
  }));
  return {
    exitCode,
    text: dryRunText(
      {
        ...{ path: target.path, origins, files, isRefused: problems.length > 0, steps },
        outside: outsideFiles(target.repositoryRoot ?? target.path, repositoryFiles),
        leftOut,
      },
      terminal.out,
    ),
    json: {
      ok: exitCode === EXIT.done,
      exitCode,
      dryRun: true,
      path: target.path,
      answers,
      origins,
      presets,
      workspace: { mode: workspace, manifest: target.insideWorkspace },
      files,
      repositoryFiles,
      leftOut,
      steps: steps.map((step) => ({ ...step, commands: step.commands.map(commandLine) })),
      problems,
    },
    ...(problems.length > 0 && { problems }),
  };
}

function actionOn(path: string, { survey, settings }: Prepared): PlannedFile['action'] {
  if (survey.blocked.some((blocked) => path === blocked || path.startsWith(`${blocked}/`))) return 'conflict';
  if (!survey.collisions.includes(path)) return 'write';
  return settings.onConflict === 'fail' ? 'conflict' : settings.onConflict;
}
