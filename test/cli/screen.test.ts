import { expect, test } from 'vitest';
import { shownBy } from './support/screen.ts';

test.each([
  ['lines', 'one\r\ntwo', ['one', 'two']],
  ['a full line, left by the next character', '0123456789\rX\r\n0123456789x', ['X123456789', '0123456789', 'x']],
  ['a line written over', 'one\r\u001b[2Ktw', ['tw']],
  ['moves up and right', 'one\r\ntwo\u001b[1A\u001b[2Cx', ['one  x', 'two']],
  ['a move by 0, which is one by 1', 'one\r\ntwo\r\u001b[0Ax', ['xne', 'two']],
  ['a move beyond the screen', '1\r\n2\r\n3\r\n4\u001b[9A\rx', ['1', 'x', '3', '4']],
  ['all erased from the cursor on', 'one\r\ntwo\r\nsix\u001b[2A\u001b[2G\u001b[J', ['o']],
  ['a place on the screen, of another line once it scrolls', '1\u001b7\r\n2\r\n3\r\n4\u001b8x', ['1', '2x', '3', '4']],
])('shows %s', (_, written, lines) => {
  expect(shownBy(written, 10, 3).lines).toEqual(lines);
});
