import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { fleetSarif } from '../../../src/commands/fleet/fleet-sarif.ts';
import { inParallel } from '../../../src/commands/fleet/in-parallel.ts';
import { mergeReports } from '../../../src/commands/fleet/merge-reports.ts';
import { EXIT } from '../../../src/model/errors.ts';
import { type FleetReport, failedReport, resultOf, type ServiceReport, worstOf } from '../../../src/model/fleet.ts';
import { fleetPage } from '../../../src/ui/fleet-page.ts';
import { fleetText } from '../../../src/ui/fleet-text.ts';
import { widthOf } from '../../../src/ui/layout.ts';
import { createStyle } from '../../../src/ui/style.ts';

const ok = (service: string): ServiceReport => ({ service, exitCode: 0, result: 'ok', findings: [], problems: [] });
const drift = (service: string, count: number): ServiceReport => ({
  ...{ service, exitCode: EXIT.drift, result: 'drift', problems: [] },
  findings: Array.from({ length: count }, (_, index) => ({
    ...{ rule: 'edited-file', path: `file-${index}.toml`, line: 3 },
    message: `file-${index}.toml:3 was edited`,
    hint: 'undo the edit',
  })),
});
const report = (services: readonly ServiceReport[], more: Partial<FleetReport> = {}): FleetReport => ({
  ...{ action: 'check', createApi: '1.2.3', date: '2027-01-31', dryRun: false, shard: null, services },
  ...more,
});
const plain = { out: createStyle(false), columns: 60 };

test('the exit code of a run is the worst one: what is unknown, then what a person decides, then drift', () => {
  const codes = [130, 1, 5, 2, 4, 3, 6, 0] as const;
  for (const [index, exitCode] of codes.entries()) {
    const worse = codes.slice(index).map((each) => ({ exitCode: each }));
    expect(worstOf(worse.toReversed())).toBe(exitCode);
  }
  expect(worstOf([])).toBe(0);
});

test('work is done for at most so many items at a time, and its results are in order', async () => {
  let running = 0;
  let most = 0;
  const results = await inParallel([5, 1, 4, 2, 3], 2, async (item) => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, item));
    running--;
    return item * 10;
  });
  expect(results).toEqual([50, 10, 40, 20, 30]);
  expect(most).toBe(2);
});

test('the table has a line for each service, with the first reasons, and fits a narrow terminal', () => {
  const services = [ok('pay'), drift('a/very/long/path/of/a/service/that/fits/nowhere', 5), drift('x', 1)];
  const lines = fleetText(report(services), plain).split('\n');
  expect(lines.map((line) => line.trimEnd())).toEqual([
    '  ✔ pay                       ok',
    '  ✖ a/very/long/path/of/a/s…  drift: 5 findings',
    '      file-0.toml:3 was edited',
    '      file-1.toml:3 was edited',
    '      file-2.toml:3 was edited',
    '      and 2 more',
    '  ✖ x                         drift: 1 finding',
    '      file-0.toml:3 was edited',
    '',
    '  3 services: 1 ok, 2 drift',
  ]);
  expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(60);
});

describe('hostile texts', () => {
  const EVIL = '\u001b]0;x\u0007\u009b31m\u202e</td><script>alert(1)</script>"\'&';
  const evil: ServiceReport = {
    ...{ service: EVIL, exitCode: EXIT.conflict, result: 'conflict' },
    findings: [
      {
        ...{ rule: 'policy', path: EVIL, message: EVIL, hint: EVIL, isWaived: true },
        waiver: { reason: EVIL, expires: EVIL, isExpired: false },
      },
    ],
    problems: [{ code: 'conflict', message: EVIL, paths: [EVIL], lines: [1], hint: EVIL }],
  };
  const updated: ServiceReport = { ...ok(EVIL), result: 'updated', branch: EVIL, commit: EVIL, files: 1 };
  const services = [evil, updated];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be printed
  const ACTIVE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/;

  test('do nothing in a terminal', () => {
    const text = fleetText(report(services), plain);
    expect(text).not.toMatch(ACTIVE);
    expect(text).toContain('\\u001b]0;x');
  });

  test('are texts in the page, which needs nothing from elsewhere', () => {
    const page = fleetPage(report(services, { date: EVIL, createApi: EVIL }));
    expect(page).not.toMatch(ACTIVE);
    expect(page.match(/<script>/g)).toHaveLength(1);
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;');
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/https?:|\bsrc=|\bhref=|url\(|@import/);
    expect(page.match(/<tr>/g)).toHaveLength(3);
    expect(page.match(/<td/g)).toHaveLength(6);
  });

  test('are texts in SARIF, and URIs in its places', () => {
    const sarif = JSON.stringify(fleetSarif(report(services)));
    expect(sarif).not.toMatch(ACTIVE);
    const [run] = (fleetSarif(report(services)) as { runs: { results: object[] }[] }).runs;
    expect(run?.results).toMatchObject([{}, { ruleId: 'unsuccessful-service' }]);
    for (const uri of sarif.matchAll(/"uri":"([^"]*)"/g)) expect(uri[1]).toMatch(/^[\w%.!~*'()/-]+$/);
  });
});

test("the page's table is sorted by a column, and the other way round the next time", () => {
  const page = fleetPage(report([drift('service-10', 2), ok('service-9'), drift('service-1', 10)]));
  const rows = [...page.matchAll(/<tr><td>(.*?)<\/td><td[^>]*>(.*?)<\/td><td data-sort="(\d+)">/g)].map(
    ([, name, result, count]) => ({
      name,
      cells: [
        { textContent: name, dataset: {} },
        { textContent: result, dataset: {} },
        { textContent: '', dataset: { sort: count } },
      ],
    }),
  );
  const body = { rows, append: (...sorted: typeof rows) => void rows.splice(0, rows.length, ...sorted) };
  const head = { cells: [] as object[] };
  const buttons = [0, 1, 2].map((cellIndex) => {
    const cell: Record<string, unknown> = { cellIndex, parentNode: head };
    cell['removeAttribute'] = () => delete cell['ariaSort'];
    head.cells.push(cell);
    return { parentNode: cell, onclick: () => {} };
  });
  const [, script = ''] = /<script>([\s\S]*)<\/script>/.exec(page) ?? [];
  new Function('document', script)({ querySelectorAll: () => buttons, querySelector: () => body });
  const click = (column: number) => {
    buttons[column]?.onclick();
    return rows.map(({ name }) => name);
  };
  expect(click(0)).toEqual(['service-1', 'service-9', 'service-10']);
  expect(click(0)).toEqual(['service-10', 'service-9', 'service-1']);
  expect(click(2)).toEqual(['service-9', 'service-10', 'service-1']);
  expect(head.cells).toMatchObject([{}, {}, { ariaSort: 'ascending' }]);
  expect(head.cells[0]).not.toHaveProperty('ariaSort');
});

test('SARIF has the findings of all services, with paths from where the services are', () => {
  const sarif = fleetSarif(
    report([ok('a'), drift('services/b c', 1), failedReport('d', 1, [{ code: 'x', message: 'm' }])]),
  );
  expect(sarif).toMatchObject({
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'create-api', semanticVersion: '1.2.3' } },
        results: [
          {
            ruleId: 'edited-file',
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: 'services/b%20c/file-0.toml' },
                  region: { startLine: 3 },
                },
              },
            ],
          },
          { ruleId: 'unsuccessful-service', message: { text: 'm' } },
        ],
      },
    ],
  });
});

const FINDING = { rule: 'policy', path: 'a', message: 'm', hint: 'h' };

describe('merging', () => {
  const cwd = mkdtempSync(join(tmpdir(), 'create-api-test-'));
  afterAll(() => rmSync(cwd, { recursive: true, force: true }));
  const write = (name: string, content: unknown) => {
    writeFileSync(join(cwd, name), typeof content === 'string' ? content : JSON.stringify(content));
    return name;
  };
  const part = (index: number, of: number, ...names: readonly string[]) =>
    write(`${index}-${of}.json`, report(names.map(ok), { shard: { index, of } }));
  const problemsOf = (...files: readonly string[]) => {
    try {
      mergeReports(files, 'check', cwd);
    } catch (error) {
      return (error as { problems: { message: string }[] }).problems.map(({ message }) => message);
    }
    throw new Error('the reports were merged');
  };

  test('reports of all parts is the report of the whole list, in its order', () => {
    const files = [part(2, 3, 'b', 'e'), part(3, 3, 'c'), part(1, 3, 'a', 'd', 'f')];
    expect(mergeReports(files, 'check', cwd)).toEqual(report(['a', 'b', 'c', 'd', 'e', 'f'].map(ok)));
  });

  test('keeps all that a report says', () => {
    const problem = { code: 'conflict', message: 'm', paths: ['a'], lines: [1], allowed: 'b', hint: 'c' };
    const ofPack = { code: 'unknown-key', message: 'm', file: 'acme:pack.json', key: 'nmae' };
    const broken = {
      rule: 'policy',
      path: 'Cargo.toml',
      message: 'm',
      hint: 'h',
      policy: { rule: 'lock', by: 'p.json' },
    };
    const services = [
      drift('x', 2),
      failedReport('y', EXIT.conflict, [problem, ofPack]),
      { ...drift('z', 0), findings: [broken] },
    ];
    expect(mergeReports([write('all.json', { ok: false, ...report(services) })], 'check', cwd)).toEqual(
      report(services),
    );
  });

  test('a part without a report is a failure', () => {
    const merged = mergeReports([part(1, 2, 'a')], 'check', cwd);
    expect(merged.services).toMatchObject([{ service: 'a' }, { service: 'shard 2/2', exitCode: 1, result: 'failed' }]);
    expect(worstOf(merged.services)).toBe(1);
  });

  test.each([
    ['of something else', '{"ok": false, "problems": []}', 'it is not what fleet prints with --json'],
    ['that is not JSON', '<html>', 'is not JSON'],
    ['with an unknown exit code', report([{ ...ok('a'), exitCode: 7 as never }]), 'it is not what fleet prints'],
    ['with a result of its own', report([{ ...ok('a'), result: '<b>' as never }]), 'it is not what fleet prints'],
    ['with a rule of its own', report([{ ...drift('a', 0), findings: [{ ...FINDING, rule: '<b>' }] }]), 'it is not'],
    ['of a part that cannot be', report([], { shard: { index: 1, of: 1e9 } }), 'it is not what fleet prints'],
    ['of update', report([], { action: 'update' }), 'it is a report of fleet update'],
  ])('a report %s is refused', (_, content, reason) => {
    expect(problemsOf(write('bad.json', content))[0]).toContain(`bad.json: ${reason}`);
  });

  test('reports that do not belong together are refused', () => {
    const first = part(1, 2, 'a');
    expect(problemsOf(first, first)).toEqual(['1-2.json: there is another report of the shard 1/2']);
    expect(problemsOf(first, part(2, 3, 'b'))).toEqual(['2-3.json: it is a report of another run']);
    const other = write('new.json', report([], { shard: { index: 2, of: 2 }, createApi: '9.0.0' }));
    expect(problemsOf(first, other)).toEqual(['new.json: it is a report of create-api 9.0.0, others of 1.2.3']);
    expect(problemsOf(first, 'absent.json')).toEqual(['absent.json: there is no such file']);
  });
});

test('every exit code has a word', () => {
  expect(Object.values(EXIT).map(resultOf)).toEqual([
    ...['ok', 'failed', 'usage', 'conflict', 'policy', 'integrity', 'drift', 'cancelled'],
  ]);
});
