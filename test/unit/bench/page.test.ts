import { describe, expect, test } from 'vitest';
import { benchModule } from './modules.ts';

const { benchmarksPage } = await benchModule('report/page.mjs');
const { claimsTable } = await benchModule('report/claims.mjs');
const { barChart, rangeChart } = await benchModule('report/chart.mjs');
const { duration, linesOf, megabytes, number, part } = await benchModule('report/format.mjs');

const works = [
  { id: 'health', label: 'small JSON', rate: 1000 },
  { id: 'row', label: 'one row', rate: 500 },
];

const settings = { connections: 100, poolSize: 10, seconds: 2, works };

/** The measurement of a service: requests per second at most, and those responded to at the fixed rate. */
function measured(service: string, perSecond: number, atRate = 1000) {
  const figures = { requests: 1, perSecond, cpuPerRequest: 1e6 / perSecond, databaseCpuPerRequest: 0, busy: 1 };
  const latency = { perSecond: atRate, latencies: '50 150 40000' };
  const values = {
    size: { service: 12_000_000, runtime: 0 },
    versions: { go: 'go version go1.26 linux/amd64' },
    startupMs: 12,
    memory: { atRest: 5_000_000, peak: 9_000_000 },
    works: { health: { ...figures, atRate: latency }, row: { ...figures, atRate: latency } },
  };
  return { identity: { service, round: 1 }, basis: { digest: service, ...settings }, values };
}

const peers = (...measurements: unknown[]) => ({
  command: 'npm run bench:peers',
  machine: { processor: 'a processor', cores: 2, gigabytes: 8, system: 'linux' },
  versions: { wrk: 'wrk 4.1.0 [epoll] Copyright (C) 2012 Will Glozer' },
  settings: { rounds: 1, ...settings },
  unavailable: {},
  measurements,
});

describe('the page', () => {
  const services = [measured('ours-axum', 9000), measured('bare-hyper', 10_000), measured('go-chi', 6000)];
  const { text, charts } = benchmarksPage({ peers: peers(...services, measured('fastapi', 900, 400)) });

  test('compares ours with each of the others, and with the best in Go', () => {
    expect(text).toContain('| Rust, hyper | 0.90 (0.90–0.90) |');
    expect(text).toContain('| Go, Chi | 1.50 (1.50–1.50) |');
    expect(text).toContain("| Go's best | 1.50 (1.50–1.50) |");
  });

  test('has no latency of a service that does not keep up', () => {
    expect(text).toContain('| Go, Chi | 150 µs / 40 ms / 40 ms |');
    expect(text).toContain('| Python, FastAPI | saturated |');
  });

  test('says how many requests latencies rest on', () => {
    expect(text).toContain('small JSON 1,000/s (2,000 requests)');
  });

  test('has versions and charts', () => {
    expect(text).toContain('- wrk: 4.1.0 [epoll]\n- go: go1.26 linux/amd64\n');
    const names = [...text.matchAll(/benchmarks\/(\w+)\.svg/g)].map(([, name]) => name);
    expect(Object.keys(charts).sort()).toEqual(names.sort());
  });

  test('leaves out what was not measured', () => {
    const { text } = benchmarksPage({ peers: peers(measured('go-gin', 6000)) });
    expect(text).not.toContain('Go, Chi');
    expect(text).not.toContain('### Published figures');
    expect(text).not.toContain('### Ours as a ratio to others');
    expect(text).not.toContain('undefined');
  });

  test('has no figures of a service that failed', () => {
    const run = peers(measured('go-gin', 6000), measured('go-chi', 5000));
    const { text } = benchmarksPage({ peers: { ...run, unavailable: { 'go-chi': 'it does not build' } } });
    expect(text).toContain('Not measured, since it failed: Go, Chi.');
    expect(text).not.toContain('| Go, Chi |');
  });
});

describe('the page of other runs', () => {
  const header = { command: 'a command', machine: {}, versions: {}, measurements: [], unavailable: {} };

  test('has what a service costs', async () => {
    const { resultsOf } = await benchModule('service/results.mjs');
    const programs = [
      { id: 'bare-hyper', label: 'raw hyper', framework: 'hyper', basis: {} },
      { id: 'ours-axum-default', label: 'axum: ours, default', framework: 'axum', basis: {} },
    ];
    const valuesOf = () => ({ perSecond: 90_000, p50: 480, p99: 1900, cpuPerRequest: 4.25, memory: 8_000_000 });
    const settings = { rounds: 1, rows: 1000, connections: 64, seconds: 2 };
    const unavailable = { 'ours-loco-none': 'it does not build' };
    const service = { ...header, settings, programs, results: resultsOf(programs, 1, { valuesOf }), unavailable };
    const { text, charts } = benchmarksPage({ service });
    expect(text).toContain(
      '| axum: ours, default | 90,000 | 1.00 (1.00–1.00) | 480 µs | 1.9 ms | 4.25 µs | – | 8 MB |',
    );
    expect(charts.service).toContain('4.25 µs');
    expect(text).toContain('Not measured, since it failed: loco: ours, no middleware.');
  });

  test('has how long builds take, and what could not be built', async () => {
    const { resultsOf } = await benchModule('build/report.mjs');
    const times: Record<string, object> = { ours: { firstResponse: 40_000 }, tutorial: { firstResponse: 50_000 } };
    const unavailable = { gerust: 'no PostgreSQL', 'loco-new, test': 'failed' };
    const results = resultsOf(['ours', 'tutorial', 'gerust'], (id: string) => [times[id] ?? null]);
    const crates = {
      ours: [
        { name: 'libsqlite3-sys', seconds: 20 },
        { name: 'sqlx-macros', seconds: 2.5 },
      ],
    };
    const page = (rounds: number) =>
      benchmarksPage({ build: { ...header, results, crates, unavailable, settings: { rounds, changes: 5 } } }).text;
    const text = page(1);
    expect(text).toContain('One build each;');
    expect(page(2)).toContain('Medians of 2 builds,');
    expect(text).toContain('| first response, nothing downloaded | 40 s | 50 s | 0.80 (0.80–0.80) |');
    expect(text).toContain('Not measured, since it failed: gerust; loco new, test.');
    expect(text).toContain('- create-api: 2 crates, 22.5 s; libsqlite3-sys 20.0 s, sqlx-macros 2.5 s');
    expect(text).not.toContain('release build');
  });
});

test('a published ratio holds, or the page says by how much it does not', () => {
  const service = (id: string, perSecond: number) => ({ id, label: id, byRound: [measured(id, perSecond).values] });
  const services = [
    service('bare-hyper', 1000),
    service('bare-axum', 900),
    service('go-chi', 200),
    service('fastify', 424),
  ];
  const rows: string[] = claimsTable(services, 'health').split('\n').slice(2);
  expect(rows.map((row) => row.split(' | ').at(-1))).toEqual([
    'yes |',
    'no: 0.32 of the published ratio |',
    'no: 2.0 times the published ratio |',
  ]);
});

describe('charts', () => {
  const rows = [
    { label: 'ours & more', isOurs: true },
    { label: 'theirs', isOurs: false },
  ];

  test('have bars as long as their values are to the greatest', () => {
    const cells = [
      { value: 50, least: 40, greatest: 60, text: '50' },
      { value: 100, least: 90, greatest: 120, text: '100' },
    ];
    const svg: string = barChart('A title', rows, [{ heading: 'a panel', cells }]);
    const [ours, theirs] = [...svg.matchAll(/<rect class="bar[^>]* width="([\d.]+)"/g)].map(([, width]) =>
      Number(width),
    );
    expect(theirs).toBeCloseTo(2 * (ours ?? 0), 0);
    expect(svg).toContain('ours &amp; more');
  });

  test('have no bar for what is not measured', () => {
    const cells = [null, { value: 1, least: 1, greatest: 1, text: '1' }];
    const svg: string = barChart('A title', rows, [{ heading: 'a panel', cells }]);
    expect(svg.match(/class="bar/g)).toHaveLength(1);
  });

  test('have dots on a logarithmic scale', () => {
    const panels = [{ heading: 'a panel', cells: [{ values: [10, 100, 1000] }, null] }];
    const svg: string = rangeChart('A title', rows, panels, String);
    const [one = 0, two = 0, three = 0] = [...svg.matchAll(/cx="([\d.]+)"/g)].map(([, x]) => Number(x));
    expect(three - two).toBeCloseTo(two - one);
  });
});

test('figures have three digits and a unit', () => {
  expect([0.1234, 12.345, 123.4, 12_345].map(number)).toEqual(['0.123', '12.3', '123', '12,345']);
  expect([12.34, 1234, 2_500_000].map(duration)).toEqual(['12.3 µs', '1.23 ms', '2.5 s']);
  expect(megabytes(12_345_678)).toBe('12.3 MB');
});

test('a text is wrapped between words, and left out without its table', () => {
  expect(linesOf('first response, nothing downloaded', 22)).toEqual(['first response,', 'nothing downloaded']);
  expect(part('A text:', 'a table')).toBe('A text:\n\na table');
  expect(part('A text:', '')).toBe('');
});
