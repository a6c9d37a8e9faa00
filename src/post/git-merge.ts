import { EXIT, ExpectedError } from '../model/errors.ts';
import type { FileState } from '../model/files.ts';
import type { Environment } from './environment.ts';
import { defaultBranch, git, gitBytes, gitOrNull } from './git.ts';

/** The commits that git is putting together in a repository, because of a conflict. */
export interface GitMerge {
  /** The command that ends it. */
  readonly finish: string;
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
  /** The tree of the files as git left them, with its markers. */
  readonly left: string;
  /** `theirs` is on the default branch of the remote repository. */
  readonly isPublished: boolean;
}

/** What git may be doing: its command, the name of the commit that it brings in, the common ancestor, and that commit. */
const OPERATIONS = [
  { command: 'merge', head: 'MERGE_HEAD', base: null, theirs: 'MERGE_HEAD' },
  { command: 'cherry-pick', head: 'CHERRY_PICK_HEAD', base: 'CHERRY_PICK_HEAD^', theirs: 'CHERRY_PICK_HEAD' },
  { command: 'revert', head: 'REVERT_HEAD', base: 'REVERT_HEAD', theirs: 'REVERT_HEAD^' },
  { command: 'rebase', head: 'REBASE_HEAD', base: 'REBASE_HEAD^', theirs: 'REBASE_HEAD' },
] as const;

/** Git in a folder of a repository. Methods throw an `ExpectedError` if git fails. */
export interface Repository {
  /** What git is putting together; `null` if it is nothing. */
  merge(): Promise<GitMerge | null>;
  /** The command that takes that back; `null` if it is nothing. */
  abort(): Promise<string | null>;
  /** Stages files as they are, so that this command takes them back, too; does nothing if git cannot. */
  stage(paths: Iterable<string>): Promise<void>;
  /** Tells git that files are as it left them, although they were written since; otherwise that command refuses. */
  refresh(): Promise<void>;
  /** The files that are in conflict, and those that were, by their paths in the folder; `null` if git does not know. */
  index(): Promise<GitIndex | null>;
  /** The files of a commit, or a tree, in the folder, by their paths. */
  filesOf(commit: string): Promise<Files>;
  /** The contents of files. */
  read(files: Files): Promise<ReadonlyMap<string, FileState>>;
}

/** The modes and blobs of files by their paths. */
export type Files = ReadonlyMap<string, { readonly mode: FileState['mode']; readonly id: string }>;

export interface GitIndex {
  readonly unmerged: ReadonlySet<string>;
  readonly resolved: ReadonlySet<string>;
}

const MODES: Readonly<Record<string, FileState['mode']>> = { 100644: 'file', 100755: 'executable', 120000: 'link' };

/** Opens the repository around `folder`. */
export function openRepository(folder: string, env: Environment, signal: AbortSignal): Repository {
  const run = { folder, env, signal };
  const commit = (name: string) => gitOrNull(['rev-parse', '--verify', '--quiet', `${name}^{commit}`], run);
  const current = async () => {
    for (const operation of OPERATIONS) {
      const { command, head } = operation;
      if ((await commit(head)) === null) continue;
      // Some versions of git, as 2.39, leave REBASE_HEAD behind.
      if (command === 'rebase' && (await gitOrNull(['rebase', '--show-current-patch'], run)) === null) continue;
      return operation;
    }
    return null;
  };
  return {
    async merge() {
      const operation = await current();
      if (operation === null) return null;
      const { command, head, base, theirs } = operation;
      const left = await gitOrNull(['rev-parse', '--verify', '--quiet', 'AUTO_MERGE^{tree}'], run);
      if (left === null)
        throw failed('it did not keep what it made of the files (AUTO_MERGE), as git 2.34 and later do');
      const from = await (base === null ? gitOrNull(['merge-base', 'HEAD', head], run) : commit(base));
      const [ours, to] = [await commit('HEAD'), await commit(theirs)];
      if (from === null || ours === null || to === null) throw failed(`${head} has no common ancestor with HEAD`);
      const branch = await defaultBranch(run);
      const isPublished =
        branch !== null && (await gitOrNull(['merge-base', '--is-ancestor', to, branch], run)) !== null;
      const finish = command === 'merge' ? 'git commit' : `git ${command} --continue`;
      return { finish, base: from, ours, theirs: to, left, isPublished };
    },
    async abort() {
      const operation = await current();
      return operation && `git ${operation.command} --abort`;
    },
    async stage(paths) {
      const input = [...paths].map((path) => `${path}\0`).join('');
      await gitOrNull(['update-index', '--add', '--remove', '-z', '--stdin'], { ...run, input });
    },
    async refresh() {
      await gitOrNull(['update-index', '-q', '--refresh'], run);
    },
    async index() {
      const pathsOf = async (option: string) => {
        const lines = await gitOrNull(['ls-files', '-z', option], run);
        if (lines === null) return null;
        return new Set(
          lines
            .split('\0')
            .slice(0, -1)
            .map((line) => line.slice(line.indexOf('\t') + 1)),
        );
      };
      const [unmerged, resolved] = [await pathsOf('--unmerged'), await pathsOf('--resolve-undo')];
      return unmerged && resolved && { unmerged, resolved };
    },
    async filesOf(commit) {
      const lines = (await git(['ls-tree', '-r', '-z', commit], run)).split('\0');
      return new Map(
        lines.flatMap((line) => {
          const [, octal = '', id = '', path = ''] = /^(\d{6}) blob ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
          const mode = MODES[octal];
          return mode === undefined ? [] : [[path, { mode, id }]];
        }),
      );
    },
    async read(files) {
      const ids = [...new Set([...files.values()].map(({ id }) => id))];
      const input = ids.map((id) => `${id}\n`).join('');
      const store = Buffer.from(await gitBytes(['cat-file', '--batch'], { ...run, input }));
      const contents = contentsIn(store, ids);
      return new Map([...files].map(([path, { mode, id }]) => [path, { mode, bytes: contents.get(id) ?? store }]));
    },
  };
}

/** Takes the output of `cat-file --batch` apart: for each blob a line with its id, type and size, its bytes, and a line break. */
function contentsIn(store: Buffer, ids: readonly string[]): ReadonlyMap<string, Uint8Array> {
  let at = 0;
  return new Map(
    ids.map((id) => {
      const start = store.indexOf('\n', at) + 1;
      const [, size] = /^[0-9a-f]+ blob (\d+)\n$/.exec(store.toString('latin1', at, start)) ?? [];
      if (size === undefined) throw failed(`there is no ${id}`);
      at = start + Number(size) + 1;
      return [id, store.subarray(start, at - 1)];
    }),
  );
}

function failed(reason: string): ExpectedError {
  const message = `git cannot tell what it is merging: ${reason}; nothing was changed`;
  return new ExpectedError(EXIT.conflict, [{ code: 'git-merge-unknown', message }]);
}
