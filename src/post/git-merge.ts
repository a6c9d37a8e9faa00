import { EXIT, ExpectedError } from '../model/errors.ts';
import type { FileState } from '../model/files.ts';
import { readOutput } from './commands.ts';
import { type Environment, quietEnvironment } from './environment.ts';
import { failureOf } from './failure.ts';
import { defaultBranch } from './git.ts';

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

/** What git does, by the name of the commit that it brings in, with the common ancestor, that commit, and how it ends. */
const OPERATIONS: readonly (readonly [head: string, base: string, theirs: string, finish: string])[] = [
  ['MERGE_HEAD', '', 'MERGE_HEAD', 'git commit'],
  ['CHERRY_PICK_HEAD', 'CHERRY_PICK_HEAD^', 'CHERRY_PICK_HEAD', 'git cherry-pick --continue'],
  ['REVERT_HEAD', 'REVERT_HEAD', 'REVERT_HEAD^', 'git revert --continue'],
  ['REBASE_HEAD', 'REBASE_HEAD^', 'REBASE_HEAD', 'git rebase --continue'],
];

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

/** Bytes that git may print, and milliseconds that it may take: for the files of a project. */
const [LONGEST, TIMEOUT] = [200_000_000, 60_000];

/** Opens the repository around `folder`. */
export function openRepository(folder: string, env: Environment, signal: AbortSignal): Repository {
  const run = { folder, env: quietEnvironment(env, false), signal, timeout: TIMEOUT, longest: LONGEST };
  const tried = async (args: readonly string[], input = '') => {
    const end = await readOutput('git', args, { ...run, input });
    if (end.kind === 'cancelled')
      throw new ExpectedError(EXIT.cancelled, [{ code: 'cancelled', message: 'cancelled' }]);
    return end;
  };
  const git = async (...args: Parameters<typeof tried>) => {
    const end = await tried(...args);
    if (end.kind === 'succeeded') return Buffer.from(end.stdout);
    throw failed(end.kind === 'missing' ? 'git is not installed' : failureOf(end.output).reason);
  };
  /** What a command prints that names one commit; `null` if there is none. */
  const found = async (...args: readonly string[]) => {
    const end = await tried(args);
    return end.kind === 'succeeded' ? new TextDecoder().decode(end.stdout).trim() : null;
  };
  const commit = (name: string) => found('rev-parse', '--verify', '--quiet', `${name}^{commit}`);
  const current = async () => {
    for (const operation of OPERATIONS) {
      const [head] = operation;
      if ((await commit(head)) === null) continue;
      // Some versions of git, as 2.39, leave it behind.
      if (head === 'REBASE_HEAD' && (await found('rebase', '--show-current-patch')) === null) continue;
      return operation;
    }
    return null;
  };
  return {
    async merge() {
      const operation = await current();
      if (operation === null) return null;
      const [head, base, theirs, finish] = operation;
      const left = await found('rev-parse', '--verify', '--quiet', 'AUTO_MERGE^{tree}');
      if (left === null)
        throw failed('it did not keep what it made of the files (AUTO_MERGE), as git 2.34 and later do');
      const from = await (base === '' ? found('merge-base', 'HEAD', head) : commit(base));
      const [ours, to] = [await commit('HEAD'), await commit(theirs)];
      if (from === null || ours === null || to === null) throw failed(`${head} has no common ancestor with HEAD`);
      const branch = await defaultBranch({ folder, env, signal });
      const isPublished = branch !== null && (await found('merge-base', '--is-ancestor', to, branch)) !== null;
      return { finish, base: from, ours, theirs: to, left, isPublished };
    },
    async abort() {
      const operation = await current();
      return operation === null
        ? null
        : operation[3].replace('commit', 'merge --abort').replace('--continue', '--abort');
    },
    async stage(paths) {
      await tried(
        ['update-index', '--add', '--remove', '-z', '--stdin'],
        [...paths].map((path) => `${path}\0`).join(''),
      );
    },
    async refresh() {
      await tried(['update-index', '-q', '--refresh']);
    },
    async index() {
      const pathsOf = async (option: string) => {
        const lines = await found('ls-files', '-z', option);
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
      const lines = (await git(['ls-tree', '-r', '-z', commit])).toString().split('\0');
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
      const store = await git(['cat-file', '--batch'], ids.map((id) => `${id}\n`).join(''));
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
