import type { PlacementRules } from '../model/manifest.ts';
import type { Placement, Plan, PlannedFile } from '../model/plan.ts';

/** A project that stands alone, at the root of its repository. */
export const ALONE: Placement = { workspace: 'none', inWorkspace: '', inRepository: '' };

const LOCK = 'Cargo.lock';

/** Decides where each file of the project called `name` goes so that it takes effect, and which are left out. */
export function placeFiles(
  files: readonly PlannedFile[],
  name: string,
  { workspace, inRepository }: Placement,
  rules: PlacementRules,
): Pick<Plan, 'unplaced' | 'files' | 'repositoryFiles' | 'leftOut'> {
  const isMember = workspace === 'join';
  const kept: PlannedFile[] = [];
  const repositoryFiles: PlannedFile[] = [];
  const leftOut = isMember
    ? [{ path: LOCK, reason: 'the workspace has one for all its members; commit it once cargo has updated it' }]
    : [];
  for (const file of files) {
    const atRoot = inRepository === '' ? undefined : rules.repositoryRoot[file.path];
    const reason = isMember ? rules.leftOutOfMember[file.path] : undefined;
    const renamed = isMember ? rules.renamedInMember[file.path] : undefined;
    if (atRoot !== undefined) repositoryFiles.push({ ...file, path: atRoot.replace('{name}', name) });
    else if (reason !== undefined) leftOut.push({ path: file.path, reason });
    else kept.push(renamed === undefined ? file : { ...file, path: renamed });
  }
  return { unplaced: files, files: kept, repositoryFiles, leftOut };
}
