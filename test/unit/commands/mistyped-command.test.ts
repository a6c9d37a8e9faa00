import { expect, test } from 'vitest';
import { mistypedCommand } from '../../../src/commands/mistyped-command.ts';

const commands = ['list', 'doctor'];

test.each([
  [[], null],
  [['my-service'], null],
  [['./list'], null],
  [['docks'], null],
  [['list'], 'the command list must come first'],
  [['lsit'], '"lsit" looks like the command list'],
  [['doctr'], '"doctr" looks like the command doctor'],
  [['add', 'redis'], null],
  [['new', 'svc'], '"new" is not a command: the directory comes directly after create-api'],
  [['init'], '"init" is not a command: the directory comes directly after create-api'],
  [['./new'], null],
  [['newsletter'], null],
  [['ssh://git@host/x'], expect.stringContaining('is a URL')],
  [['git@host:x/y.git'], expect.stringContaining('is a URL')],
  [['./a', 'b'], null],
])('%j', (operands, message) => {
  expect(mistypedCommand(operands, commands)?.message ?? null).toEqual(message);
});
