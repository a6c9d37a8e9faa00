import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { EXIT } from '../../../src/model/errors.ts';
import { openPrompter } from '../../../src/ui/prompter.ts';
import { createTerminal } from '../../../src/ui/terminal.ts';

const QUESTION = {
  kind: 'text',
  message: 'Name',
  initial: 'svc',
  check: () => null,
  checkOnEnter: async () => null,
} as const;

function setUp() {
  const rawModes: boolean[] = [];
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: (on: boolean) => rawModes.push(on) });
  const stderr = Object.assign(new PassThrough(), { isTTY: true, columns: 80, rows: 24 });
  const streams = { stdin, stdout: new PassThrough(), stderr } as unknown as Parameters<typeof createTerminal>[0];
  return { terminal: createTerminal(streams, { NO_COLOR: '1' }), rawModes };
}

test('a signal before the first question stops the run', async () => {
  const { terminal, rawModes } = setUp();
  await expect(openPrompter(terminal, AbortSignal.abort())).rejects.toMatchObject({ exitCode: EXIT.cancelled });
  expect(rawModes).toEqual([]);
});

test('a signal between two questions stops at the second', async () => {
  const { terminal, rawModes } = setUp();
  const stopping = new AbortController();
  const prompter = await openPrompter(terminal, stopping.signal);
  stopping.abort();
  await expect(prompter.ask(QUESTION, false)).rejects.toMatchObject({ exitCode: EXIT.cancelled });
  prompter.close();
  expect(rawModes).toEqual([true, false]);
});
