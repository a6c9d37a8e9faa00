import type { Finding } from '../model/finding.ts';
import { labelled } from './layout.ts';
import type { Style } from './style.ts';

const LABEL_WIDTH = 20;

/** A line for each thing, what to do about those that are missing or old, and the verdict. */
export function doctorText(findings: readonly Finding[], isReady: boolean, style: Style, columns: number): string {
  const verdict = isReady
    ? 'Ready: npx create-api my-service'
    : 'Not ready: see what is marked with ✖, then run create-api doctor again.';
  return [...findings.map((finding) => findingText(finding, style, columns)), '', verdict].join('\n');
}

function findingText({ id, status, needed, why, found, atLeast, fix }: Finding, style: Style, columns: number): string {
  const row = (mark: string, text: string): string => labelled(`  ${mark} ${id}`, text, LABEL_WIDTH, columns);
  if (status === 'ok') return row(style.green('✔'), found ?? '');
  const mark = needed ? style.red('✖') : style.yellow('!');
  const state = status === 'old' ? `${found} is older than ${atLeast}` : 'missing';
  return [row(mark, `${state}; it ${why}`), labelled('', style.cyan(fix ?? ''), LABEL_WIDTH, columns)].join('\n');
}
