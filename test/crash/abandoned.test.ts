import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { inspectTarget } from '../../src/project/target.ts';
import { writeProject } from '../../src/project/write.ts';
import { contentsOf, fileSet, populate, temporaryFolder } from '../unit/project/temporary-folder.ts';
import { interrupt } from './failing.ts';

const FILES = fileSet({ 'Cargo.toml': 'ours\n', 'src/main.rs': 'ours\n' });
const BEFORE = { 'Cargo.toml': 'mine\n', 'docs/a.md': 'mine\n', 'notes.txt': 'mine\n' };
const RESTORED = { 'Cargo.toml': 'mine\n', docs: '<folder>', 'docs/a.md': 'mine\n', 'notes.txt': 'mine\n' };
const LICENSE = fileSet({ LICENSE: 'MIT\n' });

/** A folder below an empty one, with the remains of a killed run. */
async function killedIn(before: Readonly<Record<string, string>>, files = FILES) {
  const above = temporaryFolder();
  const root = join(above, 'api');
  await interrupt(root, before, files);
  const stage = join(root, '.create-api-writing');
  return { above, root, stage, journal: join(stage, 'journal.json') };
}

async function runAgain(root: string) {
  return writeProject(await inspectTarget(root), LICENSE, 'skip');
}

/** Gives the stage another owner. */
function setOwner(stage: string, pid: number | string, machine?: string): void {
  const owner = ownerOf(stage);
  renameSync(join(stage, owner), join(stage, `owner.${pid}.${machine ?? owner.replace(/^owner\.[^.]*\./, '')}`));
}

function ownerOf(stage: string): string {
  return readdirSync(stage).find((name) => name.startsWith('owner.')) ?? '';
}

/** Makes the owner's last sign of life that old. */
function silence(stage: string, seconds: number): void {
  const time = Date.now() / 1000 - seconds;
  utimesSync(join(stage, ownerOf(stage)), time, time);
}

test('the moves of a killed run are undone before the next run lists conflicts', async () => {
  const { root } = await killedIn({ '.gitignore': 'mine\n' });
  rmSync(join(root, '.gitignore'));
  expect((await writeProject(await inspectTarget(root), FILES, 'fail')).written).toEqual(['Cargo.toml', 'src/main.rs']);
});

test('a file edited after the kill keeps its name, and the original gets a free one', async () => {
  const { root } = await killedIn(BEFORE);
  populate(root, { 'Cargo.toml': 'edited\n', 'Cargo.toml.orig': 'kept\n' });
  await runAgain(root);
  expect(contentsOf(root)).toEqual({
    ...RESTORED,
    'Cargo.toml': 'edited\n',
    'Cargo.toml.orig': 'kept\n',
    'Cargo.toml.orig.orig': 'mine\n',
    LICENSE: 'MIT\n',
  });
});

describe('a journal that no run wrote', () => {
  const SOME_FILE = `file:${'0'.repeat(64)}`;
  const file = { path: 'Cargo.toml', before: SOME_FILE, after: SOME_FILE };
  const outside = { ...file, path: '../planted' };

  test.each([
    ['is no JSON', '{'],
    ['is no object', 'null'],
    ['has no lists', '{}'],
    ['has a file of another shape', JSON.stringify({ files: [{ ...file, path: 1 }], folders: [] })],
    ['has a state of another shape', JSON.stringify({ files: [{ ...file, after: 'folder' }], folders: [] })],
    ['has a folder of another shape', JSON.stringify({ files: [file], folders: [1] })],
    ['brings a file to a place outside', JSON.stringify({ files: [outside], folders: [] })],
    ['takes a file away outside', JSON.stringify({ files: [{ ...outside, before: 'absent' }], folders: [] })],
    ['names an absolute path', JSON.stringify({ files: [{ ...file, path: '/planted' }], folders: [] })],
    ['brings a hook of git', JSON.stringify({ files: [{ ...file, path: '.git/hooks/post-commit' }], folders: [] })],
    ['takes a folder away outside', JSON.stringify({ files: [file], folders: ['../beside'] })],
    ['takes a folder away that is above none of its files', JSON.stringify({ files: [file], folders: ['docs'] })],
  ])('%s: nothing is changed, exit 5', async (_, text) => {
    const { above, root, stage, journal } = await killedIn(BEFORE);
    populate(stage, { 'old/x': '', planted: 'planted' });
    mkdirSync(join(above, 'beside'));
    writeFileSync(journal, text);
    const before = contentsOf(above);
    await expect(runAgain(root)).rejects.toMatchObject({
      exitCode: 5,
      problems: [{ code: 'untrusted-journal', message: expect.stringContaining(stage), hint: expect.any(String) }],
    });
    expect(contentsOf(above)).toEqual(before);
  });

  test.each([
    ['of the folder', 'src'],
    ['of what was there before', '.create-api-writing/old'],
    ['of what was not moved yet', '.create-api-writing/new'],
  ])('goes through a link %s: nothing is changed, exit 5', async (_, at) => {
    const { root } = await killedIn({ ...BEFORE, 'src/main.rs': 'mine\n' });
    const elsewhere = temporaryFolder();
    cpSync(join(root, at), elsewhere, { recursive: true });
    rmSync(join(root, at), { recursive: true });
    symlinkSync(elsewhere, join(root, at));
    const before = [contentsOf(root), contentsOf(elsewhere)];
    await expect(runAgain(root)).rejects.toMatchObject({ exitCode: 5, problems: [{ code: 'untrusted-journal' }] });
    expect([contentsOf(root), contentsOf(elsewhere)]).toEqual(before);
  });

  test('is a folder: nothing is changed, exit 5', async () => {
    const { root, journal } = await killedIn(BEFORE);
    rmSync(journal);
    mkdirSync(journal);
    await expect(runAgain(root)).rejects.toMatchObject({ exitCode: 5 });
  });
});

describe('an original file', () => {
  const ours = fileSet({ 'docs/a.md': 'ours\n' });

  test('is restored even if its folder is gone', async () => {
    const { root } = await killedIn(BEFORE, ours);
    rmSync(join(root, 'docs'), { recursive: true });
    await runAgain(root);
    expect(contentsOf(root)).toEqual({ ...RESTORED, LICENSE: 'MIT\n' });
  });

  test('is kept at a reported place if it cannot be restored; the next run restores it', async () => {
    const { root, stage } = await killedIn(BEFORE, ours);
    rmSync(join(root, 'docs'), { recursive: true });
    writeFileSync(join(root, 'docs'), 'in the way');
    await expect(runAgain(root)).rejects.toMatchObject({
      exitCode: 1,
      problems: [{ code: 'not-put-back', message: expect.stringContaining(join(stage, 'old/0')) }],
    });
    expect(readFileSync(join(stage, 'old/0'), 'utf8')).toBe('mine\n');
    rmSync(join(root, 'docs'));
    await runAgain(root);
    expect(contentsOf(root)).toEqual({ ...RESTORED, LICENSE: 'MIT\n' });
  });
});

describe('a stage is taken over', () => {
  test.each([
    ['this very process, which does not have it', process.pid],
    ['a group of processes', 0],
    ['a group of processes, as a negative number', -1],
    ['no number', 'NaN'],
    ['a number that no process can have', '99999999999'],
  ])('from %s', async (_, pid) => {
    const { root, stage } = await killedIn(BEFORE);
    setOwner(stage, pid);
    await runAgain(root);
    expect(contentsOf(root)).toEqual({ ...RESTORED, LICENSE: 'MIT\n' });
  });

  test('from another machine only if it gives no sign of life', async () => {
    const { root, stage } = await killedIn(BEFORE);
    setOwner(stage, 1, 'elsewhere.example');
    await expect(runAgain(root)).rejects.toMatchObject({ exitCode: 3, problems: [{ code: 'folder-in-use' }] });
    silence(stage, 130);
    await runAgain(root);
    expect(contentsOf(root)).toEqual({ ...RESTORED, LICENSE: 'MIT\n' });
  });

  test('from a running process only if it gives no sign of life: its id was that of a killed one', async () => {
    const { root, stage } = await killedIn(BEFORE);
    setOwner(stage, process.ppid);
    silence(stage, 110);
    await expect(runAgain(root)).rejects.toMatchObject({ exitCode: 3, problems: [{ code: 'folder-in-use' }] });
    silence(stage, 130);
    await runAgain(root);
    expect(contentsOf(root)).toEqual({ ...RESTORED, LICENSE: 'MIT\n' });
  });

  test.each(['a file', 'a link', 'a folder without an owner'])('never if it is %s', async (kind) => {
    const { root, stage } = await killedIn(BEFORE);
    const elsewhere = temporaryFolder();
    cpSync(stage, elsewhere, { recursive: true });
    rmSync(stage, { recursive: true });
    if (kind === 'a file') writeFileSync(stage, '');
    else if (kind === 'a link') symlinkSync(elsewhere, stage);
    else mkdirSync(stage);
    const before = [contentsOf(root), contentsOf(elsewhere)];
    await expect(runAgain(root)).rejects.toMatchObject({ exitCode: 3, problems: [{ code: 'folder-in-use' }] });
    expect([contentsOf(root), contentsOf(elsewhere)]).toEqual(before);
  });
});
