import { expect, test } from 'vitest';
import { eraseAbove, rowsOf } from '../../../src/ui/screen.ts';

test.each([
  ['', 10, 0],
  ['one\n', 10, 1],
  ['\n', 10, 1],
  ['0123456789\n', 10, 1],
  ['0123456789x\n', 10, 2],
  ['0123456789x\n', 0, 1],
  ['a\nb\n', 10, 2],
  ['\u001b[31m0123456789\u001b[39m\n', 10, 1],
])('%j takes on %i columns %i rows', (text, columns, rows) => {
  expect(rowsOf(text, columns)).toBe(rows);
});

test('with nothing to erase, writes nothing and keeps the column of the cursor', () => {
  expect(eraseAbove(0)).toBe('');
  expect(eraseAbove(2)).toBe('\r\u001b[2A\u001b[0J');
});
