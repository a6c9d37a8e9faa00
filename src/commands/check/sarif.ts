import { type Finding, RULES } from './find-drift.ts';

/**
 * Findings in SARIF 2.1.0, the format of code scanning. `folder` is the project's place in its repository, from which paths start.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifOf(findings: readonly Finding[], folder: string, version: string): object {
  const rules = Object.entries(RULES).map(([id, text]) => ({ id, shortDescription: { text } }));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'create-api', semanticVersion: version, rules } },
        results: findings.map((finding) => resultOf(finding, folder)),
      },
    ],
  };
}

function resultOf({ rule, path, line, message, hint, waiver, isWaived }: Finding, folder: string): object {
  const uri = encodeURI(folder === '' ? path : `${folder}/${path}`);
  return {
    ruleId: rule,
    level: isWaived ? 'note' : 'error',
    message: { text: `${message}: ${hint}` },
    // Code scanning at GitHub shows no result without a line.
    ...(isWaived && {
      suppressions: [{ kind: 'external', justification: `${waiver?.reason} (until ${waiver?.expires})` }],
    }),
    locations: [{ physicalLocation: { artifactLocation: { uri }, region: { startLine: line ?? 1 } } }],
  };
}
