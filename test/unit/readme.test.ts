import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createOptions } from '../../src/options/schema.ts';
import { optionsTable } from '../support/options-table.ts';
import { catalog } from '../support/projects.ts';

const README = path.join(import.meta.dirname, '../../README.md');

/** `vitest -u` rewrites the table. */
test("the README's table of options matches the schema", async () => {
  const readme = await readFile(README, 'utf8');
  const table = optionsTable(createOptions(catalog));
  const expected = readme.replace(/(<!-- options -->\n)[\s\S]*(<!-- \/options -->)/, `$1${table}\n$2`);
  expect(expected).toContain(table);
  await expect(expected).toMatchFileSnapshot(README);
});
