import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import { inspectTarget } from '../../../src/project/target.ts';
import { populate, temporaryFolder } from './temporary-folder.ts';

test('tells absent, empty and occupied folders apart', async () => {
  const root = temporaryFolder();
  populate(root, { 'full/notes.txt': '' });
  mkdirSync(join(root, 'empty'));
  const kinds = ['new', 'deep/er/new', 'empty', 'full'].map(async (dir) => (await inspectTarget(join(root, dir))).kind);
  expect(await Promise.all(kinds)).toEqual(['absent', 'absent', 'empty', 'occupied']);
});

test('returns an absolute path with the links above the folder resolved', async () => {
  const root = temporaryFolder();
  mkdirSync(join(root, 'real'));
  symlinkSync('real', join(root, 'link'));
  expect((await inspectTarget(join(root, 'link', 'a', 'b'))).path).toBe(join(root, 'real', 'a', 'b'));
});

test.each([
  ['file', 'is a file'],
  ['link', 'is a symbolic link: nothing is written through links'],
  ['dangling', 'is a symbolic link: nothing is written through links'],
])('refuses a %s as the folder, exit 3', async (name, reason) => {
  const root = temporaryFolder();
  writeFileSync(join(root, 'file'), '');
  mkdirSync(join(root, 'real'));
  symlinkSync('real', join(root, 'link'));
  symlinkSync('nowhere', join(root, 'dangling'));
  const refusal = inspectTarget(join(root, name));
  await expect(refusal).rejects.toMatchObject({ exitCode: 3, problems: [{ code: 'target-not-a-folder' }] });
  await expect(refusal).rejects.toThrow(reason);
});

test('refuses impossible paths', async () => {
  const root = temporaryFolder();
  writeFileSync(join(root, 'file'), '');
  await expect(inspectTarget('a\0b')).rejects.toMatchObject({ exitCode: 3 });
  await expect(inspectTarget(join(root, 'file', 'below'))).rejects.toMatchObject({ exitCode: 1 });
  await expect(inspectTarget(join(root, 'n'.repeat(300)))).rejects.toThrow('the path is too long');
});

test.runIf(delimiter === ':').each([
  ['a:b', '":" separates the folders of a search path'],
  ['a:b/svc', '":" separates'],
  ['100%', 'the linker replaces "%"'],
  ['caf\uFFFD', 'it is not valid UTF-8'],
])('refuses %j: Cargo cannot build there', async (name, reason) => {
  const refusal = inspectTarget(join(temporaryFolder(), name));
  await expect(refusal).rejects.toMatchObject({ exitCode: 2, problems: [{ code: 'unbuildable-path' }] });
  await expect(refusal).rejects.toThrow(reason);
});

test('accepts every path that Cargo builds in', async () => {
  const root = temporaryFolder();
  for (const name of ['a;b', 'a"b', "a'b", 'a b', 'a=b', 'a,b', 'a$b', 'a|b', '-a', 'ü', 'a#b', 'a*b', 'a[b]']) {
    expect((await inspectTarget(join(root, name))).kind).toBe('absent');
  }
});

test('sees the git repository around it, by folder or by file', async () => {
  const root = temporaryFolder();
  mkdirSync(join(root, 'repository/.git'), { recursive: true });
  populate(root, { 'worktree/.git': 'gitdir: elsewhere\n' });
  expect((await inspectTarget(join(root, 'repository/a/b'))).insideGit).toBe(true);
  expect((await inspectTarget(join(root, 'repository'))).insideGit).toBe(true);
  expect((await inspectTarget(join(root, 'worktree/a'))).insideGit).toBe(true);
  expect((await inspectTarget(join(root, 'alone'))).insideGit).toBe(false);
});
