import type { Answers } from '../model/answers.ts';
import type { AxisOption } from '../options/schema.ts';
import { labelled } from './layout.ts';
import type { Style } from './style.ts';

/** What was recognised of a project of an earlier release. */
export interface RecognisedReport {
  readonly root: string;
  /** The version of the release. */
  readonly release: string;
  readonly answers: Answers;
  readonly axes: readonly AxisOption[];
  readonly files: Readonly<Record<'same' | 'edited' | 'deleted' | 'unknown', readonly string[]>>;
}

/** The report of a project that was adopted, or that would be. */
export interface AdoptedReport extends RecognisedReport {
  readonly isDryRun: boolean;
  /** Commands to type, in order. */
  readonly next: readonly string[];
}

/** Width of the labels: the longest is that of an axis. */
const LABEL = 20;

/** Reports what was recognised, and what to type next. */
export function adoptedText({ isDryRun, next, ...recognised }: AdoptedReport, style: Style, columns: number): string {
  const done = isDryRun
    ? 'Nothing was written. To do it, leave out --dry-run.'
    : `${style.green('✔')} its record is in .create-api/; no other file was changed`;
  return [
    recognisedText(recognised, style, columns),
    '',
    labelled('', done, 2, columns),
    ...(next.length === 0 ? [] : ['', '  Next', ...next.map((command) => `    ${style.cyan(command)}`)]),
    '',
  ].join('\n');
}

/** What a project was recognised as, and what became of its files. */
export function recognisedText(
  { root, release, answers, axes, files }: RecognisedReport,
  style: Style,
  columns: number,
): string {
  const row = (label: string, text: string) => labelled(`    ${style.dim(label)}`, text, LABEL, columns);
  const chosen = axes.flatMap(({ key, label }) => {
    const ids = [answers[key] ?? []].flat();
    return answers[key] === null ? [] : [row(label, ids.join(', ') || 'none')];
  });
  return [
    '',
    labelled('', `${root} was made by create-api ${release}:`, 2, columns),
    '',
    row('Name', answers.name),
    row('Description', answers.description),
    ...chosen,
    '',
    row('As rendered', countOf(files.same)),
    row('Edited', withPaths(files.edited)),
    row('Deleted', withPaths(files.deleted)),
    row('Yours', countOf(files.unknown)),
  ].join('\n');
}

/** How many paths are shown. */
const SHOWN = 12;

function withPaths(paths: readonly string[]): string {
  if (paths.length === 0) return countOf(paths);
  const more = paths.length > SHOWN ? `, and ${paths.length - SHOWN} more` : '';
  return `${countOf(paths)}: ${paths.slice(0, SHOWN).join(', ')}${more}`;
}

function countOf({ length }: readonly string[]): string {
  return length === 1 ? '1 file' : `${length} files`;
}
