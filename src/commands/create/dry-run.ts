import { createHash } from 'node:crypto';
import { EXIT, type Problem } from '../../model/errors.ts';
import { dryRunText } from '../../ui/dry-run-text.ts';
import type { CommandResult, Context } from '../context.ts';
import type { Prepared } from './prepare.ts';

/** What would become of one file. */
interface FileFate {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  readonly sha256: string;
  readonly executable: boolean;
  readonly action: 'write' | 'overwrite' | 'skip' | 'conflict';
}

/** Every file and step as they would be, and the exit code that writing would have; writes nothing. */
export function dryRun(prepared: Prepared, { terminal }: Context): CommandResult {
  const { answers, target, settings, survey, steps, workspace } = prepared;
  const isRefused = settings.onConflict === 'fail';
  const conflicts = [...survey.blocked, ...(isRefused ? [...survey.collisions, ...survey.unrelated] : [])].sort();
  const problems: readonly Problem[] = conflicts.map((path) => ({
    code: 'conflict',
    message: `${path} is there already`,
    hint: 'choose another directory, or --on-conflict overwrite or skip for files of the same name',
  }));
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
    text: dryRunText({ path: target.path, files, conflicts, steps }, terminal.out),
    json: {
      ok: exitCode === EXIT.done,
      exitCode,
      dryRun: true,
      path: target.path,
      answers,
      workspace: { mode: workspace, manifest: target.insideWorkspace },
      files,
      steps,
      problems,
    },
  };
}

function actionOn(path: string, { survey, settings }: Prepared): FileFate['action'] {
  if (survey.blocked.some((blocked) => path === blocked || path.startsWith(`${blocked}/`))) return 'conflict';
  if (!survey.collisions.includes(path)) return 'write';
  return settings.onConflict === 'fail' ? 'conflict' : settings.onConflict;
}
