import { mkdirSync, readdirSync, rmSync, statSync, symlinkSync, utimesSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { OnConflict } from '../../../src/model/files.ts';
import { makeStage } from '../../../src/project/stage.ts';
import { inspectTarget } from '../../../src/project/target.ts';
import { writeProject } from '../../../src/project/write.ts';
import { onFailingDisk } from './failing-disk.ts';
import { contentsOf, fileSet, populate, temporaryFolder } from './temporary-folder.ts';

const FILES = fileSet({
  '.gitignore': '/target\n',
  'Cargo.toml': '[package]\n',
  'bin/run': '#!/bin/sh\n',
  'src/main.rs': 'fn main() {}\n',
});
const PATHS = FILES.map(({ path }) => path);
const WRITTEN = {
  '.gitignore': '/target\n',
  'Cargo.toml': '[package]\n',
  bin: '<folder>',
  'bin/run': '#!/bin/sh\n',
  src: '<folder>',
  'src/main.rs': 'fn main() {}\n',
};

async function write(path: string, onConflict: OnConflict = 'fail', signal?: AbortSignal) {
  return writeProject(await inspectTarget(path), FILES, onConflict, signal);
}

describe('into an absent folder', () => {
  test('writes everything, parents too, and leaves nothing beside it', async () => {
    const root = temporaryFolder();
    const report = await write(join(root, 'deep/er/api'));
    expect(report).toEqual({ written: PATHS, skipped: [], overwritten: [] });
    expect(contentsOf(join(root, 'deep/er/api'))).toEqual(WRITTEN);
    expect(readdirSync(root)).toEqual(['deep']);
  });

  test('honours the umask, and makes only executables executable', async () => {
    const root = temporaryFolder();
    await write(join(root, 'api'));
    const modeOf = (path: string) => statSync(join(root, 'api', path)).mode & 0o777;
    expect([modeOf(''), modeOf('bin/run'), modeOf('Cargo.toml')]).toEqual(
      [0o777, 0o777, 0o666].map((mode) => mode & ~process.umask()),
    );
  });

  test('lets exactly one of two runs win', async () => {
    const root = temporaryFolder();
    const target = await inspectTarget(join(root, 'api'));
    const runs = await Promise.allSettled([1, 2].map(() => writeProject(target, FILES, 'fail')));
    expect(runs.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(runs.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { exitCode: 3 } });
    expect(contentsOf(root)).toMatchObject({ 'api/Cargo.toml': '[package]\n' });
    expect(readdirSync(root)).toEqual(['api']);
  });

  test('writes nothing when it is cancelled, exit 130', async () => {
    const root = temporaryFolder();
    await expect(write(join(root, 'api'), 'fail', AbortSignal.abort())).rejects.toMatchObject({ exitCode: 130 });
    expect(contentsOf(root)).toEqual({});
  });

  test('removes the old remains of a killed run, and nothing else', async () => {
    const root = temporaryFolder();
    const old = basename(makeStage(root));
    const young = basename(makeStage(root));
    const people = ['.create-api-notes', '.create-api-stage-my-own', '.create-api-stage-aB3dE1'];
    populate(root, Object.fromEntries([old, young, ...people].map((name) => [`${name}/x`, ''])));
    populate(root, { '.create-api-stage-aB3dE2': 'a file', '.create-api-backup': 'a file' });
    people.push('.create-api-stage-aB3dE2', '.create-api-backup');
    for (const name of [old, ...people]) utimesSync(join(root, name), 1, 1);
    await write(join(root, 'api'));
    expect(readdirSync(root).sort()).toEqual([young, ...people, 'api'].sort());
  });
});

describe('into an existing folder', () => {
  test('writes into an empty one and leaves nothing else', async () => {
    const root = temporaryFolder();
    expect((await write(root)).written).toEqual(PATHS);
    expect(contentsOf(root)).toEqual(WRITTEN);
  });

  test('accepts a repository, editor settings or a licence', async () => {
    const root = temporaryFolder();
    const before = {
      '.git/HEAD': 'ref\n',
      '.github/CODEOWNERS': '*\n',
      '.devcontainer/x': '',
      '.vscode/settings.json': '{}',
      LICENSE: 'MIT\n',
    };
    populate(root, before);
    expect(await write(root)).toEqual({ written: PATHS, skipped: [], overwritten: [] });
    expect(contentsOf(root)).toMatchObject({ ...before, ...WRITTEN });
  });

  test('lists every conflict before the first write, exit 3', async () => {
    const root = temporaryFolder();
    populate(root, { 'Cargo.toml': 'mine\n', 'notes.txt': 'mine\n', 'src/main.rs': 'mine\n', 'docs/a.md': '' });
    const before = contentsOf(root);
    await expect(write(root)).rejects.toMatchObject({
      exitCode: 3,
      problems: [
        {
          code: 'conflict',
          message: `${root} already has 2 of the project's files; it also holds docs, notes.txt, which are never touched`,
          paths: ['Cargo.toml', 'src/main.rs'],
        },
      ],
    });
    expect(contentsOf(root)).toEqual(before);
  });

  test('lists conflicts without a change to the folder, which may be read-only', async () => {
    const root = temporaryFolder();
    populate(root, { 'Cargo.toml': 'mine\n' });
    expect(await onFailingDisk({ by: 'kill', position: 1 }, () => write(root))).toBe(3);
    expect(contentsOf(root)).toEqual({ 'Cargo.toml': 'mine\n' });
  });

  test('counts a file with the same content as a conflict, so a second run does not claim the project', async () => {
    const root = temporaryFolder();
    await write(root);
    await expect(write(root)).rejects.toMatchObject({ exitCode: 3, problems: [{ code: 'conflict', paths: PATHS }] });
  });

  test('overwrites if told to, and only its own files', async () => {
    const root = temporaryFolder();
    populate(root, { 'Cargo.toml': 'mine\n', 'notes.txt': 'mine\n' });
    const report = await write(root, 'overwrite');
    expect(report).toEqual({
      written: PATHS.filter((path) => path !== 'Cargo.toml'),
      skipped: [],
      overwritten: ['Cargo.toml'],
    });
    expect(contentsOf(root)).toEqual({ ...WRITTEN, 'notes.txt': 'mine\n' });
  });

  test('skips if told to', async () => {
    const root = temporaryFolder();
    populate(root, { 'Cargo.toml': 'mine\n' });
    expect((await write(root, 'skip')).skipped).toEqual(['Cargo.toml']);
    expect(contentsOf(root)).toEqual({ ...WRITTEN, 'Cargo.toml': 'mine\n' });
  });

  test.each(['fail', 'overwrite', 'skip'] as const)(
    'never writes through a link or over a folder (%s)',
    async (onConflict) => {
      const root = temporaryFolder();
      const outside = temporaryFolder();
      symlinkSync(outside, join(root, 'src'));
      mkdirSync(join(root, 'Cargo.toml'));
      populate(root, { bin: 'a file where a folder is needed' });
      const before = contentsOf(root);
      await expect(write(root, onConflict)).rejects.toMatchObject({
        exitCode: 3,
        problems: [
          { code: 'path-blocked', message: expect.stringContaining(root), paths: ['Cargo.toml', 'bin', 'src'] },
        ],
      });
      expect(contentsOf(root)).toEqual(before);
      expect(contentsOf(outside)).toEqual({});
    },
  );

  test('replaces a link with the file, and leaves its target alone', async () => {
    const root = temporaryFolder();
    const outside = temporaryFolder();
    populate(outside, { kept: 'mine\n' });
    symlinkSync(join(outside, 'kept'), join(root, 'Cargo.toml'));
    await expect(write(root)).rejects.toMatchObject({ exitCode: 3 });
    await write(root, 'overwrite');
    expect(contentsOf(root)).toEqual(WRITTEN);
    expect(contentsOf(outside)).toEqual({ kept: 'mine\n' });
  });

  test('writes nothing when it is cancelled', async () => {
    const root = temporaryFolder();
    await expect(write(root, 'fail', AbortSignal.abort())).rejects.toMatchObject({ exitCode: 130 });
    expect(contentsOf(root)).toEqual({});
  });

  test('lets exactly one of two runs win', async () => {
    const root = temporaryFolder();
    const target = await inspectTarget(root);
    const runs = await Promise.allSettled([1, 2].map(() => writeProject(target, FILES, 'overwrite')));
    expect(runs.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(runs[1]).toMatchObject({ reason: { exitCode: 3, problems: [{ code: 'folder-in-use' }] } });
    expect(contentsOf(root)).toEqual(WRITTEN);
  });

  test('reports that the folder is gone, exit 1', async () => {
    const root = temporaryFolder();
    const target = await inspectTarget(root);
    rmSync(root, { recursive: true });
    await expect(writeProject(target, FILES, 'fail')).rejects.toMatchObject({ exitCode: 1 });
  });
});

test.each([
  ['../out'],
  ['/absolute'],
  ['a//b'],
  ['a/./b'],
  ['a\\b'],
  ['a:b'],
  ['nul.txt'],
  ['trailing.'],
  ['.git/config'],
  ['line\nbreak'],
])('a pack cannot write %j', async (path) => {
  const root = temporaryFolder();
  const target = await inspectTarget(join(root, 'api'));
  await expect(writeProject(target, fileSet({ [path]: '' }), 'fail')).rejects.toThrow(
    'cannot be written on every operating system',
  );
  expect(contentsOf(root)).toEqual({});
});

test.each([[{ 'README.md': '', 'readme.md': '' }], [{ 'Src/a': '', 'src/b': '' }], [{ a: '', 'A/b': '' }]])(
  'a pack cannot write %j, which are the same path if case is ignored',
  async (texts) => {
    const root = temporaryFolder();
    const target = await inspectTarget(join(root, 'api'));
    await expect(writeProject(target, fileSet(texts), 'fail')).rejects.toThrow('cannot both be written');
  },
);
