// The results of `bench:service` as text.
import { table } from '../lib/table.mjs';

const HEADINGS = ['requests/s', 'to hyper', 'p50', 'p99', 'CPU/request', 'to bare', 'memory'];

/** A table for each route: medians over the rounds, and ratios with their least and greatest. */
export function linesOf(results, programs, { rounds, seconds, connections, rows }) {
  const tables = Object.entries(results).flatMap(([route, figures]) => {
    const body = programs.map(({ id, label }) => [label, ...cellsOf(figures[id])]);
    return ['', ...table([[route, ...HEADINGS], ...body])];
  });
  return [
    `medians of ${rounds} rounds of ${seconds} s with ${connections} connections; ${rows} rows in SQLite`,
    'ratios, with their least and greatest, are those within a round',
    ...tables,
    '',
    'loco: bare has the middleware that Loco enables by default.',
  ];
}

function cellsOf({ perSecond, throughputToHyper, p50, p99, cpuPerRequest, cpuToBare, memory }) {
  return [
    Math.round(perSecond.median).toLocaleString('en'),
    ratio(throughputToHyper),
    `${(p50.median / 1000).toFixed(2)} ms`,
    `${(p99.median / 1000).toFixed(2)} ms`,
    `${cpuPerRequest.median.toFixed(1)} µs`,
    ratio(cpuToBare),
    `${(memory.median / 2 ** 20).toFixed(1)} MiB`,
  ];
}

function ratio(summary) {
  if (summary === null) return '-';
  return `${summary.median.toFixed(2)} (${summary.least.toFixed(2)}-${summary.greatest.toFixed(2)})`;
}
