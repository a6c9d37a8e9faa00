import { expect, test } from 'vitest';
import { checkDescription } from '../../../src/options/description.ts';

test.each(['Takes orders', '--fast "API" {{x}} */ "# 🚀 \\', 'شاي \u200f', '🚀'.repeat(1000)])('%j is one', (text) => {
  expect(checkDescription(text)).toBeNull();
});

test.each([
  ['', 'is empty'],
  [' \u00a0', 'is empty'],
  ['a\nb', 'has a line break'],
  ['a\r', 'has a line break'],
  ['a\u2028b', 'has a line break'],
  ['a\tb', 'has the control character U+0009'],
  ['a\u001b[31mb', 'has the control character U+001B'],
  ['a'.repeat(1001), 'has 1001 characters'],
])('%j is none', (text, reason) => {
  expect(checkDescription(text)).toMatchObject({
    code: 'invalid-description',
    message: `the description ${reason}`,
    allowed: 'one line of text, at most 1000 characters',
    hint: expect.stringContaining('--description'),
  });
});
