import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createOptions, type Option } from '../../src/options/schema.ts';
import { catalog } from '../support/projects.ts';

const README = path.join(import.meta.dirname, '../../README.md');

/** `vitest -u` rewrites the table. */
test("the README's table of options is the schema's", async () => {
  const readme = await readFile(README, 'utf8');
  const table = ['| Flag | Sets | Takes |', '|---|---|---|', ...createOptions(catalog).map(row)].join('\n');
  const expected = readme.replace(/(<!-- options -->\n)[\s\S]*(<!-- \/options -->)/, `$1${table}\n$2`);
  expect(expected).toContain(table);
  await expect(expected).toMatchFileSnapshot(README);
});

function row(option: Option): string {
  const flag = option.kind === 'switch' && option.default ? option.flag.replace('--', '--[no-]') : option.flag;
  const short = option.kind === 'switch' && option.short !== undefined ? `\`${option.short}\` ` : '';
  return `| ${short}\`${flag}\` | ${option.help} | ${values(option)} |`;
}

function values(option: Option): string {
  if (option.kind === 'text') return 'text';
  if (option.kind === 'switch') return option.default ? 'on' : 'off';
  return option.choices.map((choice) => (choice.default ? `**\`${choice.id}\`**` : `\`${choice.id}\``)).join(' ');
}
