import { EXIT, ExpectedError } from '../model/errors.ts';
import { type FleetReport, failedReport, type ServiceReport, worstOf } from '../model/fleet.ts';
import { isBranchName } from '../post/update-branch.ts';
import { type ListedService, readServices } from '../project/service-list.ts';
import { fleetPage } from '../ui/fleet-page.ts';
import { fleetSummary, fleetText, onOneLine, statusOf } from '../ui/fleet-text.ts';
import { startProgress } from '../ui/progress.ts';
import type { Command, CommandResult, Context } from './context.ts';
import { fleetSarif } from './fleet/fleet-sarif.ts';
import { inParallel } from './fleet/in-parallel.ts';
import { mergeReports } from './fleet/merge-reports.ts';
import { type FleetRequest, readRequest, type UpdateRequest } from './fleet/request.ts';
import { checkService } from './fleet/service.ts';
import { findRepositories, updateRepository } from './fleet/update-repository.ts';

/**
 * `create-api fleet check|update <folder or list…>`: checks many services, or brings each up to date on a branch. The exit code is the
 * worst one of all services; one that fails never stops the others. `--merge` collects reports that were made elsewhere.
 */
export const fleet: Command = async (context) => {
  const request = await readRequest(context.argv, context.version);
  const { action, operands, merges, shard, update } = request;
  if (merges) return printed(mergeReports(operands, action, context.cwd), request, context);
  const services = await servicesOf(request, context);
  const run = { action, createApi: context.version, date: context.today, dryRun: update.dryRun, shard };
  const reports = await withNotes(request, services.length, context, (note) =>
    (action === 'check' ? checkAll : updateAll)(services, request, note, context),
  );
  return printed({ ...run, services: reports }, request, context);
};

/** Says what became of services as soon as they are done. */
type Note = (reports: readonly ServiceReport[]) => void;

async function withNotes<Result>(
  { format }: FleetRequest,
  count: number,
  { terminal }: Context,
  work: (note: Note) => Promise<Result>,
): Promise<Result> {
  // Without a spinner, the table would say the same again.
  if (!terminal.isLive && format === 'text') return work(() => {});
  const progress = startProgress(terminal);
  let done = 0;
  try {
    return await work((reports) => {
      for (const each of reports) progress.line(`${++done}/${count} ${onOneLine(each.service)}: ${statusOf(each)}`);
    });
  } finally {
    progress.stop();
  }
}

async function servicesOf(
  { operands, shard, action, update }: FleetRequest,
  context: Context,
): Promise<readonly ListedService[]> {
  const { services, problems } = readServices(operands, context.cwd);
  const wrong = [
    ...problems,
    ...(services.length === 0 && problems.length === 0
      ? [{ code: 'no-services', message: 'the list has no services', hint: 'write a path on each line' }]
      : []),
    ...(action === 'update' ? await problemsOfBranch(update, context) : []),
  ];
  if (wrong.length > 0) throw new ExpectedError(EXIT.usage, wrong);
  return shard === null ? services : services.filter((_, index) => index % shard.of === shard.index - 1);
}

async function problemsOfBranch({ branch }: UpdateRequest, { cwd, env, signal }: Context) {
  if (await isBranchName(branch, { folder: cwd, env, signal })) return [];
  return [{ code: 'invalid-value', message: `git takes no branch called ${JSON.stringify(branch)}` }];
}

function checkAll(
  services: readonly ListedService[],
  { jobs }: FleetRequest,
  note: Note,
  context: Context,
): Promise<readonly ServiceReport[]> {
  return inParallel(services, jobs, async (service) => {
    const report = await checkService(service, context);
    note([report]);
    return report;
  });
}

/** Services of one repository are updated one after the other; the reports are in the order of the list. */
async function updateAll(
  services: readonly ListedService[],
  { jobs, update }: FleetRequest,
  note: Note,
  context: Context,
): Promise<readonly ServiceReport[]> {
  const { repositories, failed } = await findRepositories(services, context);
  note([...failed.values()]);
  const reports = new Map(failed);
  await inParallel(repositories, jobs, async (repository) => {
    const updated = await updateRepository(repository, update, context);
    note(updated);
    for (const [index, report] of updated.entries()) reports.set(repository.services[index]?.folder ?? '', report);
  });
  return services.map(({ service, folder }) => reports.get(folder) ?? failedReport(service, EXIT.cancelled, []));
}

function printed(report: FleetReport, { format }: FleetRequest, { terminal }: Context): CommandResult {
  const exitCode = worstOf(report.services);
  const json = { ok: exitCode === EXIT.done, exitCode, ...report };
  const text = {
    text: () => fleetText(report, terminal),
    json: () => '',
    sarif: () => JSON.stringify(fleetSarif(report), null, 2),
    html: () => fleetPage(report),
  }[format]();
  if (format !== 'text') terminal.note(`  ${fleetSummary(report)}`);
  return { exitCode, text, json };
}
