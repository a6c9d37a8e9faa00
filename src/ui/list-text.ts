import type { Combination } from '../model/axes.ts';
import type { AxisOption } from '../options/schema.ts';
import { indent, labelled } from './layout.ts';
import type { Style } from './style.ts';
import type { Terminal } from './terminal.ts';

/** Every choice of every axis with its hint; defaults are ticked. */
export function optionsText(
  axes: readonly AxisOption[],
  program: string,
  { out: style, columns }: Pick<Terminal, 'out' | 'columns'>,
): string {
  const width = Math.max(...axes.flatMap((option) => option.choices.map((choice) => choice.id.length))) + 6;
  return [
    ...axes.map((option) =>
      [
        `${style.bold(option.label)}  ${style.dim(option.flag)}`,
        ...option.choices.map((choice) =>
          labelled(`  ${choice.default ? style.green('✔') : ' '} ${choice.id}`, choice.hint, width, columns),
        ),
      ].join('\n'),
    ),
    `${style.green('✔')} default. For the combinations that are supported: ${program} list --combinations`,
  ].join('\n\n');
}

/** A line for every combination. */
export function combinationsText(
  combinations: readonly Combination[],
  axes: readonly AxisOption[],
  style: Style,
): string {
  const head = axes.filter(({ kind }) => kind === 'choice').map(({ flag }) => flag.slice('--'.length));
  const rows = combinations.map((combination) => Object.values(combination).map((id) => id ?? '-'));
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return indent([style.bold(line(head)), ...rows.map(line)].join('\n'), 2);
}
