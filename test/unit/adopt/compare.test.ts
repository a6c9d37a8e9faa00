import { expect, test } from 'vitest';
import { compare } from '../../../src/commands/adopt/compare.ts';

const rendered = [
  { path: 'a.rs', text: 'one\n\ntwo\n', executable: false },
  { path: 'b.rs', text: 'one\none\nthree\nfour\n', executable: false },
  { path: 'c.rs', text: 'five\nsix\n', executable: false },
];

const comparedWith = (files: Readonly<Record<string, string>>) =>
  compare(rendered, (path) => files[path], Object.keys(files));

test('says what is as it was rendered, edited, deleted and unknown, and how many lines are left', () => {
  expect(comparedWith({ 'd.rs': '', 'a.rs': 'one\n\ntwo\n', 'b.rs': 'four\none\nmine\n' })).toEqual({
    ...{ same: ['a.rs'], edited: ['b.rs'], deleted: ['c.rs'], unknown: ['d.rs'] },
    share: 4 / 8,
  });
});

test('other line ends are no edit, and a line at the top changes none of the others', () => {
  const files = { 'a.rs': 'one\r\n\r\ntwo\r\n', 'b.rs': '// Licence.\none\none\nthree\nfour\n' };
  expect(comparedWith(files)).toMatchObject({ same: ['a.rs'], edited: ['b.rs'], share: 6 / 8 });
});

test('nothing is left of an empty project', () => {
  expect(comparedWith({})).toMatchObject({ same: [], share: 0 });
  expect(compare([], () => undefined, [])).toMatchObject({ share: 0 });
});
