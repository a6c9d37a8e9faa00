import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { greenRows } from '../proof/document.ts';
import { rowsOf } from '../proof/rows.ts';
import { create } from './support/command.ts';

const DOCUMENT = join(import.meta.dirname, '../../docs/matrix.md');

test('docs/matrix.md has a green row for all that `list` offers (npm run test:proof)', async () => {
  const { stdout } = await create(['list', '--combinations', '--json'], { cwd: tmpdir() });
  expect(greenRows(readFileSync(DOCUMENT, 'utf8'))).toEqual(rowsOf(JSON.parse(stdout)));
});
