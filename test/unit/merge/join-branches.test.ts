import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Branches, joinBranches } from '../../../src/merge/join-branches.ts';
import { labelsFor } from '../../../src/merge/markers.ts';
import { mergeText } from '../../../src/merge/merge-text.ts';
import type { FileState } from '../../../src/model/files.ts';
import type { FileMap, MergeRules, Outcome } from '../../../src/model/merge.ts';
import { holds } from '../../support/property.ts';

const PATH = 'src/a.rs';

const state = (text: string | undefined): FileMap =>
  text === undefined
    ? new Map()
    : new Map([[PATH, { bytes: new TextEncoder().encode(text), mode: 'file' } as FileState]]);
const textOf = (file: FileState | undefined) => file && new TextDecoder().decode(file.bytes);

/** One file of a project in which two branches did something: as rendered, and as it is. */
interface Texts {
  readonly ancestor: string | undefined;
  readonly ours: readonly [rendered: string | undefined, file: string | undefined];
  readonly theirs: readonly [rendered: string | undefined, file: string | undefined];
  readonly now: string | undefined;
  /** As git left it, if it is something else than what git makes of it. */
  readonly disk?: string;
}

/** What git makes of a file, and whether that is a conflict. */
function byGit({ ancestor, ours, theirs }: Texts): { readonly text: string | undefined; readonly isConflict: boolean } {
  const [one, other] = [ours[1], theirs[1]];
  if (one === other || other === ancestor) return { text: one, isConflict: false };
  if (one === ancestor) return { text: other, isConflict: false };
  if (one === undefined || other === undefined) return { text: one ?? other, isConflict: true };
  const { text, conflicts } = mergeText({ base: ancestor ?? '', ours: one, theirs: other }, labelsFor(''));
  return { text, isConflict: conflicts.length > 0 };
}

/** A text with conflicts, each of which is decided as one of `choices` says, in turn. */
function decided(text: string, choices: readonly string[]): string {
  let index = 0;
  return text.replace(
    /^<{7} .*\n([\s\S]*?)^\|{7} .*\n[\s\S]*?^={7}\n([\s\S]*?)^>{7} .*\n/gm,
    (conflict: string, ours: string, theirs: string) => {
      const choice = choices[index++ % choices.length];
      if (choice === 'left') return conflict;
      return choice === 'both' ? ours + theirs : choice === 'ours' ? ours : theirs;
    },
  );
}

async function join(texts: Texts, isResolved = false): Promise<{ outcome: Outcome; text: string | undefined }> {
  const left = byGit(texts);
  const disk = texts.disk ?? left.text;
  const rules: MergeRules = { classOf: () => 'merge', renames: new Map(), version: '1' };
  const conflicts = new Set(left.isConflict ? [PATH] : []);
  const branches: Branches = {
    ours: { rendered: state(texts.ours[0]), files: state(texts.ours[1]), rules },
    theirs: { rendered: state(texts.theirs[0]), files: state(texts.theirs[1]), rules },
    rendered: state(texts.now),
    left: state(left.text),
    disk: state(disk),
    unmerged: isResolved ? new Set() : conflicts,
    resolved: isResolved ? conflicts : new Set(),
  };
  const outcome = (await joinBranches(branches)).get(PATH) ?? { action: 'none' };
  if (outcome.action === 'none') return { outcome, text: disk };
  if (outcome.action === 'delete') return { outcome, text: undefined };
  return { outcome, text: textOf(outcome.action === 'conflict' ? outcome.marked : outcome.result) };
}

describe('a file of two branches', () => {
  const clashing: Texts = {
    ancestor: 'a\nz\n',
    ours: ['a\nmetrics\nz\n', 'a\nmetrics\nz\n'],
    theirs: ['a\npayments\nz\n', 'a\npayments\nz\n'],
    now: 'a\nmetrics\npayments\nz\n',
  };

  test('that nobody edited is what is rendered for both, although git could not merge it', async () => {
    expect(byGit(clashing).isConflict).toBe(true);
    expect(await join(clashing)).toMatchObject({ outcome: { action: 'change' }, text: clashing.now });
  });

  test('keeps the edits of both', async () => {
    const edited: Texts = {
      ...clashing,
      ours: ['a\nmetrics\nz\n', 'ours\na\nmetrics\nz\n'],
      theirs: ['a\npayments\nz\n', 'a\npayments\nz\ntheirs\n'],
    };
    const { outcome, text } = await join(edited);
    expect(outcome.action).toBe('merge');
    expect(text).toBe('ours\na\nmetrics\npayments\nz\ntheirs\n');
  });

  test('that was resolved stays, also once git knows', async () => {
    const resolved = { ...clashing, disk: 'a\nby hand\nz\n' };
    expect(await join(resolved)).toMatchObject({ outcome: { action: 'none' } });
    expect(await join({ ...clashing, disk: clashing.ours[1] ?? '' }, true)).toMatchObject({
      outcome: { action: 'none' },
    });
  });

  test('that was resolved as one of the branches has it stays', async () => {
    for (const disk of [clashing.ours[1], clashing.theirs[1]])
      expect(await join({ ...clashing, disk: disk ?? '' })).toMatchObject({ outcome: { action: 'none' }, text: disk });
  });

  test('that is being resolved is left to the person, also where no line is new', async () => {
    const begun = { ...clashing, disk: `by hand\n${byGit(clashing).text}` };
    expect(await join(begun)).toMatchObject({ outcome: { action: 'conflict' }, text: begun.disk });
    const twice: Texts = {
      ancestor: 'a\nz\nend\n',
      ours: ['a\nmetrics\nz\nend\n', 'a\nmetrics\nz\nend\nours\n'],
      theirs: ['a\npayments\nz\nend\n', 'a\npayments\nz\nend\ntheirs\n'],
      now: 'a\nmetrics\npayments\nz\nend\n',
    };
    const disk = byGit(twice).text?.replace(/<{7} .*\nours\n[\s\S]*/, 'ours\n') ?? '';
    expect(disk.match(/^<{7} /gm)).toHaveLength(1);
    expect(await join({ ...twice, disk })).toMatchObject({ outcome: { action: 'conflict' }, text: disk });
  });

  test('that a command of git put in conflict again counts as git left it', async () => {
    const again = byGit(clashing).text?.replace(/^<{7} .*/m, '<<<<<<< again') ?? '';
    expect((await join({ ...clashing, disk: again })).text).toBe(clashing.now);
  });

  test('that git could merge and a person edited since keeps that', async () => {
    const merged: Texts = { ...clashing, theirs: ['a\nz\n', 'a\nz\ntheirs\n'], now: clashing.ours[0] };
    expect(byGit(merged).isConflict).toBe(false);
    expect((await join({ ...merged, disk: `since\n${byGit(merged).text}` })).text).toBe(
      'since\na\nmetrics\nz\ntheirs\n',
    );
  });

  test('that one removed goes, unless the other edited it', async () => {
    const gone: Texts = { ancestor: 'a\n', ours: [undefined, undefined], theirs: ['a\n', 'a\n'], now: undefined };
    expect(await join(gone)).toMatchObject({ text: undefined });
    const { outcome, text } = await join({ ...gone, theirs: ['a\n', 'a\nedited\n'] });
    expect(outcome.action).toBe('conflict');
    expect(text).toContain('edited\n');
  });

  test('has both edits of one line between markers', async () => {
    const { outcome, text } = await join({
      ancestor: 'a\nb\nz\n',
      ours: ['a\nb\nmetrics\nz\n', 'ours\nb\nmetrics\nz\n'],
      theirs: ['a\nb\npayments\nz\n', 'theirs\nb\npayments\nz\n'],
      now: 'a\nb\nmetrics\npayments\nz\n',
    });
    expect(outcome).toMatchObject({ action: 'conflict', reason: expect.stringContaining('Both branches') });
    expect(text).toMatch(/^<{7} ours\nours\n[\s\S]*={7}\ntheirs\n>{7} theirs\nb\nmetrics\npayments\nz\n$/);
  });

  test('loses no line of an owner, whatever was rendered and edited where', async () => {
    const lines = fc.array(fc.constantFrom('fn a() {', '}', '', '    b();', 'mod c;'), { maxLength: 12 });
    const insertions = fc.array(fc.nat({ max: 12 }), { maxLength: 3 });
    const inserted = (text: readonly string[], places: readonly number[], name: string) =>
      places.reduce((all, place, index) => all.toSpliced(place % (all.length + 1), 0, `// ${name} ${index}`), text);
    const printed = (text: readonly string[]) => text.map((line) => `${line}\n`).join('');
    await holds(
      fc.asyncProperty(
        fc.tuple(lines, lines, lines, lines),
        fc.tuple(insertions, insertions, insertions),
        fc.array(fc.constantFrom('ours', 'theirs', 'both', 'left'), { minLength: 1, maxLength: 4 }),
        async ([base, ours, theirs, now], [common, one, other], choices) => {
          const shared = (text: readonly string[]) => inserted(text, common, 'shared');
          const texts: Texts = {
            ancestor: printed(shared(base)),
            ours: [printed(ours), printed(inserted(shared(ours), one, 'ours'))],
            theirs: [printed(theirs), printed(inserted(shared(theirs), other, 'theirs'))],
            now: printed(now),
          };
          // What a person decided, of all conflicts or some, stays.
          const left = byGit(texts);
          const disk = left.isConflict ? decided(left.text ?? '', choices) : left.text;
          if (disk !== undefined && disk !== left.text) expect((await join({ ...texts, disk })).text).toBe(disk);
          const { outcome, text } = await join(texts);
          const owned = [
            ...common.map((_, n) => `shared ${n}`),
            ...one.map((_, n) => `ours ${n}`),
            ...other.map((_, n) => `theirs ${n}`),
          ];
          for (const line of owned) expect(text, JSON.stringify(outcome)).toContain(`// ${line}\n`);
          if (owned.length === 0) expect(text).toBe(printed(now));
        },
      ),
      { runs: 1000 },
    );
  });
});
