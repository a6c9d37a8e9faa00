import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { FileChange, FileState } from '../../src/model/files.ts';
import { abortPending, beginPending, continuePending, readPending } from '../../src/project/pending.ts';
import { assertSettled, type HeldFolder, holdFolder } from '../../src/project/transaction.ts';
import { contentsOf, populate, temporaryFolder } from '../unit/project/temporary-folder.ts';
import { failEveryChange, withoutTemporary } from './failing.ts';

const state = (text: string): FileState => ({ bytes: Buffer.from(text), mode: 'file' });

const BEFORE = { 'Cargo.toml': 'mine\n', 'old/gone': 'gone\n', '.create-api/lock.json': '1\n', 'notes.txt': 'mine\n' };
const CHANGES: readonly FileChange[] = [
  { path: 'Cargo.toml', before: state('mine\n'), after: state('<<<<<<< mine\n') },
  { path: 'old/gone', before: state('gone\n') },
  { path: 'src/new/a.rs', after: state('new\n') },
];
const REASONS = new Map([['Cargo.toml', 'both changed it']]);
const NEXT: readonly FileChange[] = [{ path: '.create-api/lock.json', before: state('1\n'), after: state('2\n') }];

function project(): string {
  const root = temporaryFolder();
  populate(root, BEFORE);
  return root;
}

function hold<T>(root: string, work: (folder: HeldFolder) => T): T {
  const folder = holdFolder(root);
  try {
    return work(folder);
  } finally {
    folder.release();
  }
}

const begin = (root: string) =>
  hold(root, (folder) => beginPending(folder, 'create-api add cors', CHANGES, REASONS, NEXT));
const pendingOf = (root: string) => readPending(root) ?? expect.fail('nothing is pending');
const abort = (root: string) => hold(root, (folder) => abortPending(folder, pendingOf(root), new Set()));
const proceed = (root: string) => hold(root, (folder) => continuePending(folder, pendingOf(root)));

function pendingProject(): string {
  const root = project();
  begin(root);
  return root;
}

test('a change with conflicts is in place and recorded, and the lock is still the previous one', () => {
  const root = pendingProject();
  expect(contentsOf(root)).toMatchObject({ 'Cargo.toml': '<<<<<<< mine\n', '.create-api/lock.json': '1\n' });
  expect(readFileSync(join(root, '.create-api/pending/.gitignore'), 'utf8')).toBe('*\n');
  expect(readPending(root)).toMatchObject({
    command: 'create-api add cors',
    files: [
      { path: 'Cargo.toml', before: state('mine\n'), reason: 'both changed it' },
      { path: 'old/gone', before: state('gone\n'), written: 'absent' },
      { path: 'src/new/a.rs' },
    ],
    next: NEXT,
  });
});

test('continue keeps what the person made of the files, and writes the lock', () => {
  const root = pendingProject();
  populate(root, { 'Cargo.toml': 'resolved\n' });
  proceed(root);
  const { 'old/gone': _, old, ...kept } = contentsOf(root) as Record<string, string>;
  expect(old).toBeUndefined();
  expect(kept).toMatchObject({ 'Cargo.toml': 'resolved\n', '.create-api/lock.json': '2\n', 'src/new/a.rs': 'new\n' });
  expect(readPending(root)).toBeNull();
});

test('continue refuses if the lock was changed meanwhile', () => {
  const root = pendingProject();
  populate(root, { '.create-api/lock.json': 'another\n' });
  const unchanged = contentsOf(root);
  expect(() => proceed(root)).toThrow(expect.objectContaining({ exitCode: 3 }));
  expect(contentsOf(root)).toEqual(unchanged);
});

describe('abort', () => {
  test('restores everything, and leaves no trace', () => {
    const root = project();
    const before = contentsOf(root);
    begin(root);
    expect(abort(root)).toEqual({ restored: ['Cargo.toml', 'old/gone', 'src/new/a.rs'], copies: [] });
    expect(contentsOf(root)).toEqual(before);
  });

  test('keeps copies of what was edited since, whatever it is now, and other files', () => {
    const root = pendingProject();
    rmSync(join(root, 'src/new/a.rs'));
    symlinkSync('nowhere', join(root, 'src/new/a.rs'));
    populate(root, { 'Cargo.toml': 'resolved\n', 'old/gone': 'back\n', 'src/new/b.rs': 'mine\n' });
    expect(abort(root)).toEqual({
      restored: ['Cargo.toml', 'old/gone', 'src/new/a.rs'],
      copies: ['Cargo.toml', 'old/gone', 'src/new/a.rs'].map((path) => ({ path, copy: `.create-api/aborted/${path}` })),
    });
    expect(contentsOf(root)).toMatchObject({
      ...BEFORE,
      '.create-api/aborted/.gitignore': '*\n',
      '.create-api/aborted/Cargo.toml': 'resolved\n',
      '.create-api/aborted/old/gone': 'back\n',
      '.create-api/aborted/src/new/a.rs': '<link>',
      'src/new/b.rs': 'mine\n',
    });
    expect(contentsOf(root)).not.toHaveProperty(['src/new/a.rs']);
  });

  test('keeps the copies of an earlier abort', () => {
    const root = project();
    for (const [text, folder] of [
      ['1\n', 'aborted'],
      ['2\n', 'aborted-2'],
    ]) {
      begin(root);
      populate(root, { 'Cargo.toml': text ?? '' });
      abort(root);
      expect(contentsOf(root)).toMatchObject({ [`.create-api/${folder}/Cargo.toml`]: text });
    }
  });

  test('restores permissions', () => {
    const root = project();
    chmodSync(join(root, 'Cargo.toml'), 0o640);
    begin(root);
    abort(root);
    expect(statSync(join(root, 'Cargo.toml')).mode & 0o777).toBe(0o640);
  });

  test('changes nothing if something is in the way, and names it', () => {
    const root = pendingProject();
    mkdirSync(join(root, 'old/gone/folder'), { recursive: true });
    const unchanged = contentsOf(root);
    expect(() => abort(root)).toThrow(
      expect.objectContaining({ exitCode: 3, problems: [expect.objectContaining({ paths: ['old/gone'] })] }),
    );
    expect(contentsOf(root)).toEqual(unchanged);
  });
});

test.each([
  ['begin', project, begin],
  ['continue', pendingProject, proceed],
  ['abort', pendingProject, abort],
] as const)('%s is done or not after a kill at any moment', async (_, prepare, work) => {
  const before = prepare();
  const after = prepare();
  work(after);
  const expected = [contentsOf(before), contentsOf(after)];
  const count = await failEveryChange('kill', async (fail) => {
    const root = prepare();
    await fail(() => work(root));
    holdFolder(root).release();
    assertSettled(root);
    expect(expected).toContainEqual(withoutTemporary(contentsOf(root)));
  });
  expect(count).toBeGreaterThan(20);
});

test.each([
  ['is no JSON', '{'],
  ['is of another version', '{"formatVersion":2,"command":"x","files":[],"next":[]}'],
  ['has another shape', '{"formatVersion":1,"command":"x","files":[{}],"next":[]}'],
  ['restores a file outside', record([{ path: '../planted', written: 'absent', before: null }])],
  ['restores a hook of git', record([{ path: '.git/hooks/post-commit', written: 'absent', before: null }])],
])('a record that %s is not used, exit 5', (_, text) => {
  const root = project();
  populate(root, { '.create-api/pending/record.json': text });
  expect(() => readPending(root)).toThrow(expect.objectContaining({ exitCode: 5 }));
});

test('a record behind a link is not read', () => {
  const root = pendingProject();
  const outside = temporaryFolder();
  writeFileSync(join(outside, 'record.json'), record([]));
  rmSync(join(root, '.create-api/pending'), { recursive: true });
  symlinkSync(outside, join(root, '.create-api/pending'));
  expect(() => readPending(root)).toThrow(expect.objectContaining({ exitCode: 3 }));
});

function record(files: readonly unknown[]): string {
  return JSON.stringify({ formatVersion: 1, command: 'x', files, next: [] });
}
