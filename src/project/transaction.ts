import { chmodSync, mkdirSync, renameSync, rmSync, type Stats, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EXIT, ExpectedError, type Problem } from '../model/errors.ts';
import type { FileChange, FileState } from '../model/files.ts';
import { changedMeanwhile, checkChanges } from './check-changes.ts';
import { syncFolders } from './durable.ts';
import { fingerprintAt, fingerprintOf, sameState } from './file-state.ts';
import { abandonedOwner, claimFolder, folderInUse, holdsFolder, letGo, takeFolder } from './hold.ts';
import { explainIoError, isIoError } from './io-error.ts';
import {
  commitJournal,
  committedIn,
  foldersAbove,
  isCommitted,
  isOpen,
  type JournalFile,
  openJournal,
  originalAt,
  readJournal,
  stagedAt,
} from './journal.ts';
import { entryAt, obstacleAbove } from './paths.ts';
import { removeStage, STAGE, sweepStale, unusedStageName } from './stage.ts';
import { removeIfEmpty, undo } from './undo.ts';

/**
 * Files of an existing folder change all or not at all. New ones are staged inside the folder, then what they replace is moved
 * out and they are moved in. Until that is committed it can be undone: by this process or, if it was killed, by the next one.
 *
 *     .create-api-writing/owner.<…>        who is changing the folder; see `hold.ts`
 *     .create-api-writing/new/<number>     the new files that are not in place yet, by their number in the journal
 *     .create-api-writing/old/<number>     what was replaced or deleted
 *     .create-api-writing/journal.json     the changes; renaming it to committed.json commits them
 *
 * Every step is on the disk before the next one depends on it, so a power failure is like a kill.
 */

/** What became of the transaction of an earlier process that was killed. */
export interface Recovery {
  /** `completed`: it had been committed, and the rest was done. `clean`: there was none. */
  readonly outcome: 'clean' | 'rolled back' | 'completed';
  /** The previous files that were put beside those that were edited since. */
  readonly beside: readonly string[];
}

/** A folder that no other create-api changes until it is released. */
export interface HeldFolder {
  readonly root: string;
  readonly recovery: Recovery;
  /** Makes all changes or none; throws an `ExpectedError` if they cannot be made, with all reasons that are known. */
  apply(changes: readonly FileChange[]): void;
  /** Never throws: what cannot be removed is left for the next run. */
  release(): void;
}

/** A change with the fingerprints of its states. */
interface Move extends JournalFile {
  readonly content?: FileState;
  /** Where the new file is staged. */
  readonly staged: string;
  /** Where the previous file goes. */
  readonly original: string;
}

/** Whether a run, active or killed, has a stage in the folder `root`. */
export function hasStage(root: string): boolean {
  return entryAt(join(root, STAGE)) !== null;
}

/** Throws an `ExpectedError` if files of `root` are being changed, or were when a process was killed. Writes nothing. */
export function assertSettled(root: string): void {
  const stage = join(root, STAGE);
  if (!isOpen(stage) && !isCommitted(stage)) return;
  throw new ExpectedError(EXIT.conflict, [
    {
      code: 'unfinished-change',
      message: `the files of ${root} are being changed, or the process that changed them was interrupted`,
      hint: 'wait for it to finish; the next command that changes the project undoes what was interrupted',
    },
  ]);
}

/**
 * Holds the folder `root`, after undoing or completing what a killed process left.
 * Throws an `ExpectedError` while another process holds it, or if the remains cannot be trusted or undone.
 */
export function holdFolder(root: string): HeldFolder {
  try {
    sweepStale(root);
    const recovery = hasStage(root) ? recover(root) : CLEAN;
    takeFolder(root);
    return { root, recovery, apply: (changes) => apply(root, changes), release: () => release(root) };
  } catch (error) {
    throw explainIoError(error, root);
  }
}

const CLEAN: Recovery = { outcome: 'clean', beside: [] };

function recover(root: string): Recovery {
  const stage = join(root, STAGE);
  const owner = abandonedOwner(root);
  // Throws before anything in it is touched.
  const journal = readJournal(root, stage);
  claimFolder(root, owner);
  const wasCommitted = isCommitted(stage);
  const beside = wasCommitted ? [] : undo(root, stage);
  if (wasCommitted) removeEmptied(root, journal?.files ?? []);
  release(root);
  if (journal === null) return CLEAN;
  return { outcome: wasCommitted ? 'completed' : 'rolled back', beside };
}

function apply(root: string, changes: readonly FileChange[]): void {
  const stage = join(root, STAGE);
  const moves = changes
    .filter(({ before, after }) => !sameState(before, after))
    .map((change, n) => toMove(change, n, stage));
  if (moves.length === 0) return;
  if (!holdsFolder(root)) throw folderInUse(root);
  try {
    checkChanges(root, moves);
    stageFiles(root, stage, moves);
    openJournal(root, stage, moves);
  } catch (error) {
    throw explainIoError(error, root);
  }
  try {
    // Where case does not count, a new name can be that of a deleted file.
    for (const move of moves) if (move.content === undefined) takeOut(root, move);
    for (const move of moves) if (move.content !== undefined) bringIn(root, move);
    syncFolders([...moves.flatMap(({ path }) => foldersTo(root, path)), join(stage, 'old')]);
    commitJournal(stage);
  } catch (error) {
    throw withOriginals(explainIoError(error, root), undo(root, stage));
  }
  removeEmptied(root, moves);
}

function toMove({ path, before, after }: FileChange, number: number, stage: string): Move {
  return {
    path,
    before: fingerprintOf(before),
    after: fingerprintOf(after),
    ...(after && { content: after }),
    staged: stagedAt(stage, number),
    original: originalAt(stage, number),
  };
}

function stageFiles(root: string, stage: string, moves: readonly Move[]): void {
  const folders = [join(stage, 'old'), join(stage, 'new')];
  // An earlier transaction of this process may have left some.
  for (const left of [committedIn(stage), ...folders]) rmSync(left, { recursive: true, force: true });
  for (const folder of folders) mkdirSync(folder);
  for (const { path, content, staged } of moves) {
    if (content?.mode === 'link') symlinkSync(Buffer.from(content.bytes), staged);
    else if (content !== undefined) writeStaged(staged, content, entryAt(join(root, path)));
  }
  syncFolders([...folders, stage]);
}

/** Writes a file with the permissions of the one that it replaces, apart from the one to execute it. */
function writeStaged(staged: string, { bytes, mode }: FileState, replaced: Stats | null): void {
  writeFileSync(staged, bytes, { flag: 'wx', mode: mode === 'executable' ? 0o777 : 0o666, flush: true });
  if (!replaced?.isFile()) return;
  const permissions = replaced.mode & 0o777;
  chmodSync(staged, mode === 'executable' ? permissions | ((permissions & 0o444) >> 2) : permissions & ~0o111);
}

function takeOut(root: string, { path, before, original }: Move): void {
  renameSync(join(root, path), original);
  // From now on nobody can change it without being noticed.
  if (fingerprintAt(original) !== before) throw changedError(path);
}

function bringIn(root: string, move: Move): void {
  const { path, before, staged } = move;
  if (before !== 'absent') takeOut(root, move);
  const place = join(root, path);
  if (entryAt(place) !== null || obstacleAbove(root, path) !== null) throw changedError(path);
  mkdirSync(dirname(place), { recursive: true });
  renameSync(staged, place);
}

/** Removes the folders that contained nothing but deleted files. */
function removeEmptied(root: string, files: readonly Pick<JournalFile, 'path' | 'after'>[]): void {
  const deleted = files.filter(({ after }) => after === 'absent');
  const folders = new Set(deleted.flatMap(({ path }) => foldersAbove(path)));
  // Longer paths first: a folder after those in it.
  for (const folder of [...folders].sort((one, other) => other.length - one.length)) removeIfEmpty(join(root, folder));
}

/**
 * Lets go of the folder and removes the stage, after moving it out of the way of the next run.
 * While a transaction is open the stage is kept, because the replaced files are in it; also if the disk fails.
 */
function release(root: string): void {
  letGo(root);
  const stage = join(root, STAGE);
  try {
    if (isOpen(stage)) return;
    // On a full disk there may be no space for a new folder, but there is for another name.
    const away = join(root, unusedStageName());
    renameSync(stage, away);
    removeStage(away);
  } catch (error) {
    if (!isIoError(error)) throw error;
  }
}

/** `root` and the folders between it and `path`. */
function foldersTo(root: string, path: string): readonly string[] {
  return [root, ...foldersAbove(path).map((folder) => join(root, folder))];
}

function changedError(path: string): ExpectedError {
  return new ExpectedError(EXIT.conflict, [changedMeanwhile([path])]);
}

/** Adds to an error that the previous files are beside those that were edited meanwhile. */
function withOriginals(error: unknown, beside: readonly string[]): unknown {
  if (beside.length === 0 || !(error instanceof ExpectedError)) return error;
  return new ExpectedError(error.exitCode, [...error.problems, originalsBeside(beside)]);
}

/** Tells that files that were edited since were kept, and that their previous versions are at `paths`. */
export function originalsBeside(paths: readonly string[]): Problem {
  return {
    code: 'originals-beside',
    message: 'files that were edited meanwhile were kept; their previous versions are beside them',
    paths,
    hint: 'compare them, and delete those that you do not need',
  };
}
