import { expect, test } from 'vitest';
import { createStyle, wantsColors } from '../../../src/ui/style.ts';

test.each([
  [true, {}, true],
  [false, {}, false],
  [true, { TERM: 'dumb' }, false],
  [true, { NO_COLOR: '1' }, false],
  [true, { NO_COLOR: '' }, true],
  [false, { FORCE_COLOR: '1' }, true],
  [false, { FORCE_COLOR: '' }, true],
  [true, { FORCE_COLOR: '0' }, false],
  [true, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
])('terminal %j with %j: %j', (isTTY, env, expected) => {
  expect(wantsColors({ isTTY }, env)).toBe(expected);
});

test('a style without colours changes nothing', () => {
  expect(createStyle(false).red('x')).toBe('x');
  expect(createStyle(true).red('x')).toBe('\u001b[31mx\u001b[39m');
});
