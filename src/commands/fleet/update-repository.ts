import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { EXIT, ExpectedError, isExpected, type Problem } from '../../model/errors.ts';
import { failedReport, type ServiceReport } from '../../model/fleet.ts';
import type { GitRun } from '../../post/git.ts';
import {
  commitChanges,
  commitOfBranch,
  createBranch,
  discardChanges,
  findRepository,
  findStart,
  type Repository,
  removeAbandoned,
  withWorktree,
} from '../../post/update-branch.ts';
import { deleteFolder, isAbandoned, removeEmptyBeside, withFolderBeside } from '../../project/folder-beside.ts';
import { assertInCommit, assertService, type ListedService, placeOf } from '../../project/service-list.ts';
import type { Context } from '../context.ts';
import type { UpdateRequest } from './request.ts';
import { absoluteSource, reported, runIn, type ServiceDocument } from './service.ts';

/** A service and its place in its repository: an empty path, or one that ends with a slash. */
export type PlacedService = ListedService & { readonly inside: string };

/** A repository, and those of the services that are in it. */
export interface ServiceRepository extends Repository {
  readonly services: readonly PlacedService[];
}

/** Finds the repository of each service; those that have none are reported, by their folders. */
export async function findRepositories(
  services: readonly ListedService[],
  context: Pick<Context, 'env' | 'signal'>,
): Promise<{
  readonly repositories: readonly ServiceRepository[];
  readonly failed: ReadonlyMap<string, ServiceReport>;
}> {
  const repositories = new Map<string, ServiceRepository>();
  const failed = new Map<string, ServiceReport>();
  for (const listed of services) {
    const { service, folder } = listed;
    try {
      assertService(folder);
      const found = await findRepository({ ...context, folder: placeOf(folder) });
      const { top, inside } = found;
      const shared = placeOf(found.shared);
      const others = repositories.get(shared)?.services ?? [];
      repositories.set(shared, { top, shared, services: [...others, { ...listed, inside }] });
    } catch (error) {
      if (!isExpected(error)) throw error;
      failed.set(folder, failedReport(service, error.exitCode, error.problems));
    }
  }
  return { repositories: [...repositories.values()], failed };
}

/** Where services of a repository are updated. */
interface Workplace {
  readonly repository: ServiceRepository;
  readonly worktree: string;
  readonly request: UpdateRequest;
  /** The branch is there already: it is compared with what would be committed. */
  readonly isCompared: boolean;
  readonly context: Context;
}

/**
 * Updates the services of a repository one after the other, each with a commit, on one new branch; the reports are in their order. Never
 * rejects but because of a bug.
 */
export async function updateRepository(
  repository: ServiceRepository,
  request: UpdateRequest,
  context: Context,
): Promise<readonly ServiceReport[]> {
  const run = { folder: repository.top, env: context.env, signal: context.signal };
  try {
    await removeAbandoned(isAbandoned, run, deleteFolder);
    removeEmptyBeside(repository.top);
    const existing = await commitOfBranch(request.branch, run);
    const start = existing === null ? await findStart(request.from, run) : { commit: existing };
    if (start === null) throw withoutStart(request.from);
    return await withFolderBeside(repository.top, (worktree) =>
      withWorktree(worktree, start.commit, run, deleteFolder, () =>
        updateAll({ repository, worktree, request, isCompared: existing !== null, context }, run),
      ),
    ).then((reports) => reports.map((report) => ('from' in start ? { ...report, from: start.from } : report)));
  } catch (error) {
    if (!isExpected(error)) throw error;
    return repository.services.map(({ service }) => failedReport(service, error.exitCode, error.problems));
  }
}

async function updateAll(work: Workplace, run: GitRun): Promise<readonly ServiceReport[]> {
  const reports: ServiceReport[] = [];
  for (const service of work.repository.services) {
    reports.push(await reported(service.service, () => updateService(service, work)));
  }
  const last = reports.findLast(({ commit }) => commit !== undefined);
  if (last?.commit === undefined) return reports;
  // Half of what was wanted would look like all of it.
  if (work.context.signal.aborted) throw new ExpectedError(EXIT.cancelled, []);
  await createBranch(work.request.branch, last.commit, run);
  return reports;
}

async function updateService({ service, inside }: PlacedService, work: Workplace): Promise<ServiceReport> {
  const { worktree, request, isCompared, context } = work;
  const { branch, dryRun } = request;
  // Without its link to the repository, as after a hook has removed it, a worktree belongs to no repository, not to one around it.
  const env = { ...context.env, GIT_CEILING_DIRECTORIES: dirname(worktree) };
  const run = { folder: worktree, env, signal: context.signal };
  // What the service before has left.
  await discardChanges(run);
  assertInCommit(worktree, inside);
  const document = await runIn(join(worktree, inside), argumentsFor(work), { ...context, env });
  const { exitCode, problems = [] } = document;
  if (exitCode !== EXIT.done) return failedReport(service, exitCode, problems);
  const { count, paths } = changesOf(document, inside);
  const report = { service, exitCode, findings: [], files: count };
  if (count === 0) return { ...report, result: 'up-to-date', problems: [], ...(isCompared && { branch }) };
  if (isCompared) return failedReport(service, EXIT.conflict, [otherBranch(branch)]);
  if (dryRun) return { ...report, result: 'would-update', problems: [], branch };
  const commit = await commitChanges(request.message ?? messageFor(inside, work), paths, run);
  return { ...report, result: 'updated', branch, commit, problems: problemsOfSteps(document) };
}

function argumentsFor({ request, isCompared, worktree, repository: { top }, context: { cwd } }: Workplace) {
  // A pack in the repository is the one of the branch.
  const placed = (path: string): string => {
    const inRepository = relative(top, resolve(cwd, path));
    const isOutside = inRepository.startsWith('..') || isAbsolute(inRepository);
    return isOutside ? resolve(cwd, path) : join(worktree, inRepository);
  };
  return [
    'update',
    ...request.packs.flatMap((source) => ['--pack', absoluteSource(source, placed)]),
    ...(request.install ? [] : ['--no-install']),
    ...(request.dryRun || isCompared ? ['--dry-run'] : []),
  ];
}

/** The number of files that an update changes, and the paths in the repository of those that it leaves there. */
function changesOf({ files = [], record = [], repositoryFiles = [] }: ServiceDocument, inside: string) {
  const changed = files.filter(({ action }) => action !== 'keep');
  const around = repositoryFiles.filter(({ action }) => action === 'write');
  const left = changed.filter(({ action }) => action !== 'delete').map(({ path }) => path);
  return {
    count: changed.length + record.length + around.length,
    paths: [...[...left, ...record].map((path) => inside + path), ...around.map(({ path }) => path)],
  };
}

function messageFor(inside: string, { request, context }: Workplace): string {
  const what = inside === '' ? '' : `${inside.replace(/\/$/, '')} `;
  return `Update ${what}to ${[`create-api ${context.version}`, ...request.packs].join(' and ')}`;
}

/** What is left to do because cargo could not do it. */
function problemsOfSteps({ steps = [] }: ServiceDocument): readonly Problem[] {
  return steps
    .filter(({ status }) => status === 'failed')
    .map(({ step, reason }) => ({ code: 'step-failed', message: `${step}: ${reason}; everything else is committed` }));
}

function withoutStart(from: string | undefined): ExpectedError {
  const message = from === undefined ? 'the repository has no commit' : `the repository has no ${from}`;
  return new ExpectedError(EXIT.usage, [{ code: 'no-start', message }]);
}

function otherBranch(branch: string): Problem {
  return {
    code: 'existing-branch',
    message: `the branch ${branch} exists, and an update would change it`,
    hint: 'delete it once nobody needs it, or pass another name: --branch <name>',
  };
}
