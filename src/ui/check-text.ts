import { labelled } from './layout.ts';
import type { Terminal } from './terminal.ts';

interface FindingText {
  readonly message: string;
  readonly hint: string;
  readonly waiver?: { readonly reason: string; readonly expires: string };
  readonly isWaived?: boolean;
}

/** How a project differs from its standard, with what to do about each difference, the waivers that have expired, and the policies that were looked at. */
export function checkText(
  findings: readonly FindingText[],
  policies: readonly string[],
  expired: readonly { readonly rule: string; readonly by: string; readonly expires: string }[],
  { out: style, columns }: Pick<Terminal, 'out' | 'columns'>,
): string {
  const line = (mark: string, text: string) => labelled(`  ${mark}`, text, 4, columns);
  const waived = findings.filter(({ isWaived }) => isWaived);
  const counting = findings.filter(({ isWaived }) => !isWaived);
  return [
    ...(counting.length === 0
      ? [line(style.green('✔'), 'the project is as create-api renders it, apart from edits that are its own')]
      : []),
    ...counting.flatMap(({ message, hint }) => [
      line(style.red('✖'), message),
      labelled('', style.cyan(hint), 4, columns),
    ]),
    ...waived.map(({ message, waiver }) =>
      line(style.dim('-'), `waived until ${waiver?.expires} (${waiver?.reason}): ${message}`),
    ),
    ...expired.map(({ rule, by, expires }) =>
      line(style.yellow('!'), `the waiver of ${rule} in ${by} expired on ${expires}: remove it`),
    ),
    ...(policies.length === 0 ? [] : [line(style.dim('-'), `policies: ${policies.join(', ')}`)]),
  ].join('\n');
}
