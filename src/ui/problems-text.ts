import type { Problem } from '../model/errors.ts';
import { labelled } from './layout.ts';
import type { Style } from './style.ts';

const LABEL_WIDTH = 11;

/** Problems for a person: what is wrong, what is allowed, what to do next; each labelled and wrapped. */
export function problemsText(problems: readonly Problem[], style: Style, columns: number): string {
  const line = (label: string, text: string): string => labelled(label, text, LABEL_WIDTH, columns);
  return problems
    .map(({ code, message, allowed, hint }) =>
      [
        line(`  ${code === 'cancelled' ? style.yellow('stopped') : style.red('error')}`, style.bold(message)),
        ...(allowed === undefined ? [] : [line(`  ${style.dim('allowed')}`, allowed)]),
        ...(hint === undefined ? [] : [line(`  ${style.cyan('try')}`, hint.replace(/^try /, ''))]),
      ].join('\n'),
    )
    .join('\n\n');
}
