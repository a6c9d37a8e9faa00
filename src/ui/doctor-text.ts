import type { Check } from '../model/check.ts';
import { labelled } from './layout.ts';
import type { Style } from './style.ts';
import type { Terminal } from './terminal.ts';

const LABEL_WIDTH = 20;

/** A line for each check, with what to do if something is missing or too old, and the verdict. */
export function doctorText(
  checks: readonly Check[],
  isReady: boolean,
  program: string,
  { out: style, columns }: Pick<Terminal, 'out' | 'columns'>,
): string {
  const verdict = isReady
    ? `Ready: ${program} my-service`
    : `Not ready: fix what is marked with ✖, then run ${program} doctor again.`;
  return [...checks.map((check) => checkText(check, style, columns)), '', verdict].join('\n');
}

function checkText({ id, status, needed, why, found, atLeast, fix }: Check, style: Style, columns: number): string {
  const row = (mark: string, text: string): string => labelled(`  ${mark} ${id}`, text, LABEL_WIDTH, columns);
  if (status === 'ok') return row(style.green('✔'), found ?? '');
  const mark = needed ? style.red('✖') : style.yellow('!');
  const state = status === 'old' ? `${found} is older than ${atLeast}` : 'missing';
  return [row(mark, `${state}; it ${why}`), labelled('', style.cyan(fix ?? ''), LABEL_WIDTH, columns)].join('\n');
}
