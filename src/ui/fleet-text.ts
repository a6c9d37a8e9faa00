import type { FleetReport, ServiceReport, ServiceResult } from '../model/fleet.ts';
import { visible } from '../model/unprintable.ts';
import { breakPaths, labelled, placesText, truncate } from './layout.ts';
import type { Style } from './style.ts';
import type { Terminal } from './terminal.ts';

/** How many details of a service are shown; `--json` and `--html` have all of them. */
const SHOWN = 3;

/** What became of each service, on a line, with the first of the reasons, and a line about all. */
export function fleetText(report: FleetReport, { out: style, columns }: Pick<Terminal, 'out' | 'columns'>): string {
  const names = report.services.map(({ service }) => onOneLine(service));
  const width = Math.min(Math.max(0, ...names.map((name) => [...name].length)), Math.floor(columns / 2) - 6) + 2;
  const lines = report.services.flatMap((service, index) => [
    labelled(
      `  ${markOf(service, style)} ${truncate(names[index] ?? '', width - 2)}`,
      statusOf(service),
      width + 4,
      columns,
    ),
    ...shownDetails(service).map((text) => labelled('', style.dim(breakPaths(text, columns - 6)), 6, columns)),
  ]);
  return [...lines, ...(lines.length === 0 ? [] : ['']), `  ${fleetSummary(report)}`].join('\n');
}

function markOf({ exitCode, problems }: ServiceReport, style: Style): string {
  if (exitCode !== 0) return style.red('✖');
  return problems.length > 0 ? style.yellow('!') : style.green('✔');
}

function shownDetails(service: ServiceReport): readonly string[] {
  const details = detailsOf(service).map(({ text }) => text);
  const others = details.length - SHOWN;
  return others <= 1 ? details : [...details.slice(0, SHOWN), `and ${others} more`];
}

/** What became of a service, in a few words. */
export function statusOf({ result, findings, from, branch, commit, files }: ServiceReport): string {
  const count = (number: number, what: string) => `${number} ${what}${number === 1 ? '' : 's'}`;
  const start = from === undefined ? '' : `, from ${from}`;
  switch (result) {
    case 'updated':
      return onOneLine(`updated: ${count(files ?? 0, 'file')}, ${commit?.slice(0, 9)} on ${branch}${start}`);
    case 'would-update':
      return onOneLine(`would change ${count(files ?? 0, 'file')}${start}`);
    case 'up-to-date':
      return onOneLine(`up to date${branch === undefined ? '' : ` on ${branch}`}${start}`);
    case 'drift':
    case 'policy':
      return `${result}: ${count(findings.filter(({ isWaived }) => !isWaived).length, 'finding')}`;
    default:
      return wordFor(result);
  }
}

function wordFor(result: ServiceResult): string {
  return result === 'usage' ? 'not usable' : result.replaceAll('-', ' ');
}

/** Everything that a person should know of a service, with what to do about it. */
export function detailsOf({ findings, problems }: ServiceReport): readonly { text: string; hint: string }[] {
  return [
    ...findings.map(({ message, hint, waiver, isWaived }) => ({
      text: onOneLine(isWaived ? `waived until ${waiver?.expires} (${waiver?.reason}): ${message}` : message),
      hint: onOneLine(hint),
    })),
    ...problems.map(({ message, paths = [], lines, hint = '' }) => {
      const places = paths.length === 1 ? placesText(paths[0] ?? '', lines) : paths.join(', ');
      return { text: onOneLine(places === '' ? message : `${places}: ${message}`), hint: onOneLine(hint) };
    }),
  ];
}

/** How many services there are of each result. */
export function fleetSummary({ services }: FleetReport): string {
  const counts = new Map<ServiceResult, number>();
  for (const { result } of services) counts.set(result, (counts.get(result) ?? 0) + 1);
  const parts = [...counts].map(([result, count]) => `${count} ${wordFor(result)}`);
  return [`${services.length} service${services.length === 1 ? '' : 's'}`, parts.join(', ')].filter(Boolean).join(': ');
}

/** A text that came from elsewhere, without anything that a terminal obeys. */
export function onOneLine(text: string): string {
  return visible(text.replace(/\s+/g, ' '));
}
