import type { Combination } from '../model/axes.ts';
import { FIELD_TYPES, MODIFIER_TEXTS } from '../options/field-types.ts';
import type { AxisOption, ResourceOption } from '../options/schema.ts';
import { indent, labelled } from './layout.ts';
import type { Style } from './style.ts';
import type { Terminal } from './terminal.ts';

/** Every choice of every axis with its hint, with the defaults ticked, and what the fields of resources can be. */
export function optionsText(
  axes: readonly AxisOption[],
  resources: ResourceOption,
  program: string,
  terminal: Pick<Terminal, 'out' | 'columns'>,
): string {
  const { out: style, columns } = terminal;
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
    fieldsText(resources, terminal),
    `${style.green('✔')} default. For the combinations that are supported: ${program} list --combinations`,
  ].join('\n\n');
}

/** The types of fields, each with the modifiers that may follow it, and what these mean. */
function fieldsText({ flag }: ResourceOption, { out: style, columns }: Pick<Terminal, 'out' | 'columns'>): string {
  const rows = [
    ...FIELD_TYPES.map(({ example, holds, modifiers }) => [example, [holds, ...modifiers].join(' ')] as const),
    ...MODIFIER_TEXTS,
  ];
  const width = Math.max(...rows.map(([term]) => term.length)) + 6;
  return [
    `${style.bold('Fields of resources')}  ${style.dim(`${flag} '<name> <field:type…>'`)}`,
    ...rows.map(([term, text]) => labelled(`    ${term}`, text, width, columns)),
  ].join('\n');
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
