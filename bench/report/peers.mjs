// The part of docs/benchmarks.md about other languages and frameworks, from the run of `bench:peers`.
import { compare, figure, latencyPercentiles, measuredServices } from '../peers/results.mjs';
import { SERVICES } from '../peers/services.mjs';
import { BARE } from './bare.mjs';
import { barChart, rangeChart } from './chart.mjs';
import { claimsTable } from './claims.mjs';
import { duration, markdownTable, megabytes, number, paragraph, part, percent, ratio } from './format.mjs';

const OURS = 'ours-axum';
const GO = ['go-net-http', 'go-chi', 'go-gin'];
const FRAMEWORKS = ['axum', 'actix-web', 'poem', 'loco'];
// A service that responds to less than this share of a fixed rate is saturated: its latency is that of a growing queue.
const KEPT_UP = 0.95;
const PERCENTILES = [0.5, 0.99, 0.999];

/** The section as Markdown, and its charts by name. */
export function peersSection(run) {
  const services = measuredServices(run);
  const { settings } = run;
  const { works } = settings;
  const ofWork = (key) => (work) => (values) => values.works[work][key];
  const inAll = (figureOf, textOf) => ({ services, works, figureOf, textOf });
  const throughput = inAll(ofWork('perSecond'), number);
  const cpu = inAll(ofWork('cpuPerRequest'), duration);
  const requestsAt = (rate) => number(rate * settings.seconds * settings.rounds);
  const rates = works.map(({ label, rate }) => `${label} ${number(rate)}/s (${requestsAt(rate)} requests)`).join(', ');
  const parts = [
    part(
      '## Beside other languages and frameworks',
      paragraph(`The same service on the same PostgreSQL: a small JSON response, a posted body that fails validation,
        one row by its key, a page of 20 rows with their total, and an insert. Each is written as the guide of its
        framework recommends for production, with one process for each core where that is customary, the usual driver,
        and ${settings.poolSize} database connections in all. The services in other languages log no requests; ours
        with the default middleware do, except those for \`/health\`, which is the small response.
        PostgreSQL runs with fsync off, so an insert does not wait for the disk. The load generator and the database run
        on the same cores: throughput is what they leave for the service, and CPU time per request is the service's
        own.`),
      paragraph(`${BARE} Those on a framework alone need not say which field of a body is invalid; all others do.`),
    ),
    part(
      '### Ours as a ratio to others',
      paragraph(`Throughput of the default service on Axum; above 1, ours is faster. Of ${settings.rounds} rounds the
        median, the least and the greatest.`),
      ratioTable(services, works, ofWork('perSecond'), Math.max),
      'CPU time per request; below 1, ours needs less.',
      ratioTable(services, works, ofWork('cpuPerRequest'), Math.min),
    ),
    part('Throughput of each default service as a ratio to its framework alone:', bareTable(services, works)),
    part(
      '### Published figures',
      paragraph(`Articles repeat these figures without a machine, a version or a command. Here they stand beside the
        small JSON response, as ratios to raw hyper; one holds if it is off by at most a quarter.`),
      claimsTable(services, works[0].id),
    ),
    part(
      '### Throughput',
      `Requests per second over ${settings.connections} connections.`,
      '![Requests per second](benchmarks/throughput.svg)',
      columnsTable(throughput),
    ),
    part(
      '### Latency',
      paragraph(`At a fixed rate of requests for ${settings.seconds} s a round, whether or not the service keeps up:
        ${rates}.
        The dots in the chart and the figures in the table are the median, the 99th and the 99.9th percentile of the
        requests of all rounds together; above the last are only a thousandth of them. A latency counts from the moment
        when a request was due, so it includes what the load generator was late.`),
      '![Latency at a fixed rate](benchmarks/latency.svg)',
      latencyTable(services, works),
    ),
    part('### CPU time per request', '![CPU time per request](benchmarks/cpu.svg)', columnsTable(cpu)),
    part(
      '### What limits throughput',
      paragraph(`Shares of the time of all cores at the highest throughput: the service / PostgreSQL / the load
        generator and the rest of the system. What is missing from 100 % is idle.`),
      limitsTable(services, works, run.machine.cores),
    ),
    part(
      '### Memory, start and size',
      paragraph(`Memory two seconds after the start and at its peak under load, with what processes share counted once;
        time from the start of the process to the first response to \`GET /health\`; what is deployed, without and with
        the runtime that it needs. Before that response, services in Rust, in Go and on FastAPI connect to the database;
        Fastify and Spring Boot connect at the first query. Of several processes, the first that responds counts. No
        limit of memory is set, so the JVM lets its heap grow to a quarter of the machine's.`),
      '![Memory, start and size](benchmarks/footprint.svg)',
      footprintTable(services),
    ),
  ];
  const missing = SERVICES.filter(({ id }) => id in run.unavailable).map(({ label }) => label);
  if (missing.length > 0) parts.push(paragraph(`Not measured, since it failed: ${missing.join('; ')}.`));
  const charts = {
    throughput: columnsChart('Requests per second', throughput),
    cpu: columnsChart('CPU time of the service per request', cpu),
    latency: latencyChart(services, works),
    footprint: footprintChart(services),
  };
  return { markdown: parts.filter(Boolean).join('\n\n'), charts };
}

/** Ratios of ours to the others, and to Go's `best` in each work: with the least or the greatest figure. */
function ratioTable(services, works, figureOf, best) {
  const byId = new Map(services.map((service) => [service.id, service]));
  const ours = byId.get(OURS);
  if (ours === undefined) return '';
  const others = services.filter(({ id }) => !id.startsWith('ours-'));
  const rows = others.map((other) => [
    other.label,
    ...works.map(({ id }) => ratio(compare(ours, other, figureOf(id)))),
  ]);
  const go = services.filter(({ id }) => GO.includes(id));
  if (go.length > 0) {
    const bestIn = (id) => {
      const medians = go.map((service) => figure(service, figureOf(id)).median);
      return go[medians.indexOf(best(...medians))];
    };
    rows.push(["Go's best", ...works.map(({ id }) => ratio(compare(ours, bestIn(id), figureOf(id))))]);
  }
  return markdownTable(['Ours to', ...works.map(({ label }) => label)], rows);
}

function bareTable(services, works) {
  const find = (id) => services.find((service) => service.id === id);
  const rows = FRAMEWORKS.filter((id) => find(`ours-${id}`) && find(`bare-${id}`)).map((id) => [
    find(`ours-${id}`).label,
    ...works.map((work) =>
      ratio(compare(find(`ours-${id}`), find(`bare-${id}`), (values) => values.works[work.id].perSecond)),
    ),
  ]);
  return markdownTable(['Service', ...works.map(({ label }) => label)], rows);
}

function columnsTable({ services, works, figureOf, textOf }) {
  const rows = services.map((service) => [
    service.label,
    ...works.map(({ id }) => textOf(figure(service, figureOf(id)).median)),
  ]);
  return markdownTable(['Service', ...works.map(({ label }) => label)], rows);
}

function columnsChart(title, { services, works, figureOf, textOf }) {
  const panels = works.map(({ id, label }) => ({
    heading: label,
    cells: services.map((service) => bar(figure(service, figureOf(id)), textOf)),
  }));
  return barChart(title, rowsOf(services), panels);
}

/** The percentiles of a service at the fixed rate of a work; `null` if it did not keep up. */
function latencyOf(service, work) {
  const responded = figure(service, (values) => values.works[work.id].atRate.perSecond);
  if (responded.median < KEPT_UP * work.rate) return null;
  return latencyPercentiles(service, work.id, PERCENTILES);
}

function latencyTable(services, works) {
  const cell = (service, work) => latencyOf(service, work)?.map(duration).join(' / ') ?? 'saturated';
  const rows = services.map((service) => [service.label, ...works.map((work) => cell(service, work))]);
  return markdownTable(['Service', ...works.map(({ label }) => label)], rows);
}

function latencyChart(services, works) {
  const cell = (service, work) => {
    const values = latencyOf(service, work);
    return values && { values };
  };
  const panels = works.map((work) => ({ heading: work.label, cells: services.map((service) => cell(service, work)) }));
  return rangeChart('Latency at a fixed rate: median, 99 % and 99.9 %', rowsOf(services), panels, duration);
}

function limitsTable(services, works, cores) {
  const cell = (service, work) => {
    const share = (key) =>
      figure(service, ({ works: { [work.id]: values } }) => (values[key] * values.perSecond) / 1_000_000 / cores)
        .median;
    const [own, database] = [share('cpuPerRequest'), share('databaseCpuPerRequest')];
    const busy = figure(service, (values) => values.works[work.id].busy).median;
    return [own, database, Math.max(0, busy - own - database)].map(percent).join(' / ');
  };
  const rows = services.map((service) => [service.label, ...works.map((work) => cell(service, work))]);
  return markdownTable(['Service', ...works.map(({ label }) => label)], rows);
}

const FOOTPRINT = [
  { heading: 'memory at rest', figureOf: ({ memory }) => memory.atRest, textOf: megabytes },
  { heading: 'memory at its peak', figureOf: ({ memory }) => memory.peak, textOf: megabytes },
  { heading: 'first response', figureOf: ({ startupMs }) => startupMs * 1000, textOf: duration },
  { heading: 'deployed', figureOf: ({ size }) => size.service, textOf: megabytes },
  { heading: 'with its runtime', figureOf: ({ size }) => size.service + size.runtime, textOf: megabytes },
];

function footprintTable(services) {
  const cell = (service, { figureOf, textOf }) => textOf(figure(service, figureOf).median);
  const rows = services.map((service) => [service.label, ...FOOTPRINT.map((each) => cell(service, each))]);
  return markdownTable(['Service', ...FOOTPRINT.map(({ heading }) => heading)], rows);
}

function footprintChart(services) {
  const panels = FOOTPRINT.map(({ heading, figureOf, textOf }) => ({
    heading,
    cells: services.map((service) => bar(figure(service, figureOf), textOf)),
  }));
  return barChart('Memory, time to the first response, and size', rowsOf(services), panels);
}

function bar({ median, least, greatest }, textOf) {
  return { value: median, least, greatest, text: textOf(median) };
}

function rowsOf(services) {
  return services.map(({ id, label }) => ({ label, isOurs: id.startsWith('ours-') }));
}
