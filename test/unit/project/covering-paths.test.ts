import { expect, test } from 'vitest';
import { coveringPaths } from '../../../src/project/covering-paths.ts';
import { populate, temporaryFolder } from './temporary-folder.ts';

const FILES = ['.env.example', 'Cargo.toml', 'src/db/mod.rs', 'src/db/users.rs', 'src/main.rs'];

test('a new folder has its files and folders at the top', () => {
  expect(coveringPaths('/nowhere/svc', FILES)).toEqual(['.env.example', 'Cargo.toml', 'src']);
});

test('a folder that has other files too is named by ours, and one below it as a whole', () => {
  const root = temporaryFolder();
  populate(root, { '.env': 'SECRET=1', 'src/main.rs': '', 'src/notes.txt': '', 'target/x': '' });
  expect(coveringPaths(root, FILES)).toEqual(['.env.example', 'Cargo.toml', 'src/db', 'src/main.rs']);
  populate(root, { 'src/db/.env': '' });
  expect(coveringPaths(root, FILES)).toEqual([
    '.env.example',
    'Cargo.toml',
    'src/db/mod.rs',
    'src/db/users.rs',
    'src/main.rs',
  ]);
});
