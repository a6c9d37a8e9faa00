import { readBase, readLock } from '../../catalog/read-record.ts';
import { EXIT, ExpectedError } from '../../model/errors.ts';
import type { FileMap } from '../../model/merge.ts';
import { BASE_FILE, type BaseFile, LOCK_FILE, PACKS_FILE, type ProjectLock } from '../../model/project-record.ts';
import { decide, type Sides } from '../../options/join-answers.ts';
import type { Files, GitMerge, Repository } from '../../post/git-merge.ts';
import type { RecordFile } from '../../project/record-files.ts';
import type { Context } from '../context.ts';
import type { CreateOptions } from '../create/create-options.ts';
import { loadProjectOptions } from '../packs/project-options.ts';
import { policyAxes } from '../policy/policy-axes.ts';

/** A project in a commit. */
export interface CommittedProject {
  readonly lock: ProjectLock;
  readonly base: ReadonlyMap<string, BaseFile>;
  /** All files in its folder. */
  readonly files: Files;
}

/** The records of the commits that git is merging, and the options of the packs that both have. */
export interface CommittedRecords {
  readonly projects: Sides<CommittedProject>;
  readonly options: CreateOptions;
}

/** Reads the records of the commits that git is merging. Throws an `ExpectedError` if one has none, or is damaged. */
export async function readRecords(
  root: string,
  repository: Repository,
  merge: GitMerge,
  context: Context,
): Promise<CommittedRecords> {
  const commits = await eachOf(merge, (commit) => repository.filesOf(commit));
  const texts = await eachOf(commits, async (files) => {
    if (!files.has(LOCK_FILE) || !files.has(BASE_FILE)) throw withoutRecord();
    const isRecord = (path: string) => [LOCK_FILE, BASE_FILE, PACKS_FILE].includes(path);
    return textsOf(await repository.read(new Map([...files].filter(([path]) => isRecord(path)))));
  });
  const of = (side: keyof Sides<unknown>, file: RecordFile) => texts[side].get(file) ?? '';
  const packs = decide(await eachOf(texts, async (text) => packsIn(text.get(LOCK_FILE) ?? '')));
  if (packs === null) throw differentPacks();
  const withPacks = packs.value === packsIn(of('ours', LOCK_FILE)) ? 'ours' : 'theirs';
  const options = await loadProjectOptions(root, [], context, [], (file) => of(withPacks, file));
  const { axes, standard } = options.catalog;
  const read = (side: keyof Sides<unknown>): CommittedProject => ({
    lock: readLock(of(side, LOCK_FILE), axes, standard.version, policyAxes(options.axes)),
    base: readBase(of(side, BASE_FILE)),
    files: commits[side],
  });
  return { projects: { base: read('base'), ours: read('ours'), theirs: read('theirs') }, options };
}

/** Calls `make` with each of three values, one after the other. */
export async function eachOf<Value, Made>(
  { base, ours, theirs }: Sides<Value>,
  make: (value: Value) => Promise<Made>,
): Promise<Sides<Made>> {
  return { base: await make(base), ours: await make(ours), theirs: await make(theirs) };
}

/** The packs in a lock, as a text; none if it is damaged, which is reported when it is read. */
function packsIn(lock: string): string {
  try {
    return JSON.stringify(JSON.parse(lock).packs ?? []);
  } catch {
    return '[]';
  }
}

function textsOf(files: FileMap): ReadonlyMap<string, string> {
  return new Map([...files].map(([path, { bytes }]) => [path, new TextDecoder().decode(bytes)]));
}

function withoutRecord(): ExpectedError {
  return new ExpectedError(EXIT.conflict, [
    {
      code: 'no-common-record',
      message: 'the commits that git is merging do not all have a record of the project',
      hint: 'take .create-api/ from one of them: git checkout --ours -- .create-api; and repeat what the other one did',
    },
  ]);
}

function differentPacks(): ExpectedError {
  return new ExpectedError(EXIT.conflict, [
    {
      code: 'different-answers',
      message: 'both branches changed the packs of the project, each in another way',
      hint: 'git merge --abort, bring one branch to the packs of the other with create-api update --pack, commit, and merge again',
    },
  ]);
}
