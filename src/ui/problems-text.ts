import type { Problem } from '../model/errors.ts';
import { visible } from '../model/unprintable.ts';
import { labelled, placesText } from './layout.ts';
import type { Style } from './style.ts';

const LABEL_WIDTH = 11;

/** The number of a problem's paths that are shown; `--json` has all of them. */
const SHOWN_PATHS = 10;

/** Describes problems: what is wrong, what is allowed and what to do next, labelled and wrapped. */
export function problemsText(problems: readonly Problem[], style: Style, columns: number): string {
  const line = (label: string, text: string): string => labelled(label, text, LABEL_WIDTH, columns);
  return problems
    .map(({ code, message, paths = [], lines, allowed, hint }, index) =>
      [
        line(`  ${code === 'cancelled' ? style.yellow('stopped') : style.red('error')}`, style.bold(visible(message))),
        ...pathLines(paths, lines).map((text) => ' '.repeat(LABEL_WIDTH) + text),
        ...(allowed === undefined ? [] : [line(`  ${style.dim('allowed')}`, visible(allowed))]),
        // Problems of one kind in a row have one thing to try.
        ...(hint === undefined || hint === problems[index + 1]?.hint
          ? []
          : [line(`  ${style.cyan('try')}`, visible(hint.replace(/^try /, '')))]),
      ].join('\n'),
    )
    .join('\n\n');
}

/** The paths that are shown. "and 1 more" would save no line, so the last one is shown instead. */
function pathLines(paths: readonly string[], lines: readonly number[] = []): readonly string[] {
  if (paths.length === 1) return paths.map((path) => placesText(path, lines));
  if (paths.length <= SHOWN_PATHS + 1) return paths;
  return [...paths.slice(0, SHOWN_PATHS), `and ${paths.length - SHOWN_PATHS} more`];
}
