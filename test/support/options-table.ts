import { describeOption } from '../../src/options/describe.ts';
import type { Option } from '../../src/options/schema.ts';

/** The table of every option for a Markdown document. */
export function optionsTable(options: readonly Option[]): string {
  const rows = options.map(describeOption).map(({ flag, help, allowed, default: byDefault }) => {
    const values = allowed.map((id) => `\`${id}\``).join(', ');
    return `| \`${flag}\` | ${help}${values && `: ${values}`} | ${byDefault} |`;
  });
  return ['| Flag | | Default |', '|---|---|---|', ...rows].join('\n');
}
