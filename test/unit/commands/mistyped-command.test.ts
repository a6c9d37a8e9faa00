import { expect, test } from 'vitest';
import { mistypedCommand } from '../../../src/commands/mistyped-command.ts';

const commands = ['list', 'doctor'];

test.each([
  [[], null],
  [['my-service'], null],
  [['./list'], null],
  [['docks'], null],
  [['list'], 'the command list has to come first'],
  [['lsit'], '"lsit" looks like the command list'],
  [['doctr'], '"doctr" looks like the command doctor'],
  [['add', 'redis'], 'there is no command add'],
  [['./a', 'b'], null],
])('%j', (operands, message) => {
  expect(mistypedCommand(operands, commands)?.message ?? null).toBe(message);
});
