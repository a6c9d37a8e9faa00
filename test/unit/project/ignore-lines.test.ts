import { expect, test } from 'vitest';
import { incompleteIgnores } from '../../../src/project/ignore-lines.ts';
import { fileSet, populate, temporaryFolder } from './temporary-folder.ts';

const FILES = fileSet({
  '.gitignore': '# build\n/target\n.env\n*.db\n',
  'README.md': '/target',
  '.dockerignore': '.env\n',
});

test.each([
  ['', [{ path: '.gitignore', missing: ['/target', '.env', '*.db'] }]],
  ['target/\r\n.env\r\n', [{ path: '.gitignore', missing: ['*.db'] }]],
  ['*.db\n/.env\ntarget\n', []],
  ['# /target\n!.env\n*.db', [{ path: '.gitignore', missing: ['/target', '.env'] }]],
])('a .gitignore of %j', (text, incomplete) => {
  const root = temporaryFolder();
  populate(root, { '.gitignore': text, '.dockerignore': '', 'README.md': '' });
  expect(incompleteIgnores(root, FILES, ['.gitignore', 'README.md'])).toEqual(incomplete);
});
