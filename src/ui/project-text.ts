import { type Answers, ORIGINS, type Origins } from '../model/answers.ts';
import { flagOf } from '../model/axes.ts';
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

/** The labels of the choices on every axis, with where they came from. */
export function answersRows(
  answers: Answers,
  origins: Origins,
  axes: readonly AxisOption[],
): readonly (readonly [string, string])[] {
  const resources = answers.resources.map(({ plural }) => plural.replaceAll('_', ' '));
  const chosen = axes.map((option): readonly [string, string] => {
    const ids = [answers[option.key] ?? []].flat();
    const labels = ids.map((id) => option.choices.find((choice) => choice.id === id)?.label ?? id);
    return [option.label, withOrigin(labels.join(', ') || 'None', origins[option.key])];
  });
  if (resources.length === 0) return chosen;
  return [...chosen, ['Resources', withOrigin(resources.join(', '), origins.resources)]];
}

/** A reply is as the person has just given it. */
function withOrigin(text: string, origin: Origins[keyof Origins]): string {
  return origin === undefined || origin === 'prompt' ? text : `${text} (${origin})`;
}

/** Where answers came from, in a line: `by flag: framework, auth; the others are defaults`; `null` if all are defaults. */
export function originsText(origins: Origins): string | null {
  const keys = Object.keys(origins) as (keyof Origins)[];
  const groups = ORIGINS.flatMap((origin) => {
    const words = keys.filter((key) => origins[key] === origin).map((key) => flagOf(key).slice(2));
    if (words.length === 0) return [];
    return origin === 'default' ? 'the others are defaults' : `by ${origin}: ${words.join(', ')}`;
  });
  return keys.every((key) => origins[key] === 'default') ? null : groups.join('; ');
}
