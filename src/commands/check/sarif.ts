import { type Finding, RULES } from './find-drift.ts';

/** What a result of SARIF needs of a finding. */
export type Reported = Pick<Finding, 'path' | 'line' | 'message' | 'waiver' | 'isWaived'> & {
  readonly rule: string;
  readonly hint?: string;
};

/** Findings of a project, and its folder, from which their paths start. */
export interface ReportedProject {
  readonly folder: string;
  readonly findings: readonly Reported[];
}

/**
 * Findings in SARIF 2.1.0, the format of code scanning; `rules` are texts by the names of rules.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifOf(
  projects: readonly ReportedProject[],
  version: string,
  rules: Readonly<Record<string, string>> = RULES,
): object {
  const described = Object.entries(rules).map(([id, text]) => ({ id, shortDescription: { text } }));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'create-api', semanticVersion: version, rules: described } },
        results: projects.flatMap(({ findings, folder }) => findings.map((finding) => resultOf(finding, folder))),
      },
    ],
  };
}

function resultOf({ rule, path, line, message, hint, waiver, isWaived }: Reported, folder: string): object {
  const uri = (folder === '' ? path : `${folder}/${path}`).split('/').map(encodeURIComponent).join('/');
  return {
    ruleId: rule,
    level: isWaived ? 'note' : 'error',
    message: { text: hint === undefined ? message : `${message}: ${hint}` },
    ...(isWaived && {
      suppressions: [{ kind: 'external', justification: `${waiver?.reason} (until ${waiver?.expires})` }],
    }),
    // Code scanning at GitHub shows no result without a line.
    locations: [{ physicalLocation: { artifactLocation: { uri }, region: { startLine: line ?? 1 } } }],
  };
}
