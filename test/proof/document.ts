import { type Finding, type Findings, type Verdict, verdictOf } from './findings.ts';
import type { ProofRow } from './rows.ts';

/** A row and what is known about it. */
export interface ProvenRow extends ProofRow {
  readonly findings: Findings;
  /** Options that are incompatible with it and therefore off. */
  readonly leftOut: readonly string[];
}

/** What the proof ran with: name → version. */
export type Versions = Readonly<Record<string, string>>;

/** The machine in general words. */
export interface Machine {
  readonly cores: number;
  readonly architecture: string;
  readonly memoryGiB: number;
}

const COLUMNS = ['framework', 'db-layer', 'database', 'auth', 'extras', 'result', 'contract', 'own tests'] as const;
const MEASURES = ['cold s', 'warm s', 'MB'] as const;
const NOTHING = '—';
/** Failures of one combination; all of them are in build/matrix. */
const SHOWN_FAILURES = 5;

/** The Markdown of docs/matrix.md. */
export function documentOf(rows: readonly ProvenRow[], versions: Versions, machine: Machine): string {
  const count = (verdict: Verdict) => rows.filter(({ findings }) => verdictOf(findings) === verdict).length;
  const { cores, architecture, memoryGiB } = machine;
  return [
    '# What is proven',
    '',
    'Written by `npm run test:proof`; not edited by hand.',
    '',
    `${rows.length} combinations: ${count('green')} green, ${count('failed')} failed, ${count('not run')} not run.`,
    ...dateLine(rows),
    ...totalLine(rows),
    '',
    '| Version of | |',
    '|---|---|',
    ...Object.entries(versions).map(([name, version]) => `| ${name} | ${version} |`),
    '',
    `Durations were measured on ${cores} cores (${architecture}, ${memoryGiB} GiB), which other work may have shared.`,
    '',
    '## What a row means',
    '',
    'There is a row for every framework, layer and database that go together, with the middleware and features that are',
    'on by default; then one for every framework with each authentication, with all middleware and features.',
    '',
    'The command line creates the project with a resource besides its users: payments, each of which refers to a user, who',
    'owns it if there is authentication. `cargo fmt --check` passes; clippy, which compiles the project and its tests, has',
    'no warning (`-D warnings`); `cargo test --locked` passes; the service starts on a real database (a throwaway PostgreSQL;',
    'MariaDB stands in for MySQL) and keeps the contract, for payments as for users. Where it has OpenAPI, schemathesis finds',
    'no response that the description does not have. The same project without extras and payments passes `fmt` and `clippy`',
    'too. A row is green if all of this ran on exactly the project that create-api created (apart from Markdown,',
    '`.gitattributes` and the record in `.create-api/`, which nothing compiles), and with the conformance suite that it had,',
    'when this document was written, and nothing failed or was skipped. Of what has changed since, CI builds a sample with',
    'each commit.',
    '',
    '- **contract**: rows of the conformance suite that passed; **own tests**: tests of the project itself.',
    '- **cold s**: seconds of the first `cargo build --locked`, the crates being downloaded and nothing compiled;',
    '  **warm s**: of the next one after a change of `src/lib.rs`.',
    '- **MB**: size of that development binary without symbols.',
    '',
    `| ${[...COLUMNS, ...MEASURES].join(' | ')} |`,
    `|${'---|'.repeat(COLUMNS.length)}${'--:|'.repeat(MEASURES.length)}`,
    ...rows.map((row) => `| ${cellsOf(row).join(' | ')} |`),
    ...leftOutLines(rows),
    ...failureLines(rows),
    '',
    '## Again',
    '',
    '```',
    'npm run test:proof                     # what is missing, failed or out of date',
    'npm run test:proof -- --only axum      # only combinations whose name contains this',
    'npm run test:proof -- --no-cold        # without measuring builds',
    '```',
    '',
  ].join('\n');
}

/** The rows that a docs/matrix.md says are green. */
export function greenRows(markdown: string): readonly ProofRow[] {
  const rows = markdown.split('\n').map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')));
  return rows
    .filter(
      (cells) => cells.length === COLUMNS.length + MEASURES.length && cells[COLUMNS.indexOf('result')] === 'green',
    )
    .map(([framework = '', dbLayer = '', database = '', auth = '', extras]) => {
      const on = extras === 'all' ? 'all' : 'default';
      return { framework, dbLayer, database: database === NOTHING ? null : database, auth, extras: on };
    });
}

function cellsOf({ framework, dbLayer, database, auth, extras, findings }: ProvenRow): readonly string[] {
  const { proof, build } = findings;
  return [
    ...[framework, dbLayer, database ?? NOTHING, auth, extras, verdictOf(findings)],
    ...[proof?.contractRows, proof?.ownTests].map((count) => `${count ?? NOTHING}`),
    ...[build?.coldSeconds, build?.warmSeconds].map((seconds) => seconds?.toFixed(0) ?? NOTHING),
    build === undefined ? NOTHING : (build.bytes / 1e6).toFixed(1),
  ];
}

function totalLine(rows: readonly ProvenRow[]): readonly string[] {
  const sum = (key: 'contractRows' | 'ownTests') =>
    rows.reduce((total, { findings }) => total + (findings.proof?.[key] ?? 0), 0);
  const [contract, own] = [sum('contractRows'), sum('ownTests')].map((count) => count.toLocaleString('en'));
  return contract === '0' ? [] : [`In all, ${contract} rows of the contract and ${own} tests of the projects passed.`];
}

function dateLine(rows: readonly ProvenRow[]): readonly string[] {
  const parts = rows.flatMap(({ findings }): readonly Finding[] => Object.values(findings));
  const dates = parts.map(({ date }) => date).sort();
  const [first, last] = [dates[0], dates.at(-1)];
  if (first === undefined || last === undefined) return [];
  return [`Run on ${first === last ? first : `days from ${first} to ${last}`}.`];
}

function leftOutLines(rows: readonly ProvenRow[]): readonly string[] {
  const lines = rows
    .filter(({ leftOut }) => leftOut.length > 0)
    .map((row) => `- ${nameOf(row)}: ${row.leftOut.join(', ')}`);
  return lines.length === 0 ? [] : ['', '## Options that do not go with a combination', '', ...lines];
}

function failureLines(rows: readonly ProvenRow[]): readonly string[] {
  const lines = rows.flatMap((row) => {
    const parts: readonly Finding[] = Object.values(row.findings);
    const failures = parts.flatMap((part) => part.failures.map(summaryOf));
    const rest = failures.length - SHOWN_FAILURES;
    return [...failures.slice(0, SHOWN_FAILURES), ...(rest > 0 ? [`and ${rest} more`] : [])].map(
      (failure) => `- ${nameOf(row)}: ${failure}`,
    );
  });
  return lines.length === 0 ? [] : ['', '## What failed', '', ...lines];
}

/** The first line, without paths of this machine. */
function summaryOf(failure: string): string {
  const [line = ''] = failure.split('\n');
  return line.replace(/ in \/\S+$/, '');
}

function nameOf({ framework, dbLayer, database, auth, extras }: ProofRow): string {
  return [framework, dbLayer, database, auth, extras].filter((id) => id !== null).join(' × ');
}
