import { splitLines } from '../../merge/lines.ts';
import { findMarkers } from '../../merge/markers.ts';
import type { ServiceFinding } from '../../model/fleet.ts';
import { BASE_FILE, type BaseFile, LOCK_FILE } from '../../model/project-record.ts';
import { readState } from '../../project/file-state.ts';
import type { Pending } from '../../project/pending.ts';
import type { Project } from '../change/open-project.ts';
import { outdatedFiles } from '../change/up-to-date.ts';
import type { CreateOptions } from '../create/create-options.ts';

/** Each kind of drift, and what it means. */
export const RULES = {
  'edited-file': 'A file that is the same in every project was edited',
  'missing-file': 'A file of the project is missing',
  'conflict-marker': 'A conflict of a merge is not resolved',
  'unfinished-change': 'A change waits for its conflicts to be resolved',
  'newer-standard': 'create-api would render the project differently',
  'mismatched-record': 'The lock and the base of the project do not fit together',
  policy: 'The project breaks a rule of a policy',
} as const;

/** A difference of a project from its standard. */
export interface Finding extends ServiceFinding {
  readonly rule: keyof typeof RULES;
}

/** Finds how a project, in which a change may wait, differs from its standard, by file. Reads its files, and writes nothing. */
export function findDrift(project: Project, options: CreateOptions, pending: Pending | null): readonly Finding[] {
  const { root, lock, base } = project;
  // Its base is not written yet.
  const isPending = new Set(pending?.files.map(({ path }) => path));
  const inFiles = [...base.values()].flatMap((file): readonly Finding[] => {
    const { path } = file;
    const state = readState(root, path);
    if (state === undefined) return lock.deleted.includes(path) || isPending.has(path) ? [] : [missing(path)];
    const text = state.mode === 'link' ? '' : new TextDecoder().decode(state.bytes);
    // A checkout may have other line ends.
    if (text === file.text || text.replaceAll('\r\n', '\n') === file.text) return [];
    return [
      ...findMarkers(text)
        .slice(0, 1)
        .map((line) => unresolved(path, line)),
      ...(isPending.has(path) ? [] : edited(file, text)),
    ];
  });
  const outdated = outdatedFiles(project, options);
  // The same templates and answers are always rendered alike.
  const isOwn = lock.standard.integrity === options.catalog.standard.integrity;
  return [
    ...inFiles,
    ...(pending === null ? [] : [unfinished(pending.command)]),
    ...(outdated.length === 0 ? [] : [isOwn ? mismatched(outdated) : newer(outdated, options)]),
  ];
}

function missing(path: string): Finding {
  return {
    rule: 'missing-file',
    path,
    message: `${path} is missing`,
    hint: 'restore it from git; if the project is to do without it, run create-api update',
  };
}

function edited({ path, class: fileClass, text: rendered }: BaseFile, text: string): readonly Finding[] {
  if (fileClass !== 'managed') return [];
  const line = firstChange(rendered, text.replaceAll('\r\n', '\n'));
  const message = `${path}:${line} was edited, but the file is the same in every project`;
  return [{ rule: 'edited-file', path, line, message, hint: `undo the edit; git log -- ${path} shows it` }];
}

/** The first line, from 1, that differs; the last one if lines are missing at the end. */
function firstChange(before: string, after: string): number {
  const [rendered, edited] = [before, after].map(splitLines) as [readonly string[], readonly string[]];
  const index = edited.findIndex((line, number) => line !== rendered[number]);
  return Math.max(index === -1 ? edited.length : index + 1, 1);
}

function unresolved(path: string, line: number): Finding {
  const message = `${path}:${line} has a conflict marker`;
  return { rule: 'conflict-marker', path, line, message, hint: 'resolve the conflict' };
}

function unfinished(command: string): Finding {
  const message = `"${command}" is not finished`;
  return { rule: 'unfinished-change', path: LOCK_FILE, message, hint: 'create-api continue, or create-api abort' };
}

function newer(paths: readonly string[], { catalog }: CreateOptions): Finding {
  const count = paths.length === 1 ? 'one file' : `${paths.length} files`;
  const message = `create-api ${catalog.standard.version} renders ${count} differently`;
  return {
    rule: 'newer-standard',
    path: LOCK_FILE,
    message,
    hint: 'create-api update; create-api diff shows the changes',
  };
}

function mismatched(paths: readonly string[]): Finding {
  const few = paths.slice(0, 3).join(', ');
  const files = paths.length > 3 ? `${few} and ${paths.length - 3} more` : few;
  return {
    rule: 'mismatched-record',
    path: LOCK_FILE,
    message: `${LOCK_FILE} and ${BASE_FILE} do not fit together: with the answers of the lock, ${files} would be rendered differently. The answers were edited by hand, or two branches were merged`,
    hint: `undo the edit (git log -p -- ${LOCK_FILE} shows it); or, to have what the lock says, create-api update`,
  };
}
