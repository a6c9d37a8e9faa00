import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dirtyFiles } from '../../../src/post/git-status.ts';
import { populate, temporaryFolder } from '../project/temporary-folder.ts';

const NAMES = ['clean', 'a b', 'ä', 'back\\slash "quote"'];

function repository(): string {
  const root = temporaryFolder();
  populate(root, Object.fromEntries(NAMES.map((name) => [`api/${name}`, 'text\n'])));
  git(root, 'init', '--quiet');
  git(root, 'add', '--all');
  git(root, '-c', 'user.name=A', '-c', 'user.email=a@example.com', 'commit', '--quiet', '--message', 'first');
  return root;
}

function git(root: string, ...args: readonly string[]): void {
  execFileSync('git', args, { cwd: root });
}

const dirty = (folder: string, paths: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  dirtyFiles(folder, paths, { ...process.env, ...env }, new AbortController().signal);

test('a committed project has no edits, and the index stays as it is', async () => {
  const root = repository();
  const index = readFileSync(join(root, '.git/index'));
  writeFileSync(join(root, 'api/clean'), 'text\n');
  expect(await dirty(join(root, 'api'), NAMES)).toEqual([]);
  expect(readFileSync(join(root, '.git/index'))).toEqual(index);
});

test('edits count whether or not they are staged, as do deleted files and those that git does not have', async () => {
  const root = repository();
  populate(root, { 'api/a b': 'edited\n', 'api/ä': 'staged\n', 'api/new': '', 'api/other': '' });
  git(root, 'add', 'api/ä');
  rmSync(join(root, 'api/clean'));
  const found = await dirty(join(root, 'api'), [...NAMES, 'new']);
  expect([...(found ?? [])].sort()).toEqual(['a b', 'clean', 'new', 'ä']);
});

test('names that git quotes are found', async () => {
  const root = repository();
  const name = NAMES[3] ?? '';
  populate(root, { [`api/${name}`]: 'edited\n' });
  expect(await dirty(join(root, 'api'), NAMES)).toEqual([name]);
});

test('without a repository or git there is none of them', async () => {
  const root = temporaryFolder();
  populate(root, { a: '' });
  expect(await dirty(root, ['a'])).toBeNull();
  const tracked = repository();
  populate(tracked, { 'api/clean': 'edited\n' });
  mkdirSync(join(tracked, 'bin'));
  expect(await dirty(join(tracked, 'api'), NAMES, { PATH: join(tracked, 'bin') })).toBeNull();
});

test.each([
  [
    'belongs to another user',
    { GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' },
    'another user owns the folder',
    'safe.directory',
  ],
  ['is broken', {}, 'bad signature|index file corrupt|index file smaller', '--allow-dirty'],
])('a repository that %s stops the command, exit 3', async (_, env, reason, hint) => {
  const root = repository();
  if (Object.keys(env).length === 0) writeFileSync(join(root, '.git/index'), 'broken');
  await expect(dirty(join(root, 'api'), NAMES, env)).rejects.toMatchObject({
    exitCode: 3,
    problems: [{ message: expect.stringMatching(reason), hint: expect.stringContaining(hint) }],
  });
});
