import { resolve } from 'node:path';
import { EXIT, ExpectedError, type Problem } from '../../model/errors.ts';
import { type FleetAction, type FleetReport, failedReport } from '../../model/fleet.ts';
import { FLEET_REPORT } from '../../model/fleet-schema.ts';
import { readReportFile } from '../../project/service-list.ts';

/**
 * Collects the reports of shards into one, in the order of the list. A shard without a report is a failure in it. Throws an `ExpectedError`
 * if files are not such reports, or do not belong together.
 */
export function mergeReports(files: readonly string[], action: FleetAction, cwd: string): FleetReport {
  const problems: Problem[] = [];
  const reports: FleetReport[] = [];
  for (const file of files) {
    const read = readReportFile(resolve(cwd, file));
    const parsed = 'json' in read ? FLEET_REPORT.safeParse(read.json) : null;
    const reason = 'reason' in read ? read.reason : reasonAgainst(parsed?.data, reports, action);
    if (reason !== null) problems.push({ code: 'invalid-report', message: `${file}: ${reason}` });
    else if (parsed?.data) reports.push(parsed.data);
  }
  const [first] = reports;
  if (problems.length > 0 || first === undefined) throw new ExpectedError(EXIT.usage, problems);
  const { shard } = first;
  if (shard === null) return first;
  const byIndex = new Map(reports.map((report) => [report.shard?.index, report]));
  const shards = Array.from({ length: shard.of }, (_, index) => byIndex.get(index + 1));
  // Shards take turns in taking services from the list.
  const longest = Math.max(...reports.map(({ services }) => services.length));
  const services = Array.from({ length: longest }, (_, turn) =>
    shards.flatMap((report) => report?.services.slice(turn, turn + 1) ?? []),
  ).flat();
  const missing = shards.flatMap((report, index) => (report === undefined ? [withoutReport(index + 1, shard.of)] : []));
  return { ...first, shard: null, services: [...services, ...missing] };
}

/** Why a document is no report, or not one of those that were read; `null` if it is. */
function reasonAgainst(
  report: FleetReport | undefined,
  reports: readonly FleetReport[],
  action: FleetAction,
): string | null {
  if (report === undefined) return 'it is not what fleet prints with --json';
  if (report.action !== action) return `it is a report of fleet ${report.action}`;
  const [first] = reports;
  if (first === undefined) return null;
  const { shard, createApi, dryRun } = report;
  if (createApi !== first.createApi) return `it is a report of create-api ${createApi}, others of ${first.createApi}`;
  if (shard === null || shard.of !== first.shard?.of || dryRun !== first.dryRun) return 'it is a report of another run';
  const isRepeated = reports.some((each) => each.shard?.index === shard.index);
  return isRepeated ? `there is another report of the shard ${shard.index}/${shard.of}` : null;
}

function withoutReport(index: number, of: number) {
  const message = 'there is no report, so nothing is known of its services';
  return failedReport(`shard ${index}/${of}`, EXIT.failed, [{ code: 'missing-report', message }]);
}
