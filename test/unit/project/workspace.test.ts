import { chmodSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findWorkspace, joinWorkspace, planJoin } from '../../../src/project/workspace.ts';
import { contentsOf, populate, temporaryFolder } from './temporary-folder.ts';

test('finds the nearest workspace above the folder, past plain packages', async () => {
  const root = temporaryFolder();
  populate(root, {
    'Cargo.toml': '[workspace]\n',
    'inner/Cargo.toml': '[package]\nname = "inner"\n',
    'excluding/Cargo.toml': '[workspace]\nexclude = ["./out/"]\n',
    'broken/Cargo.toml': '[workspace\n',
  });
  const found = async (path: string) => (await findWorkspace(join(root, path)))?.manifest ?? null;
  expect(await found('api')).toBe(join(root, 'Cargo.toml'));
  expect(await found('inner/api')).toBe(join(root, 'Cargo.toml'));
  expect(await found('broken/api')).toBe(join(root, 'Cargo.toml'));
  expect(await found('excluding/outer')).toBe(join(root, 'excluding/Cargo.toml'));
  expect(await found('excluding/out/api')).toBeNull();
  expect(await found('..')).toBeNull();
});

test('knows when the list of members covers the folder already', async () => {
  const root = temporaryFolder();
  populate(root, { 'Cargo.toml': '[workspace]\nmembers = ["crates/*"]\n' });
  expect(await findWorkspace(join(root, 'crates/api'))).toMatchObject({ isCovered: true });
  expect(await findWorkspace(join(root, 'api'))).toMatchObject({ isCovered: false });
});

test.each([
  ['an inline list', '[workspace]\nmembers = ["a"] # ours\n', '[workspace]\nmembers = ["a", "api"] # ours\n'],
  ['a trailing comma', '[workspace]\nmembers = ["a",]\n', '[workspace]\nmembers = ["a", "api"]\n'],
  ['an empty list', '[workspace]\nmembers = []\n', '[workspace]\nmembers = ["api"]\n'],
  [
    'a list of several lines with comments',
    '[workspace]\nresolver = "3"\nmembers = [\n  "a", # the first\n  # last\n  "b" # no comma\n]\n\n[profile.dev]\n',
    '[workspace]\nresolver = "3"\nmembers = [\n  "a", # the first\n  # last\n  "b", # no comma\n  "api",\n]\n\n[profile.dev]\n',
  ],
  [
    'no list',
    '# top\n[workspace] # all\nresolver = "3"\n',
    '# top\n[workspace] # all\nmembers = ["api"]\nresolver = "3"\n',
  ],
  [
    'a list with CRLF line endings',
    '[workspace]\r\nmembers = [\r\n  "a" # ours\r\n]\r\n',
    '[workspace]\r\nmembers = [\r\n  "a", # ours\r\n  "api",\r\n]\r\n',
  ],
  [
    'no list, with CRLF line endings',
    '[workspace]\r\nresolver = "3"\r\n',
    '[workspace]\r\nmembers = ["api"]\r\nresolver = "3"\r\n',
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
  const joining = { path: join(root, 'api'), insideWorkspace: manifest };
  expect(await planJoin(joining)).toEqual({ manifest, text: after });
  expect(contentsOf(root)).toEqual({ 'Cargo.toml': before });
  await joinWorkspace(joining);
  expect(contentsOf(root)).toEqual({ 'Cargo.toml': after });
});

test.each(['crates/api', 'crates/*', './crates/a?i/', '*/api'])('keeps a list that covers it by %j', async (member) => {
  const root = temporaryFolder();
  const text = `[workspace]\nmembers = ["${member}"]\n`;
  populate(root, { 'Cargo.toml': text });
  const manifest = join(root, 'Cargo.toml');
  const joining = { path: join(root, 'crates/api'), insideWorkspace: manifest };
  expect(await planJoin(joining)).toBeNull();
  await joinWorkspace(joining);
  expect(readFileSync(manifest, 'utf8')).toBe(text);
});

test.each([
  'workspace.members = ["a"]\n',
  'workspace = { members = ["a"] }\n',
  '[workspace]\nmembers = [ "a#b", "c" ]\n',
])('prints what to add by hand, and changes nothing, for %j', async (text) => {
  const root = temporaryFolder();
  populate(root, { 'Cargo.toml': text });
  await expect(planJoin({ path: join(root, 'api'), insideWorkspace: join(root, 'Cargo.toml') })).rejects.toMatchObject({
    exitCode: 1,
    problems: [{ hint: 'add "api" to workspace.members there' }],
  });
  expect(contentsOf(root)).toEqual({ 'Cargo.toml': text });
});

test('keeps the mode of the manifest', async () => {
  const root = temporaryFolder();
  populate(root, { 'Cargo.toml': '[workspace]\n' });
  const manifest = join(root, 'Cargo.toml');
  // More permissions than the umask allows for a new file.
  chmodSync(manifest, 0o666);
  await joinWorkspace({ path: join(root, 'api'), insideWorkspace: manifest });
  expect(statSync(manifest).mode & 0o777).toBe(0o666);
});

test('edits no manifest through a link, and replaces no link with a file', async () => {
  const root = temporaryFolder();
  populate(root, { 'shared/Cargo.toml': '[workspace]\n' });
  const manifest = join(root, 'Cargo.toml');
  symlinkSync(join(root, 'shared/Cargo.toml'), manifest);
  const before = contentsOf(root);
  await expect(joinWorkspace({ path: join(root, 'api'), insideWorkspace: manifest })).rejects.toMatchObject({
    exitCode: 1,
    problems: [{ message: expect.stringContaining('it is a link'), hint: expect.stringContaining('"api"') }],
  });
  expect(contentsOf(root)).toEqual(before);
});
