import { expect, test } from 'vitest';
import { withMode } from '../../../src/commands/change/plan-change.ts';
import type { FileState } from '../../../src/model/files.ts';

const state = (mode: FileState['mode']): FileState => ({ bytes: new Uint8Array(), mode });
const rendered = { path: 'x', text: '', class: 'merge', executable: true } as const;

test('on Windows a file has the mode that it was rendered with, which is no edit', () => {
  expect(withMode(state('file'), rendered, 'win32').mode).toBe('executable');
  expect(withMode(state('file'), undefined, 'win32').mode).toBe('file');
  expect(withMode(state('link'), rendered, 'win32').mode).toBe('link');
  expect(withMode(state('file'), rendered, 'linux').mode).toBe('file');
});
