import { mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import { isOnSearchPath } from '../../../src/project/search-path.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A folder with a program, a file that cannot be run, and a folder. */
function folderWithPrograms(): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'tool'), '', { mode: 0o755 });
  writeFileSync(join(folder, 'notes'), '', { mode: 0o644 });
  writeFileSync(join(folder, 'tool.exe'), '', { mode: 0o644 });
  mkdirSync(join(folder, 'folder'));
  return folder;
}

test('a program is found in any folder of the search path', () => {
  const folder = folderWithPrograms();
  const find = (program: string, ...folders: readonly string[]) =>
    isOnSearchPath(program, folders.join(delimiter), false);
  expect(find('tool', folder)).toBe(true);
  expect(find('tool', '/nonexistent', join(folder, 'tool'), folder)).toBe(true);
  expect(find('tool', '/nonexistent', join(folder, 'tool'))).toBe(false);
  expect(find('tool')).toBe(false);
  expect(find('notes', folder)).toBe(false);
  expect(find('folder', folder)).toBe(false);
});

test('on Windows a program is an .exe file', () => {
  const folder = folderWithPrograms();
  expect(isOnSearchPath('tool', folder, true)).toBe(true);
  expect(isOnSearchPath('notes', folder, true)).toBe(false);
});
