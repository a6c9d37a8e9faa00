import { expect, test } from 'vitest';
import { findMarkers } from '../../../src/merge/markers.ts';

test.each([
  ['a text without markers', 'a\n=======\n<<<<<<<\nb\n', []],
  ['those of a merge', '<<<<<<< yours\na\n||||||| base\n=======\nb\n>>>>>>> create-api 0.1.0\n', [1, 3, 6]],
  ['those of Git, with carriage returns', 'x\r\n<<<<<<< HEAD\r\na\r\n=======\r\nb\r\n>>>>>>> main\r\n', [2, 6]],
  ['longer ones, of Git where both renamed a file', '<<<<<<<< HEAD:a\na\n========\nb\n>>>>>>>> other:b\n', [1, 5]],
  ['one that is left over', 'a\n>>>>>>> create-api 0.1.0', [2]],
  ['none within a line', '  <<<<<<< yours\nx <<<<<<< yours\n', []],
])('%s', (_, text, lines) => {
  expect(findMarkers(text)).toEqual(lines);
});
