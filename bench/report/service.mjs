// The part of docs/benchmarks.md about what a generated service costs, from the run of `bench:service`.
import { PROGRAMS } from '../service/programs.mjs';
import { BARE } from './bare.mjs';
import { barChart } from './chart.mjs';
import { duration, markdownTable, megabytes, number, paragraph, ratio } from './format.mjs';

const HEADINGS = ['Requests/s', 'To raw hyper', 'p50', 'p99', 'CPU per request', 'CPU to bare', 'Memory'];

/** The section as Markdown, and its charts by name. */
export function serviceSection({ programs, results, settings, unavailable }) {
  const tables = Object.entries(results).map(([route, figures]) => {
    const rows = programs.map(({ id, label }) => [label, ...cellsOf(figures[id])]);
    return `${route}:\n\n${markdownTable(['Program', ...HEADINGS], rows)}`;
  });
  const missing = PROGRAMS.filter(({ id }) => id in unavailable).map(({ label }) => label);
  const markdown = [
    '## What a generated service costs beyond its framework',
    paragraph(`On SQLite with ${number(settings.rows)} rows, ${settings.connections} connections; medians of
      ${settings.rounds} rounds of ${settings.seconds} s. Ratios are of figures in the same round: throughput to raw
      hyper's, CPU time per request to that of the framework alone. p50 and p99 are at full load, where requests wait
      for each other. All are built with debug information, which the profile below needs; because of it, SQLite has frame
      pointers.`),
    paragraph(BARE),
    '![CPU time per request](benchmarks/service.svg)',
    ...tables,
    ...(missing.length > 0 ? [paragraph(`Not measured, since it failed: ${missing.join('; ')}.`)] : []),
  ];
  return { markdown: markdown.join('\n\n'), charts: { service: cpuChart(programs, results) } };
}

function cellsOf({ perSecond, throughputToHyper, p50, p99, cpuPerRequest, cpuToBare, memory }) {
  return [
    number(perSecond.median),
    ratio(throughputToHyper),
    duration(p50.median),
    duration(p99.median),
    duration(cpuPerRequest.median),
    ratio(cpuToBare),
    megabytes(memory.median),
  ];
}

function cpuChart(programs, results) {
  const rows = programs.map(({ id, label }) => ({ label, isOurs: id.startsWith('ours-') }));
  const panels = Object.entries(results).map(([route, figures]) => ({
    heading: route,
    cells: programs.map(({ id }) => {
      const { median, least, greatest } = figures[id].cpuPerRequest;
      return { value: median, least, greatest, text: duration(median) };
    }),
  }));
  return barChart('CPU time per request', rows, panels);
}
