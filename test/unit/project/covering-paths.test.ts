import { expect, test } from 'vitest';
import { coveringPaths } from '../../../src/project/covering-paths.ts';
import { populate, temporaryFolder } from './temporary-folder.ts';

const FILES = ['.env.example', 'Cargo.toml', 'src/db/mod.rs', 'src/db/users.rs', 'src/main.rs'];

test('a new folder is listed by its top-level files and folders', () => {
  expect(coveringPaths('/nowhere/svc', FILES)).toEqual(['.env.example', 'Cargo.toml', 'src']);
});

test('a folder with other files is listed by our files, and a new subfolder as a whole', () => {
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
