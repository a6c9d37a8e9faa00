import type { Answers } from '../model/answers.ts';
import type { AxisOption } from '../options/schema.ts';
import { breakPaths, labelled } from './layout.ts';
import type { Style } from './style.ts';

const LABEL_WIDTH = 17;

/** Lays out rows of labels and texts, wrapped to the width. */
export function rowsText(
  rows: readonly (readonly [label: string, text: string])[],
  style: Style,
  columns: number,
): string {
  const width = LABEL_WIDTH + 2;
  return rows
    .map(([label, text]) => labelled(`  ${style.dim(label)}`, breakPaths(text, columns - width), width, columns))
    .join('\n');
}

/** The labels of the choices on every axis. */
export function answersRows(answers: Answers, axes: readonly AxisOption[]): readonly (readonly [string, string])[] {
  const resources = answers.resources.map(({ plural }) => plural.replaceAll('_', ' '));
  const chosen = axes.map((option): readonly [string, string] => {
    const ids = [answers[option.key] ?? []].flat();
    const labels = ids.map((id) => option.choices.find((choice) => choice.id === id)?.label ?? id);
    return [option.label, labels.length === 0 ? 'None' : labels.join(', ')];
  });
  return resources.length === 0 ? chosen : [...chosen, ['Resources', resources.join(', ')]];
}
