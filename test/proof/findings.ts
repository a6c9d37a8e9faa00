/** What `npm run test:proof` records about one part of a combination's proof. */
export interface Finding {
  /** Hash of everything it depends on: once that has changed, the finding is out of date. */
  readonly stamp: string;
  /** ISO date of the day it ended. */
  readonly date: string;
  /** One entry for each failure. */
  readonly failures: readonly string[];
}

/** The full project: formatted, linted, its own tests, started, put through the contract. */
export interface Proof extends Finding {
  /** Rows of the contract that passed. */
  readonly contractRows: number;
  readonly ownTests: number;
}

/** The same project's development build, with the crates downloaded but nothing compiled. */
export interface Build extends Finding {
  readonly coldSeconds: number;
  /** After a change to `src/lib.rs`. */
  readonly warmSeconds: number;
  /** Size of the binary without its symbols. */
  readonly bytes: number;
}

/** What is known about a combination; a part that has not run is absent. */
export interface Findings {
  readonly proof?: Proof;
  /** The project with every option off: formatted and linted. */
  readonly bare?: Finding;
  readonly build?: Build;
}

export type Stamps = Readonly<Record<keyof Findings, string>>;

/** The findings that are still up to date. */
export function current(findings: Findings, stamps: Stamps): Findings {
  const parts = Object.entries(findings) as readonly (readonly [keyof Findings, Finding])[];
  return Object.fromEntries(parts.filter(([part, finding]) => finding.stamp === stamps[part]));
}

export type Verdict = 'green' | 'failed' | 'not run';

/** Green if everything ran, as it is now, without a failure; the build's duration may be unknown. */
export function verdictOf(findings: Findings): Verdict {
  const parts: readonly Finding[] = Object.values(findings);
  if (parts.some((part) => part.failures.length > 0)) return 'failed';
  return findings.proof !== undefined && findings.bare !== undefined ? 'green' : 'not run';
}

/** The fields used of the report of Vitest's JSON reporter. */
export interface Report {
  readonly success: boolean;
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[];
      readonly title: string;
      readonly status: string;
      readonly meta?: { readonly ownTests?: number };
    }[];
  }[];
}

/** The outcome of a run of `test/proof/combination.test.ts`; a test that did not run is a failure. */
export function outcomeOf(report: Report): Omit<Proof, keyof Finding> & Pick<Finding, 'failures'> {
  const tests = report.testResults.flatMap((file) => file.assertionResults);
  const contractRows = tests.filter((test) =>
    test.ancestorTitles.some((title) => title.endsWith('keeps the contract')),
  );
  const ownTests = tests.reduce((sum, test) => sum + (test.meta?.ownTests ?? 0), 0);
  const failures = [
    ...tests.filter((test) => test.status !== 'passed').map((test) => `${nameOf(test)} (${test.status})`),
    ...report.testResults.map((file) => file.message).filter((message) => message !== ''),
    ...(contractRows.length === 0 ? ['no row of the contract ran'] : []),
    ...(ownTests === 0 ? ['the project ran no tests of its own'] : []),
  ];
  if (!report.success && failures.length === 0) failures.push('the run failed without naming a test');
  return { failures, contractRows: contractRows.filter((test) => test.status === 'passed').length, ownTests };
}

/** Without the outermost title, which is the combination. */
function nameOf({
  ancestorTitles,
  title,
}: {
  readonly ancestorTitles: readonly string[];
  readonly title: string;
}): string {
  return [...ancestorTitles.slice(1), title].join(' › ');
}
