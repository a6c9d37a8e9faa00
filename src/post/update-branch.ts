/**
 * A branch with new commits, made in a worktree of its own: the files and the index of the person, and the branch that is checked out, do
 * not change. Nothing has a name before everything is committed, so an interrupted run leaves no branch.
 */
import { join, resolve } from 'node:path';
import { EXIT, ExpectedError } from '../model/errors.ts';
import { defaultBranch, type GitRun, git, gitOrNull } from './git.ts';

/** A repository around services. */
export interface Repository {
  /** The folder of its files; absolute. */
  readonly top: string;
  /** What all of its worktrees share, absolute, perhaps through links. */
  readonly shared: string;
}

/** Finds the repository around a folder without links, and the path of the folder in it, which is empty or ends with a slash. */
export async function findRepository(run: GitRun): Promise<Repository & { readonly inside: string }> {
  const text = await git(['rev-parse', '--show-toplevel', '--git-common-dir', '--show-prefix'], run);
  const [top = '', shared = '', inside = '', ...others] = text.split('\n');
  if (others.length > 0)
    throw new ExpectedError(EXIT.usage, [{ code: 'line-ends', message: 'its path has line ends' }]);
  return { top: resolve(top), shared: resolve(run.folder, shared), inside };
}

/** Whether git takes a name for a branch. */
export async function isBranchName(name: string, run: GitRun): Promise<boolean> {
  return (
    name !== 'HEAD' &&
    !name.startsWith('-') &&
    (await gitOrNull(['check-ref-format', `refs/heads/${name}`], run)) !== null
  );
}

/** The commit of a branch; `null` if there is none. */
export function commitOfBranch(branch: string, run: GitRun): Promise<string | null> {
  return commitOf(`refs/heads/${branch}`, run);
}

/** Where a branch starts. */
export interface Start {
  /** The short name of the ref. */
  readonly from: string;
  readonly commit: string;
}

/** A ref and its commit; without a ref, the default branch of `origin`, or else what is checked out. `null` if there is no such commit. */
export async function findStart(ref: string | undefined, run: GitRun): Promise<Start | null> {
  const found = ref ?? (await defaultBranch(run)) ?? 'HEAD';
  const commit = await commitOf(found, run);
  if (commit === null) return null;
  return { from: ref ?? (await git(['rev-parse', '--abbrev-ref', found], run)), commit };
}

function commitOf(ref: string, run: GitRun): Promise<string | null> {
  return gitOrNull(['rev-parse', '--verify', '--quiet', `${ref}^{commit}`], run);
}

/** Deletes a folder with all that is in it. */
export type DeleteFolder = (folder: string) => void;

/** Checks a commit out into the empty folder `worktree` for as long as `use` takes. */
export async function withWorktree<Result>(
  worktree: string,
  commit: string,
  run: GitRun,
  deleteFolder: DeleteFolder,
  use: () => Promise<Result>,
): Promise<Result> {
  try {
    // No hook: nothing happens that a person would want to react to.
    const add = ['worktree', 'add', '--quiet', '--detach', worktree, commit];
    await git(add, { ...run, options: ['-c', 'core.hooksPath=/dev/null'] });
    return await use();
  } finally {
    await removeWorktree(worktree, run, deleteFolder);
  }
}

/** Removes a worktree, also after the run was cancelled. What is left of it in the repository disappears by `git gc`. */
async function removeWorktree(worktree: string, run: GitRun, deleteFolder: DeleteFolder): Promise<void> {
  const { signal } = new AbortController();
  // Git removes no worktree that has lost its link to the repository, but forgets one that is gone.
  deleteFolder(worktree);
  await gitOrNull(['worktree', 'remove', '--force', worktree], { ...run, signal });
}

/** Removes the worktrees that runs which were killed have left. */
export async function removeAbandoned(
  isAbandoned: (folder: string) => boolean,
  run: GitRun,
  deleteFolder: DeleteFolder,
): Promise<void> {
  const list = (await gitOrNull(['worktree', 'list', '--porcelain'], run)) ?? '';
  const folders = [...list.matchAll(/^worktree (.*)$/gm)].map(([, folder = '']) => folder);
  for (const folder of folders.filter(isAbandoned)) await removeWorktree(folder, run, deleteFolder);
}

/** Commits all changes of tracked files, and the files at `paths`, relative to the folder of the run; returns the commit. Hooks run. */
export async function commitChanges(message: string, paths: readonly string[], run: GitRun): Promise<string> {
  await git(['add', '--update'], run);
  // A person's ignore files do not say what belongs to the project.
  const places = paths.map((path) => join(run.folder, path));
  if (places.length > 0) await git(['add', '--force', '--', ...places], { ...run, options: ['--literal-pathspecs'] });
  await git(['commit', '--quiet', `--message=${message}`], run);
  return git(['rev-parse', 'HEAD'], run);
}

/** Goes back to the last commit, apart from ignored files. */
export async function discardChanges(run: GitRun): Promise<void> {
  await git(['reset', '--quiet', '--hard'], run);
  await git(['clean', '--quiet', '-d', '--force'], run);
}

/** Makes a branch that is not there yet; throws an `ExpectedError` if it is. */
export async function createBranch(branch: string, commit: string, run: GitRun): Promise<void> {
  await git(['update-ref', `refs/heads/${branch}`, commit, ''], run);
}
