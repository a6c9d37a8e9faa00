import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { findConflicts } from '../../merge/markers.ts';
import type { FileState } from '../../model/files.ts';
import type { PlannedChange } from './plan-change.ts';

/** What happens to a file, as reports and `--json` show it. */
export interface DescribedFile {
  readonly path: string;
  readonly action: 'create' | 'change' | 'merge' | 'delete' | 'conflict' | 'keep';
  /** Bytes and hash of the new file; absent if it is deleted or stays. */
  readonly size?: number;
  readonly sha256?: string;
  /** Why a person has to decide, or something to know. */
  readonly reason?: string;
  /** The lines at which each conflict begins; none if it is about the file as a whole. */
  readonly lines?: readonly number[];
}

/** Describes what happens to each file of a change, by path. `isMarked`: conflicts are between markers in the files by now. */
export function describeFiles({ files }: Pick<PlannedChange, 'files'>, isMarked = false): readonly DescribedFile[] {
  return files.map(({ path, outcome }): DescribedFile => {
    switch (outcome.action) {
      case 'none':
        return { path, action: 'keep', ...reasonOf(outcome.notice) };
      case 'delete':
        return { path, action: 'delete', ...reasonOf(outcome.notice) };
      case 'conflict':
        return {
          path,
          action: 'conflict',
          reason: outcome.reason,
          lines: isMarked ? markedLines(outcome.marked) : outcome.lines,
          ...contentOf(outcome.marked),
        };
      default:
        return { path, action: outcome.action, ...reasonOf(outcome.notice), ...contentOf(outcome.result) };
    }
  });
}

function markedLines({ bytes }: FileState): readonly number[] {
  return findConflicts(new TextDecoder().decode(bytes));
}

function reasonOf(notice: string | undefined) {
  return notice === undefined ? {} : { reason: notice };
}

function contentOf({ bytes }: FileState) {
  return { size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** Describes what happens at the root of the repository around the project, with absolute paths. */
export function describeAround({ around }: PlannedChange): readonly DescribedFile[] {
  if (around === null) return [];
  const files = around.files.filter(({ action }) => action !== 'same');
  return [
    ...files.map(({ path, action }): DescribedFile => {
      const place = join(around.root, path);
      return action === 'write' ? { path: place, action: 'create' } : { path: place, action: 'keep', reason: OTHER };
    }),
    ...around.unneeded.map((path): DescribedFile => ({ path, action: 'keep', reason: UNNEEDED })),
  ];
}

const OTHER = 'The project needs another one here: compare it with one that create-api writes to a new repository.';
const UNNEEDED = 'The project does not need it any more: delete it.';
