import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createAsNobody } from './support/nobody.ts';
import { emptyFolder } from './support/service-folder.ts';

const ALONE = ['--no-install', '--no-git'];

/** A readable folder that contains one of the given mode. */
function folderOfMode(mode: number): string {
  const above = emptyFolder();
  chmodSync(above, 0o755);
  const folder = join(above, 'folder');
  mkdirSync(folder);
  chmodSync(folder, mode);
  return folder;
}

test('a folder without write permission is reported, exit 1', async () => {
  const folder = folderOfMode(0o555);
  const run = await createAsNobody(['orders', ...ALONE], folder);
  expect(run).toMatchObject({ code: 1, stdout: '' });
  expect(run.stderr.replace(/\s+/g, ' ')).toContain('permission denied');
  expect(readdirSync(folder)).toEqual([]);
});

test('the contents of a folder without write permission are listed, exit 3', async () => {
  const folder = folderOfMode(0o755);
  writeFileSync(join(folder, 'Cargo.toml'), 'mine');
  chmodSync(folder, 0o555);
  const run = await createAsNobody(['.', '--name', 'orders', ...ALONE], folder);
  expect(run).toMatchObject({ code: 3, stdout: '' });
  expect(run.stderr.replace(/\s+/g, ' ')).toContain(`${folder} already has one of the project's files`);
  expect(run.stderr).toContain('Cargo.toml');
});

test('a workspace manifest without write permission is reported before anything is written, exit 1', async () => {
  const folder = folderOfMode(0o777);
  const manifest = join(folder, 'Cargo.toml');
  writeFileSync(manifest, '[workspace]\n');
  chmodSync(manifest, 0o444);
  const run = await createAsNobody(['orders', '--workspace', 'join', ...ALONE], folder);
  expect(run).toMatchObject({ code: 1, stdout: '' });
  const said = run.stderr.replace(/\s+/g, ' ');
  for (const part of [manifest, 'permission denied', 'add "orders" to workspace.members there']) {
    expect(said).toContain(part);
  }
  expect(readdirSync(folder)).toEqual(['Cargo.toml']);
  expect(readFileSync(manifest, 'utf8')).toBe('[workspace]\n');
});
