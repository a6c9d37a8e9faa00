import { renameSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { EXIT, ExpectedError } from '../model/errors.ts';
import {
  type FileChange,
  type FileSet,
  type FileState,
  type OnConflict,
  type RenderedFile,
  stateOf,
} from '../model/files.ts';
import { conflictsIn } from './conflicts.ts';
import { readState } from './file-state.ts';
import { explainIoError, isIoError } from './io-error.ts';
import { ancestorsOf, entryAt } from './paths.ts';
import { assertSafePaths } from './safe-paths.ts';
import { makeStage, removeStage, sweepStale, writeTree } from './stage.ts';
import { type Survey, surveyFolder } from './survey.ts';
import type { Target } from './target.ts';
import { hasStage, holdFolder } from './transaction.ts';

/** What happened to each file; paths are relative to the project, and sorted. */
export interface WriteReport {
  readonly written: readonly string[];
  /** Existing files that were kept. */
  readonly skipped: readonly string[];
  readonly overwritten: readonly string[];
}

/**
 * Writes the project: with one rename into a new folder, else file by file, undoing everything on a failure.
 * Throws an `ExpectedError` with all conflicts before the first write, on a failing disk, or if `signal` aborts.
 */
export async function writeProject(
  target: Pick<Target, 'path' | 'kind'>,
  files: FileSet,
  onConflict: OnConflict,
  signal?: AbortSignal,
): Promise<WriteReport> {
  assertSafePaths(files);
  try {
    if (target.kind !== 'absent') return await fillFolder(target.path, files, onConflict, signal);
    await createFolder(target.path, files, signal);
    return { written: files.map(({ path }) => path), skipped: [], overwritten: [] };
  } catch (error) {
    throw explainIoError(error, target.path);
  }
}

async function createFolder(path: string, files: FileSet, signal: AbortSignal | undefined): Promise<void> {
  const existing = ancestorsOf(dirname(path)).find((folder) => entryAt(folder) !== null) ?? dirname(path);
  // The same rename creates missing folders above the project.
  const [outermost = '', ...inner] = relative(existing, path).split(sep);
  sweepStale(existing);
  const stage = makeStage(existing);
  try {
    writeTree(join(stage, outermost, ...inner), files);
    await throwIfAborted(signal);
    renameSync(join(stage, outermost), join(existing, outermost));
  } catch (error) {
    if (isIoError(error) && error.syscall === 'rename' && entryAt(join(existing, outermost)) !== null) {
      throw appeared(path);
    }
    throw error;
  } finally {
    removeStage(stage);
  }
}

async function fillFolder(
  root: string,
  files: FileSet,
  onConflict: OnConflict,
  signal: AbortSignal | undefined,
): Promise<WriteReport> {
  // Conflicts are reported before the folder changes, unless files of a killed run are to be removed first.
  if (!hasStage(root)) surveyOrRefuse(root, files, onConflict);
  const folder = holdFolder(root);
  try {
    const survey = surveyOrRefuse(root, files, onConflict);
    await throwIfAborted(signal);
    const skipped = onConflict === 'skip' ? survey.collisions : [];
    const overwritten = onConflict === 'overwrite' ? survey.collisions : [];
    const kept = new Set(skipped);
    const moved = files.filter(({ path }) => !kept.has(path));
    folder.apply(
      moved.map((file) => changeOf(file, overwritten.includes(file.path) ? readState(root, file.path) : undefined)),
    );
    const written = moved.map(({ path }) => path).filter((path) => !overwritten.includes(path));
    return { written, skipped, overwritten };
  } finally {
    folder.release();
  }
}

function changeOf(file: RenderedFile, before: FileState | undefined): FileChange {
  return { path: file.path, ...(before && { before }), after: stateOf(file) };
}

/** Surveys the folder; throws its conflicts. */
function surveyOrRefuse(root: string, files: FileSet, onConflict: OnConflict): Survey {
  const survey = surveyFolder(root, files);
  const conflicts = conflictsIn(root, survey, onConflict);
  if (conflicts.length > 0) throw new ExpectedError(EXIT.conflict, conflicts);
  return survey;
}

/** Writing is synchronous: signals that arrived meanwhile take effect here, before anything is in place. */
async function throwIfAborted(signal: AbortSignal | undefined): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  if (!signal?.aborted) return;
  throw new ExpectedError(EXIT.cancelled, [{ code: 'cancelled', message: 'nothing was written' }]);
}

function appeared(path: string): ExpectedError {
  return new ExpectedError(EXIT.conflict, [
    {
      code: 'conflict',
      message: `${path} appeared while the project was being written; nothing was written`,
      hint: 'choose another directory, or run it again with --on-conflict overwrite or skip',
    },
  ]);
}
