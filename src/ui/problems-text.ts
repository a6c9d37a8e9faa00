import type { Problem } from '../model/errors.ts';
import { labelled } from './layout.ts';
import type { Style } from './style.ts';

const LABEL_WIDTH = 11;

/** Paths of a problem that are shown; `--json` has all. */
const SHOWN_PATHS = 10;

/** Problems for a person: what is wrong, what is allowed, what to do next; each labelled and wrapped. */
export function problemsText(problems: readonly Problem[], style: Style, columns: number): string {
  const line = (label: string, text: string): string => labelled(label, text, LABEL_WIDTH, columns);
  return problems
    .map(({ code, message, paths = [], allowed, hint }) =>
      [
        line(`  ${code === 'cancelled' ? style.yellow('stopped') : style.red('error')}`, style.bold(message)),
        ...pathLines(paths).map((text) => ' '.repeat(LABEL_WIDTH) + text),
        ...(allowed === undefined ? [] : [line(`  ${style.dim('allowed')}`, allowed)]),
        ...(hint === undefined ? [] : [line(`  ${style.cyan('try')}`, hint.replace(/^try /, ''))]),
      ].join('\n'),
    )
    .join('\n\n');
}

/** One line is never saved by "and 1 more". */
function pathLines(paths: readonly string[]): readonly string[] {
  if (paths.length <= SHOWN_PATHS + 1) return paths;
  return [...paths.slice(0, SHOWN_PATHS), `and ${paths.length - SHOWN_PATHS} more`];
}
