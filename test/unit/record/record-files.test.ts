import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BASE_FILE, LOCK_FILE } from '../../../src/model/project-record.ts';
import { findProject, readRecordFile } from '../../../src/project/record-files.ts';
import { temporaryFolder } from '../project/temporary-folder.ts';

function project(): string {
  const root = temporaryFolder();
  mkdirSync(join(root, '.create-api'));
  mkdirSync(join(root, 'src/routes'), { recursive: true });
  writeFileSync(join(root, LOCK_FILE), '{}');
  writeFileSync(join(root, BASE_FILE), '');
  return root;
}

describe('the project around a folder', () => {
  test('is the innermost one', () => {
    const root = project();
    expect(findProject(root)).toBe(root);
    expect(findProject(join(root, 'src/routes'))).toBe(root);
    mkdirSync(join(root, 'src/.create-api'));
    writeFileSync(join(root, 'src', LOCK_FILE), '');
    expect(findProject(join(root, 'src/routes'))).toBe(join(root, 'src'));
  });

  test('is in the same repository', () => {
    const root = project();
    mkdirSync(join(root, 'src/.git'));
    expect(() => findProject(join(root, 'src/routes'))).toThrow('is not in a project that create-api made');
  });

  test('may be absent, exit 2', () => {
    expect(() => findProject(temporaryFolder())).toThrow(expect.objectContaining({ exitCode: 2 }));
  });
});

describe('a file of the record', () => {
  test.each([
    ['is missing', (path: string) => rmSync(path), 'it is missing'],
    [
      'is a link',
      (path: string) => {
        rmSync(path);
        symlinkSync('/etc/hostname', path);
      },
      'it is a link',
    ],
    [
      'is a folder',
      (path: string) => {
        rmSync(path);
        mkdirSync(path);
      },
      'it is not a file',
    ],
    [
      'is a pipe that nobody writes to',
      (path: string) => {
        rmSync(path);
        execFileSync('mkfifo', [path]);
      },
      'it is not a file',
    ],
    ['is far too large', (path: string) => truncateSync(path, 1e9), 'it has 1000000000 bytes'],
    [
      'is in a folder that is a link',
      (path: string) => {
        const folder = join(path, '..');
        rmSync(folder, { recursive: true });
        symlinkSync(temporaryFolder(), folder);
      },
      '.create-api is a link',
    ],
  ])('that %s is refused, exit 5', (_, change, message) => {
    for (const file of [LOCK_FILE, BASE_FILE] as const) {
      const root = project();
      change(join(root, file));
      expect(() => readRecordFile(root, file)).toThrow(
        expect.objectContaining({
          exitCode: 5,
          message: expect.stringContaining(`${file} cannot be read: ${message}`),
        }),
      );
    }
  });
});
