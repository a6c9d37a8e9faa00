import { describe, expect, test } from 'vitest';
import type { Combination } from '../../src/model/axes.ts';
import { supportedCombinations } from '../../src/plan/compatibility.ts';
import { documentOf, greenRows } from '../proof/document.ts';
import { current, type Findings, outcomeOf, type Report, verdictOf } from '../proof/findings.ts';
import { type ProofRow, rowsOf } from '../proof/rows.ts';
import { catalog } from '../support/projects.ts';

const stamps = { proof: 'p', bare: 'b', build: 'c' };
const found = { date: '2026-11-02', failures: [] };
const proof = { ...found, stamp: 'p', contractRows: 300, ownTests: 20 };
const bare = { ...found, stamp: 'b' };
const build = { ...found, stamp: 'c', coldSeconds: 61.2, warmSeconds: 2.4, bytes: 5_100_000 };

describe('a combination', () => {
  const cases: readonly (readonly [string, Findings, string])[] = [
    ['that has run whole', { proof, bare, build }, 'green'],
    ['whose build was not measured', { proof, bare }, 'green'],
    ['that has not run', {}, 'not run'],
    ['of which only the build ran', { build }, 'not run'],
    ['whose project with every option off has not run', { proof, build }, 'not run'],
    ['with a failure', { proof: { ...proof, failures: ['a row'] }, bare, build }, 'failed'],
    ['whose bare project has a failure', { proof, bare: { ...bare, failures: ['clippy'] } }, 'failed'],
    ['that does not build from nothing', { proof, bare, build: { ...build, failures: ['cargo build'] } }, 'failed'],
    ['that was proven with other templates', { proof: { ...proof, stamp: 'old' }, bare, build }, 'not run'],
    ['whose bare project was another', { proof, bare: { ...bare, stamp: 'old' }, build }, 'not run'],
    ['that failed with other templates', { proof: { ...proof, stamp: 'old', failures: ['a row'] }, bare }, 'not run'],
  ];

  test.each(cases)('%s', (_, findings, verdict) => {
    expect(verdictOf(current(findings, stamps))).toBe(verdict);
  });
});

describe('the result of a run', () => {
  const row = (status = 'passed') => ({
    ancestorTitles: ['axum', 'the running service keeps the contract', 'health'],
    title: 'answers',
    status,
  });
  const own = { ancestorTitles: ['axum'], title: 'passes its own tests', status: 'passed', meta: { ownTests: 12 } };
  const report = (
    assertionResults: Report['testResults'][0]['assertionResults'],
    changes: Partial<Report> = {},
  ): Report => ({
    ...{ success: true, testResults: [{ message: '', assertionResults }] },
    ...changes,
  });
  const cases: readonly (readonly [string, Report, object])[] = [
    ['all passed', report([own, row(), row()]), { failures: [], contractRows: 2, ownTests: 12 }],
    [
      'a row failed',
      report([own, row(), row('failed')]),
      { failures: ['the running service keeps the contract › health › answers (failed)'], contractRows: 1 },
    ],
    [
      'a row was skipped',
      report([own, row(), row('pending')]),
      { failures: ['the running service keeps the contract › health › answers (pending)'] },
    ],
    ['no row ran', report([own]), { failures: ['no row of the contract ran'] }],
    ['the project has no tests', report([row()]), { failures: ['the project ran no tests of its own'] }],
    ['nothing ran', report([]), { failures: ['no row of the contract ran', 'the project ran no tests of its own'] }],
    [
      'the run failed',
      report([own, row()], { success: false }),
      { failures: ['the run failed without naming a test'] },
    ],
  ];

  test.each(cases)('%s', (_, given, outcome) => {
    expect(outcomeOf(given)).toMatchObject(outcome);
  });
});

test('the document has a row for each combination, and only those that passed are green', () => {
  const row: ProofRow = { framework: 'axum', dbLayer: 'sqlx', database: 'sqlite', auth: 'none', extras: 'default' };
  const markdown = documentOf(
    [
      { ...row, leftOut: [], findings: { proof, bare, build } },
      { ...row, extras: 'all', leftOut: [], findings: { proof, bare } },
      { ...row, dbLayer: 'none', database: null, leftOut: ['redis'], findings: { proof, bare } },
      { ...row, database: 'mysql', leftOut: [], findings: { proof } },
      { ...row, database: 'postgres', leftOut: [], findings: { proof: { ...proof, failures: ['a row'] }, bare } },
    ],
    { rustc: '1.95.0' },
    { cores: 2, architecture: 'x64', memoryGiB: 8 },
  );
  expect(markdown).toContain('5 combinations: 3 green, 1 failed, 1 not run.');
  expect(markdown).toContain('| axum | sqlx | sqlite | none | default | green | 300 | 20 | 61 | 2 | 5.1 |');
  expect(markdown).toContain('- axum × none × none × default: redis');
  expect(markdown).toContain('- axum × sqlx × postgres × none × default: a row');
  expect(greenRows(markdown)).toEqual([row, { ...row, extras: 'all' }, { ...row, dbLayer: 'none', database: null }]);
});

describe('there is a row', () => {
  const offered = supportedCombinations(catalog);
  const rows = rowsOf(offered);
  const distinct = (combinations: readonly Combination[], ...axes: readonly (keyof Combination)[]) =>
    new Set(combinations.map((combination) => axes.map((axis) => combination[axis]).join(' × ')));

  test('for every structure, with the authentication that comes first', () => {
    const plain = rows.filter(({ extras }) => extras === 'default');
    expect(distinct(plain, 'framework', 'dbLayer', 'database', 'auth')).toEqual(
      distinct(
        offered.filter(({ auth }) => auth === offered[0]?.auth),
        'framework',
        'dbLayer',
        'database',
        'auth',
      ),
    );
    expect(distinct(plain, 'framework', 'dbLayer', 'database').size).toBe(plain.length);
  });

  test('with everything on for every framework and authentication, on every layer and every database', () => {
    const signedIn = offered.filter(({ auth, database }) => auth !== offered[0]?.auth && database !== null);
    const together = rows.filter(({ extras }) => extras === 'all');
    expect(distinct(together, 'framework', 'auth')).toEqual(distinct(signedIn, 'framework', 'auth'));
    expect(distinct(together, 'framework', 'auth').size).toBe(together.length);
    expect(distinct(together, 'dbLayer')).toEqual(distinct(signedIn, 'dbLayer'));
    expect(distinct(together, 'database')).toEqual(distinct(signedIn, 'database'));
  });
});
