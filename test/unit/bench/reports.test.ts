import { describe, expect, test } from 'vitest';
import { benchModule } from './modules.ts';

const service = { ...(await benchModule('service/results.mjs')), ...(await benchModule('service/report.mjs')) };
const build = await benchModule('build/report.mjs');
const { parseTimings } = await benchModule('build/timings.mjs');

describe('the report of services', () => {
  const program = (id: string, framework: string) => ({ id, label: id, framework, basis: {} });
  const programs = [program('bare-hyper', 'hyper'), program('bare-axum', 'axum'), program('ours-axum-none', 'axum')];
  const cost: Record<string, number> = { 'bare-hyper': 4, 'bare-axum': 5, 'ours-axum-none': 6 };
  const run = {
    valuesOf: ({ program, round }: { program: string; round: number }) => {
      const cpuPerRequest = (cost[program] ?? 0) * round;
      return { perSecond: 1e6 / cpuPerRequest, p50: 500, p99: 2000, cpuPerRequest, memory: 2 ** 23 };
    },
  };
  const results = service.resultsOf(programs, 3, run);

  test('compares each program with hyper, and with its framework, in the same round', () => {
    const { throughputToHyper, cpuToBare, cpuPerRequest } = results['/health']['ours-axum-none'];
    expect(throughputToHyper.median).toBeCloseTo(4 / 6);
    expect(cpuToBare).toEqual({ median: 1.2, least: 1.2, greatest: 1.2 });
    expect(cpuPerRequest).toEqual({ median: 12, least: 6, greatest: 18 });
  });

  test('has a line for each program and route', () => {
    const settings = { rounds: 3, seconds: 5, connections: 64, rows: 1000 };
    const lines: string[] = service.linesOf(results, programs, settings);
    const ours = lines.filter((line) => line.startsWith('ours-axum-none'));
    expect(ours).toHaveLength(3);
    expect(ours[0]).toMatch(/83,333\s+0\.67 \(0\.67-0\.67\)\s+0\.50 ms\s+2\.00 ms\s+12\.0 µs\s+1\.20 .*8\.0 MiB$/);
  });

  test('leaves a ratio out without the program that it refers to', () => {
    const alone = service.resultsOf(programs.slice(2), 3, run);
    expect(alone['/health']['ours-axum-none'].throughputToHyper).toBeNull();
  });
});

describe('the report of builds', () => {
  const cold: Record<string, readonly ({ firstResponse: number } | null)[]> = {
    ours: [{ firstResponse: 40_000 }, { firstResponse: 45_000 }],
    tutorial: [{ firstResponse: 50_000 }, null],
    gerust: [null, null],
  };
  const ids = Object.keys(cold);
  const results = build.resultsOf(ids, (id: string, phase: string) => (phase === 'cold' ? cold[id] : [null, null]));

  test('compares ours with the tutorial in rounds that both have', () => {
    expect(results[0].oursToTutorial).toEqual({ median: 0.8, least: 0.8, greatest: 0.8 });
    expect(results[1].oursToTutorial).toBeNull();
  });

  test('says why a project has no figures, and which crates take longest', () => {
    const crates = { ours: [{ name: 'libsqlite3-sys', seconds: 30.04 }] };
    const lines: string[] = build.linesOf(results, ids, { unavailable: { gerust: 'no PostgreSQL' }, crates });
    expect(lines[1]).toMatch(/nothing downloaded\s+42\.5 s\s+50\.0 s\s+-\s+0\.80 \(0\.80-0\.80\)$/);
    expect(lines).toContain('gerust: no PostgreSQL');
    expect(lines).toContain('longest crates of ours: libsqlite3-sys 30.0 s');
  });
});

test('the times of a crate and its build script are added', () => {
  const unit = (name: string, duration: number) => ({ i: 0, name, duration, target: '' });
  const data = [unit('sqlx', 2), unit('libsqlite3-sys', 1), unit('libsqlite3-sys', 30)];
  const report = `<script>\nconst UNIT_DATA = ${JSON.stringify(data, null, 2)};\nconst OTHER = [];\n</script>`;
  expect(parseTimings(report)).toEqual([
    { name: 'libsqlite3-sys', seconds: 31 },
    { name: 'sqlx', seconds: 2 },
  ]);
});
