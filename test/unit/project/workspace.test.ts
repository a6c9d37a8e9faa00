import { chmodSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findWorkspace, joinWorkspace } from '../../../src/project/workspace.ts';
import { contentsOf, populate, temporaryFolder } from './temporary-folder.ts';

test('finds the nearest workspace above the folder, past plain packages', async () => {
  const root = temporaryFolder();
  populate(root, {
    'Cargo.toml': '[workspace]\n',
    'inner/Cargo.toml': '[package]\nname = "inner"\n',
    'excluding/Cargo.toml': '[workspace]\nexclude = ["./out/"]\n',
    'broken/Cargo.toml': '[workspace\n',
  });
  const found = (path: string) => findWorkspace(join(root, path));
  expect(await found('api')).toBe(join(root, 'Cargo.toml'));
  expect(await found('inner/api')).toBe(join(root, 'Cargo.toml'));
  expect(await found('broken/api')).toBe(join(root, 'Cargo.toml'));
  expect(await found('excluding/outer')).toBe(join(root, 'excluding/Cargo.toml'));
  expect(await found('excluding/out/api')).toBeNull();
  expect(await found('..')).toBeNull();
});

test.each([
  ['an inline list', '[workspace]\nmembers = ["a"] # ours\n', '[workspace]\nmembers = ["a", "api"] # ours\n'],
  ['a trailing comma', '[workspace]\nmembers = ["a",]\n', '[workspace]\nmembers = ["a", "api"]\n'],
  ['an empty list', '[workspace]\nmembers = []\n', '[workspace]\nmembers = ["api"]\n'],
  [
    'a list over lines with comments',
    '[workspace]\nresolver = "3"\nmembers = [\n  "a", # the first\n  # last\n  "b" # no comma\n]\n\n[profile.dev]\n',
    '[workspace]\nresolver = "3"\nmembers = [\n  "a", # the first\n  # last\n  "b", # no comma\n  "api",\n]\n\n[profile.dev]\n',
  ],
  [
    'no list',
    '# top\n[workspace] # all\nresolver = "3"\n',
    '# top\n[workspace] # all\nmembers = ["api"]\nresolver = "3"\n',
  ],
  [
    'a list in another table',
    '[workspace]\n[workspace.metadata]\nmembers = ["x"]\n',
    '[workspace]\nmembers = ["api"]\n[workspace.metadata]\nmembers = ["x"]\n',
  ],
])('joins %s, comments and all', async (_, before, after) => {
  const root = temporaryFolder();
  populate(root, { 'Cargo.toml': before });
  const manifest = join(root, 'Cargo.toml');
  const join_ = await joinWorkspace({ path: join(root, 'api'), insideWorkspace: manifest });
  expect(join_).toEqual({ manifest, member: 'api', status: 'added' });
  expect(contentsOf(root)).toEqual({ 'Cargo.toml': after });
});

test.each(['crates/api', 'crates/*', './crates/a?i/', '*/api'])(
  'leaves a list alone that covers it by %j',
  async (member) => {
    const root = temporaryFolder();
    const text = `[workspace]\nmembers = ["${member}"]\n`;
    populate(root, { 'Cargo.toml': text });
    const manifest = join(root, 'Cargo.toml');
    const joined = await joinWorkspace({ path: join(root, 'crates/api'), insideWorkspace: manifest });
    expect(joined).toEqual({ manifest, member: 'crates/api', status: 'already-member' });
    expect(readFileSync(manifest, 'utf8')).toBe(text);
  },
);

test.each([
  'workspace.members = ["a"]\n',
  'workspace = { members = ["a"] }\n',
  '[workspace]\nmembers = [ "a#b", "c" ]\n',
])('says what to add by hand, and changes nothing, for %j', async (text) => {
  const root = temporaryFolder();
  populate(root, { 'Cargo.toml': text });
  const joining = joinWorkspace({ path: join(root, 'api'), insideWorkspace: join(root, 'Cargo.toml') });
  await expect(joining).rejects.toMatchObject({
    exitCode: 1,
    problems: [{ hint: 'add "api" to workspace.members there' }],
  });
  expect(contentsOf(root)).toEqual({ 'Cargo.toml': text });
});

test('keeps the mode of the manifest', async () => {
  const root = temporaryFolder();
  populate(root, { 'Cargo.toml': '[workspace]\n' });
  const manifest = join(root, 'Cargo.toml');
  chmodSync(manifest, 0o640);
  await joinWorkspace({ path: join(root, 'api'), insideWorkspace: manifest });
  expect(statSync(manifest).mode & 0o777).toBe(0o640);
});
