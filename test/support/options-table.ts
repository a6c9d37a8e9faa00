import { describeOption } from '../../src/options/describe.ts';
import { FIELD_TYPES, MODIFIER_TEXTS } from '../../src/options/field-types.ts';
import type { Option } from '../../src/options/schema.ts';

/** The table of every option for a Markdown document. */
export function optionsTable(options: readonly Option[]): string {
  const rows = options.map(describeOption).map(({ flag, help, allowed, default: byDefault }) => {
    const values = allowed.map((id) => `\`${id}\``).join(', ');
    return `| \`${flag}\` | ${help}${values && `: ${values}`} | ${byDefault} |`;
  });
  return ['| Flag | | Default |', '|---|---|---|', ...rows].join('\n');
}

/** The tables of what the fields of resources can be, for a Markdown document. */
export function fieldTables(): string {
  const types = FIELD_TYPES.map(
    ({ example, holds, modifiers }) =>
      `| \`${cell(example)}\` | ${holds} | ${modifiers.map((text) => `\`${text}\``).join(' ')} |`,
  );
  const modifiers = MODIFIER_TEXTS.map(([modifier, meaning]) => `| \`${modifier}\` | ${meaning} |`);
  return [
    ...['| Type | What it holds | Modifiers |', '|---|---|---|', ...types, ''],
    ...['| Modifier | |', '|---|---|', ...modifiers],
  ].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
