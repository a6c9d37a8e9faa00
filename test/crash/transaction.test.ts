import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { FileChange, FileState } from '../../src/model/files.ts';
import { readState } from '../../src/project/file-state.ts';
import { ancestorsOf } from '../../src/project/paths.ts';
import { assertSettled, holdFolder, type Recovery } from '../../src/project/transaction.ts';
import { onFailingDisk } from '../unit/project/failing-disk.ts';
import { contentsOf, temporaryFolder } from '../unit/project/temporary-folder.ts';
import { failEveryChange } from './failing.ts';

type Files = Readonly<Record<string, FileState>>;

const file = (text: string): FileState => ({ bytes: Buffer.from(text), mode: 'file' });
const executable = (text: string): FileState => ({ bytes: Buffer.from(text), mode: 'executable' });
const link = (target: string): FileState => ({ bytes: Buffer.from(target), mode: 'link' });

/** One file for each kind of change, and one that has nothing to do with any. */
const BEFORE: Files = {
  'Cargo.toml': file('old'),
  'bin/run': file('run'),
  'docs/a.md': link('../Cargo.toml'),
  'gone/deep/a': executable('gone'),
  'notes.txt': file('mine'),
  'src/kept': file('kept'),
  'src/same': file('same'),
};
const AFTER: Files = {
  'Cargo.toml': { bytes: Buffer.from([0xff, 0, 10]), mode: 'file' },
  'bin/run': executable('run'),
  'docs/a.md': file('a'),
  'notes.txt': file('mine'),
  'src/kept': file('kept'),
  'src/new/deep/b': executable('new'),
  'src/new/link': link('nowhere'),
  'src/same': file('same'),
};

function changes(before: Files = BEFORE, after: Files = AFTER): readonly FileChange[] {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((path) => path !== 'notes.txt');
  return paths.map((path) => ({
    path,
    ...(before[path] && { before: before[path] }),
    ...(after[path] && { after: after[path] }),
  }));
}

function projectWith(files: Files): string {
  const root = temporaryFolder();
  for (const [path, { bytes, mode }] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    if (mode === 'link') symlinkSync(Buffer.from(bytes), join(root, path));
    else writeFileSync(join(root, path), bytes, { mode: mode === 'executable' ? 0o755 : 0o644 });
  }
  return root;
}

/** Every file and every folder without files, apart from what create-api needs while it works. */
function stateOf(root: string): Record<string, string> {
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (path) => !path.startsWith('.create-api-'),
  );
  const states = paths.map((path) => {
    if (lstatSync(join(root, path)).isDirectory()) return [path, 'folder'];
    const { bytes, mode } = readState(root, path) ?? file('?');
    return [path, `${mode} ${Buffer.from(bytes).toString('hex')}`];
  });
  return Object.fromEntries(states.sort());
}

function apply(root: string, list = changes()): Recovery {
  const folder = holdFolder(root);
  try {
    folder.apply(list);
    return folder.recovery;
  } finally {
    folder.release();
  }
}

function expected(files: Files): Record<string, string> {
  const states = Object.entries(files).map(([path, { bytes, mode }]) => [
    path,
    `${mode} ${Buffer.from(bytes).toString('hex')}`,
  ]);
  const folders = Object.keys(files).flatMap((path) => ancestorsOf(dirname(path)).filter((folder) => folder !== '.'));
  return Object.fromEntries([...states, ...folders.map((folder) => [folder, 'folder'])].sort());
}

const OLD = expected(BEFORE);
const NEW = expected(AFTER);

test('files are created, changed and deleted, with their modes and links; folders that become empty go', () => {
  const root = projectWith(BEFORE);
  expect(apply(root).outcome).toBe('clean');
  expect(stateOf(root)).toEqual(NEW);
  expect(readdirSync(root).filter((name) => name.startsWith('.create-api'))).toEqual([]);
});

test('several lists of changes are made while the folder is held', () => {
  const root = projectWith(BEFORE);
  const folder = holdFolder(root);
  folder.apply(changes());
  folder.apply(changes(AFTER, BEFORE));
  folder.apply(changes());
  folder.release();
  expect(stateOf(root)).toEqual(NEW);
});

test('permissions of a changed file stay as they are, apart from the one to execute it', () => {
  const root = projectWith(BEFORE);
  chmodSync(join(root, 'Cargo.toml'), 0o400);
  chmodSync(join(root, 'bin/run'), 0o640);
  apply(root);
  const modeOf = (path: string) => lstatSync(join(root, path)).mode & 0o777;
  expect([modeOf('Cargo.toml'), modeOf('bin/run')]).toEqual([0o400, 0o750]);
});

describe.each(['kill', 'power'] as const)('after a failure (%s) at any moment', (by) => {
  test('everything is as before or as after; what is left of it is recovered', async () => {
    const outcomes = new Set<string>();
    const count = await failEveryChange(by, async (fail) => {
      const root = projectWith(BEFORE);
      await fail(() => apply(root));
      const { outcome, beside } = apply(root, []);
      outcomes.add(outcome);
      expect(beside).toEqual([]);
      expect([OLD, NEW]).toContainEqual(stateOf(root));
      if (outcome === 'completed') expect(stateOf(root)).toEqual(NEW);
      if (outcome === 'rolled back') expect(stateOf(root)).toEqual(OLD);
    });
    expect(count).toBeGreaterThan(40);
    expect(outcomes).toEqual(new Set(['clean', 'rolled back', 'completed']));
  });
});

test('everything is as before or as after after a second kill at any moment of the recovery, too', async () => {
  let crashes = 0;
  await failEveryChange('kill', async (fail) => {
    const interrupted = projectWith(BEFORE);
    await fail(() => apply(interrupted));
    if (!['journal', 'committed'].some((name) => existsSync(join(interrupted, `.create-api-writing/${name}.json`))))
      return;
    crashes += await failEveryChange('kill', async (failAgain) => {
      const root = temporaryFolder();
      cpSync(interrupted, root, { recursive: true, verbatimSymlinks: true });
      await failAgain(() => apply(root, []));
      apply(root, []);
      expect([OLD, NEW]).toContainEqual(stateOf(root));
    });
  });
  expect(crashes).toBeGreaterThan(500);
});

describe('on a full disk', () => {
  test('everything is as before, or as after if all is done', async () => {
    await failEveryChange('ENOSPC', async (fail) => {
      const root = projectWith(BEFORE);
      const ended = await fail(() => apply(root));
      expect([0, 1, 'untouched']).toContain(ended);
      expect(stateOf(root)).toEqual(ended === 1 ? OLD : NEW);
    });
  });

  test('what cannot be undone now is undone by the next run', async () => {
    await failEveryChange('ENOSPC', async (fail) => {
      const root = projectWith(BEFORE);
      await fail(() => apply(root), 2);
      apply(root, []);
      expect([OLD, NEW]).toContainEqual(stateOf(root));
    });
  });
});

describe('nothing is written if', () => {
  function refused(root: string, problems: readonly unknown[], list = changes()): void {
    const unchanged = contentsOf(root);
    expect(() => apply(root, list)).toThrow(expect.objectContaining({ exitCode: 3, problems }));
    expect(contentsOf(root)).toEqual(unchanged);
  }

  test('files were changed meanwhile: their text, mode or kind, or that they are there', () => {
    const root = projectWith({
      ...BEFORE,
      'Cargo.toml': file('edited'),
      'bin/run': executable('run'),
      'docs/a.md': file('../Cargo.toml'),
      'src/new/deep/b': file(''),
    });
    const paths = ['Cargo.toml', 'bin/run', 'docs/a.md', 'src/new/deep/b'];
    refused(root, [expect.objectContaining({ code: 'changed-meanwhile', paths })]);
  });

  test('links, files or folders of the wrong kind are in the way', () => {
    const root = projectWith({
      'Cargo.toml': file('old'),
      'docs/a.md': link('../Cargo.toml'),
      src: link('docs'),
      bin: file(''),
    });
    mkdirSync(join(root, 'gone/deep/a'), { recursive: true });
    refused(root, [expect.objectContaining({ code: 'path-blocked', paths: ['bin', 'gone/deep/a', 'src'] })]);
  });

  test('names differ in case only', () => {
    const root = projectWith({ ...BEFORE, 'src/New/x': file(''), 'src/kept': file('kept') });
    refused(root, [expect.objectContaining({ code: 'same-name', paths: ['src/New'] })]);
  });

  test('the process no longer holds the folder', () => {
    const root = projectWith(BEFORE);
    const first = holdFolder(root);
    first.release();
    const second = holdFolder(root);
    second.release();
    expect(() => first.apply(changes())).toThrow(expect.objectContaining({ exitCode: 3 }));
    expect(stateOf(root)).toEqual(OLD);
  });
});

test('the case of a name can change', () => {
  const root = projectWith({ 'src/Foo.rs': file('1') });
  apply(root, changes({ 'src/Foo.rs': file('1') }, { 'src/foo.rs': file('2') }));
  expect(readdirSync(join(root, 'src'))).toEqual(['foo.rs']);
});

test('a folder is held by one at a time', () => {
  const root = projectWith(BEFORE);
  const folder = holdFolder(root);
  expect(() => holdFolder(root)).toThrow(expect.objectContaining({ exitCode: 3 }));
  folder.release();
  holdFolder(root).release();
});

test('a command that only reads is told of unfinished changes, and only of those', async () => {
  const root = projectWith(BEFORE);
  await onFailingDisk({ by: 'kill', position: 'rename journal.draft' }, () => apply(root));
  assertSettled(root);
  await onFailingDisk({ by: 'kill', position: 'rename journal.json' }, () => apply(root));
  expect(() => assertSettled(root)).toThrow(expect.objectContaining({ exitCode: 3 }));
  expect(existsSync(join(root, 'src/new'))).toBe(true);
  apply(root, []);
  assertSettled(root);
});
