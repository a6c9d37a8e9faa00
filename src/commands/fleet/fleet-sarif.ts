import type { FleetReport, ServiceReport } from '../../model/fleet.ts';
import { LOCK_FILE } from '../../model/project-record.ts';
import { onOneLine } from '../../ui/fleet-text.ts';
import { RULES } from '../check/find-drift.ts';
import { type Reported, sarifOf } from '../check/sarif.ts';

/** The rule of problems, which are not findings. */
const UNSUCCESSFUL = 'unsuccessful-service';

/** A report in SARIF 2.1.0; paths start from the folders of the services as they were given. */
export function fleetSarif({ services, createApi }: FleetReport): object {
  const projects = services.map((report) => ({ folder: report.service, findings: reportedIn(report) }));
  const rules = { ...RULES, [UNSUCCESSFUL]: 'A service could not be checked or updated' };
  return sarifOf(projects, createApi, rules);
}

function reportedIn({ findings, problems }: ServiceReport): readonly Reported[] {
  return [
    ...findings.map(({ message, hint, waiver, ...finding }) => ({
      ...{ ...finding, message: onOneLine(message), hint: onOneLine(hint) },
      ...(waiver && { waiver: { ...waiver, reason: onOneLine(waiver.reason), expires: onOneLine(waiver.expires) } }),
    })),
    ...problems.map(({ message, paths, lines, hint }) => ({
      rule: UNSUCCESSFUL,
      path: paths?.[0] ?? LOCK_FILE,
      ...(lines?.[0] !== undefined && { line: lines[0] }),
      message: onOneLine(message),
      ...(hint !== undefined && { hint: onOneLine(hint) }),
    })),
  ];
}
