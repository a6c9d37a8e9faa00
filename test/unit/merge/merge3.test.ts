import { describe, expect, test } from 'vitest';
import { merge3 } from '../../../src/merge/merge3.ts';
import type { FileClass, FileState } from '../../../src/model/files.ts';
import type { FileVersions, Outcome } from '../../../src/model/merge.ts';

const file = (text: string, mode: FileState['mode'] = 'file'): FileState => ({
  bytes: new TextEncoder().encode(text),
  mode,
});
const [a, b, c] = [file('a\n'), file('b\n'), file('c\n')];
const binary = (byte: number): FileState => ({ bytes: Uint8Array.of(0, byte), mode: 'file' });

function map(files: Readonly<Record<string, FileState | undefined>>): ReadonlyMap<string, FileState> {
  return new Map(Object.entries(files).flatMap(([path, state]) => (state === undefined ? [] : [[path, state]])));
}

async function mergeOne({ base, ours, theirs }: FileVersions, fileClass: FileClass = 'merge'): Promise<Outcome> {
  const versions = { base: map({ x: base }), ours: map({ x: ours }), theirs: map({ x: theirs }) };
  const outcomes = await merge3(versions, { classOf: () => fileClass, renames: new Map(), version: '0.1.0' });
  expect([...outcomes.keys()]).toEqual(base === undefined && theirs === undefined ? [] : ['x']);
  return outcomes.get('x') ?? { action: 'none' };
}

/** An outcome with texts instead of bytes. */
function readable(outcome: Outcome | undefined): unknown {
  const text = ({ bytes, mode }: FileState) =>
    `${mode === 'file' ? '' : `${mode}: `}${new TextDecoder().decode(bytes)}`;
  if (outcome === undefined) return undefined;
  if ('result' in outcome) return { ...outcome, result: text(outcome.result) };
  return outcome.action === 'conflict' ? { ...outcome, marked: text(outcome.marked) } : outcome;
}

describe('a file', () => {
  test.each<[title: string, versions: FileVersions, outcome: unknown]>([
    ['that nobody changed stays', { base: a, ours: a, theirs: a }, { action: 'none' }],
    ['that both changed alike stays', { base: a, ours: b, theirs: b }, { action: 'none' }],
    ['that both added alike stays', { ours: b, theirs: b }, { action: 'none' }],
    ['that both deleted stays so', { base: a }, { action: 'none' }],
    ['that only the user changed stays', { base: a, ours: b, theirs: a }, { action: 'none' }],
    ['that only the user has stays', { ours: a }, { action: 'none' }],
    ['that the templates added is created', { theirs: a }, { action: 'create', result: 'a\n' }],
    [
      'that only the templates changed is changed',
      { base: a, ours: a, theirs: b },
      { action: 'change', result: 'b\n' },
    ],
    ['that the templates deleted is deleted', { base: a, ours: a }, { action: 'delete' }],
    [
      'that the user deleted stays so',
      { base: a, theirs: a },
      { action: 'none', notice: 'You deleted it, so it is not created again.' },
    ],
    [
      'that the user deleted stays so, although it is changed',
      { base: a, theirs: b },
      { action: 'none', notice: 'You deleted it, so its new version is not created.' },
    ],
    [
      'that the user changed and the templates deleted is a conflict',
      { base: a, ours: b },
      {
        action: 'conflict',
        reason: 'You edited it, but the templates no longer have it: delete it, or keep it as your own.',
        lines: [],
        marked: 'b\n',
      },
    ],
    [
      'that both added is a conflict',
      { ours: a, theirs: b },
      {
        action: 'conflict',
        reason: 'You and the templates both have a new file of this name.',
        lines: [1],
        marked: '<<<<<<< yours\na\n=======\nb\n>>>>>>> create-api 0.1.0\n',
      },
    ],
    [
      'that both changed is merged',
      { base: file('a\nb\nc\n'), ours: file('A\nb\nc\n'), theirs: file('a\nb\nC\n') },
      { action: 'merge', result: 'A\nb\nC\n' },
    ],
    [
      'that both changed in the same lines is a conflict',
      { base: a, ours: b, theirs: c },
      {
        action: 'conflict',
        reason: 'You and the templates changed the same lines.',
        lines: [1],
        marked: '<<<<<<< yours\nb\n||||||| base\na\n=======\nc\n>>>>>>> create-api 0.1.0\n',
      },
    ],
    [
      'that is binary is never merged',
      { base: binary(1), ours: binary(2), theirs: binary(3) },
      {
        action: 'conflict',
        reason: 'You and the templates changed this file, and it is not a text.',
        lines: [],
        marked: '\0\x02',
      },
    ],
    [
      'that is a link is never merged',
      { base: a, ours: file('a', 'link'), theirs: b },
      {
        action: 'conflict',
        reason: 'You and the templates changed where this link points, or what replaces it.',
        lines: [],
        marked: 'link: a',
      },
    ],
    [
      'has the mode of the user and the new content',
      { base: a, ours: file('a\n', 'executable'), theirs: b },
      { action: 'merge', result: 'executable: b\n' },
    ],
    [
      'has the content of the user and the new mode',
      { base: a, ours: b, theirs: file('a\n', 'executable') },
      { action: 'merge', result: 'executable: b\n' },
    ],
    [
      'keeps the carriage returns of the user',
      { base: file('a\nb\nc\n'), ours: file('A\r\nb\r\nc\r\n'), theirs: file('a\nb\nC\n') },
      { action: 'merge', result: 'A\r\nb\r\nC\r\n' },
    ],
    [
      'is not edited by carriage returns alone',
      { base: file('a\nb\n'), ours: file('a\r\nb\r\n'), theirs: file('a\nB\n') },
      { action: 'change', result: 'a\r\nB\r\n' },
    ],
    ['is deleted even with carriage returns', { base: a, ours: file('a\r\n') }, { action: 'delete' }],
  ])('%s', async (_, versions, outcome) => {
    expect(readable(await mergeOne(versions))).toEqual(outcome);
  });
});

describe('a managed file', () => {
  test('that was edited is a conflict, even if the lines could be merged', async () => {
    const versions = { base: file('a\nb\nc\n'), ours: file('A\nb\nc\n'), theirs: file('a\nb\nC\n') };
    expect(readable(await mergeOne(versions, 'managed'))).toEqual({
      action: 'conflict',
      reason: 'You edited a file that create-api manages, and there is a new version.',
      lines: [1, 3],
      marked: [
        '<<<<<<< yours\nA\n=======\na\n>>>>>>> create-api 0.1.0\nb\n',
        '<<<<<<< yours\nc\n=======\nC\n>>>>>>> create-api 0.1.0\n',
      ].join(''),
    });
  });
});

describe('a seed', () => {
  test.each<[title: string, versions: FileVersions, outcome: unknown]>([
    ['is created', { theirs: a }, { action: 'create', result: 'a\n' }],
    ['is changed while it is as created', { base: a, ours: a, theirs: b }, { action: 'change', result: 'b\n' }],
    [
      'stays once it is edited',
      { base: a, ours: b, theirs: c },
      { action: 'none', notice: 'You edited it, so its new version is not used.' },
    ],
    [
      'stays once it is edited, although the templates deleted it',
      { base: a, ours: b },
      { action: 'none', notice: 'You edited it, so it stays, although it is not needed any more.' },
    ],
  ])('%s', async (_, versions, outcome) => {
    expect(readable(await mergeOne(versions, 'seed'))).toEqual(outcome);
  });
});

describe('a file that is renamed from old to new', () => {
  const lines = { base: file('a\nb\nc\n'), ours: file('A\nb\nc\n'), theirs: file('a\nb\nC\n') };
  const REASON = 'You and the templates changed the same lines.';
  const NOTICE = 'It is new now.';

  test.each<[title: string, base: FileState, ours: Record<string, FileState>, theirs: FileState, outcomes: unknown]>([
    [
      'moves',
      a,
      { old: a },
      a,
      { new: { action: 'create', result: 'a\n' }, old: { action: 'delete', notice: NOTICE } },
    ],
    [
      'moves with what is new',
      a,
      { old: a },
      b,
      { new: { action: 'create', result: 'b\n' }, old: { action: 'delete', notice: NOTICE } },
    ],
    [
      'takes edits along',
      a,
      { old: b },
      a,
      { new: { action: 'merge', result: 'b\n' }, old: { action: 'delete', notice: NOTICE } },
    ],
    [
      'is merged on the way',
      lines.base,
      { old: lines.ours },
      lines.theirs,
      { new: { action: 'merge', result: 'A\nb\nC\n' }, old: { action: 'delete', notice: NOTICE } },
    ],
    [
      'may be a conflict at the new path',
      a,
      { old: b },
      c,
      {
        new: {
          action: 'conflict',
          reason: REASON,
          lines: [1],
          marked: '<<<<<<< yours\nb\n||||||| base\na\n=======\nc\n>>>>>>> create-api 0.1.0\n',
        },
        old: { action: 'delete', notice: NOTICE },
      },
    ],
    [
      'stays deleted',
      a,
      {},
      b,
      {
        new: { action: 'none', notice: 'You deleted it, so its new version is not created.' },
        old: { action: 'none' },
      },
    ],
    [
      'may have been renamed by the user before',
      lines.base,
      { new: lines.ours },
      lines.theirs,
      { new: { action: 'merge', result: 'A\nb\nC\n' }, old: { action: 'none' } },
    ],
    [
      'is a conflict with a file of the user of that name',
      a,
      { old: a, new: b },
      a,
      {
        new: {
          action: 'conflict',
          reason: 'You and the templates both have a new file of this name.',
          lines: [1],
          marked: '<<<<<<< yours\nb\n=======\na\n>>>>>>> create-api 0.1.0\n',
        },
        old: { action: 'delete' },
      },
    ],
  ])('%s', async (_, base, ours, theirs, expected) => {
    const versions = { base: map({ old: base }), ours: map(ours), theirs: map({ new: theirs }) };
    const rules = { classOf: () => 'merge' as const, renames: new Map([['new', 'old']]), version: '0.1.0' };
    const outcomes = [...(await merge3(versions, rules))].map(([path, outcome]) => [path, readable(outcome)]);
    expect(Object.fromEntries(outcomes)).toEqual(expected);
  });
});
