import { describe, expect, test } from 'vitest';
import { breakPaths, indent, labelled, truncate, widthOf, wrapText } from '../../../src/ui/layout.ts';

test('colours have no width', () => {
  expect(widthOf('\u001b[31mred\u001b[39m')).toBe(3);
});

describe('wrapText', () => {
  test.each([
    ['', 10, ['']],
    ['one two three', 9, ['one two', 'three']],
    ['one two three', 7, ['one two', 'three']],
    ['incomprehensible', 5, ['incomprehensible']],
    ['a incomprehensible b', 5, ['a', 'incomprehensible', 'b']],
    ['one\ntwo', 20, ['one', 'two']],
  ])('%j in %i columns', (text, width, lines) => {
    expect(wrapText(text, width)).toEqual(lines);
  });
});

test.each([
  ['/home/ada/create-api/wizard (not empty)', 20, '/home/ada/\ncreate-api/wizard (not empty)'],
  ['/home/ada', 20, '/home/ada'],
  ['no slash at all', 4, 'no slash at all'],
])('%j breaks only a path that is wider than %i columns, after a slash', (text, width, broken) => {
  expect(breakPaths(text, width)).toBe(broken);
});

test.each([
  ['short', 5, 'short'],
  ['longer', 5, 'long…'],
  ['é́x', 9, 'é́x'],
])('%j cut to %i columns', (text, width, cut) => {
  expect(truncate(text, width)).toBe(cut);
});

describe('labelled', () => {
  test('puts the text into a column beside the label', () => {
    expect(labelled('label', 'one two three four five six', 8, 28)).toBe(
      'label   one two three four\n        five six',
    );
  });

  test('puts it below a label that is too wide', () => {
    expect(labelled('a wide label', 'text', 8, 40)).toBe('a wide label\n        text');
  });
});

test('indent leaves empty lines empty', () => {
  expect(indent('a\n\nb', 2)).toBe('  a\n\n  b');
});
