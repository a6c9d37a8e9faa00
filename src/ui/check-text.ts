import { labelled } from './layout.ts';
import type { Terminal } from './terminal.ts';

/** How a project differs from its standard, with what to do about each difference. */
export function checkText(
  findings: readonly { readonly message: string; readonly hint: string }[],
  { out: style, columns }: Pick<Terminal, 'out' | 'columns'>,
): string {
  if (findings.length === 0)
    return `  ${style.green('✔')} the project is as create-api renders it, apart from edits that are its own`;
  return findings
    .map(({ message, hint }) =>
      [labelled(`  ${style.red('✖')}`, message, 4, columns), labelled('', style.cyan(hint), 4, columns)].join('\n'),
    )
    .join('\n');
}
