import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readPacks } from '../../../src/catalog/read-record.ts';
import { recordedPacks } from '../../../src/commands/packs/recorded-packs.ts';
import { ExpectedError } from '../../../src/model/errors.ts';
import { PACKS_FILE, printPacks } from '../../../src/model/project-record.ts';
import { integrityOf } from '../../../src/sources/source-files.ts';
import { temporaryFolder } from '../project/temporary-folder.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

/** A pack whose files are sorted, as those of every source. */
const pack = (name: string, files: Readonly<Record<string, string>>) => ({
  name,
  files: new Map(
    Object.entries(files).map(([path, text]) => [path, { bytes: bytes(text), executable: path.endsWith('.sh') }]),
  ),
});

const ACME = pack('acme', {
  'base/files/bin/[plural].sh.hbs': '#!/bin/sh\n',
  'base/files/start.sh': '\uFEFF"\u2028\t\\\n',
  'pack.json': '{}',
});
const OPS = pack('ops', { 'pack.json': '{ "name": "ops" }' });
const TEXT = printPacks([OPS, ACME]);
const LINES = TEXT.trimEnd().split('\n');

function refusal(read: () => unknown) {
  try {
    read();
  } catch (error) {
    if (error instanceof ExpectedError) return { exitCode: error.exitCode, message: error.message };
    throw error;
  }
  throw new Error('it was read');
}

describe('recorded packs', () => {
  test('are read as they were written, whatever the line ends of the checkout', () => {
    for (const text of [TEXT, TEXT.trimEnd(), TEXT.replaceAll('\n', '\r\n'), `\uFEFF${TEXT}`]) {
      const read = readPacks(text);
      expect([...read.keys()]).toEqual(['acme', 'ops']);
      expect(read.get('acme')).toEqual(ACME.files);
      expect(integrityOf(read.get('acme') ?? [])).toBe(integrityOf(ACME.files));
    }
  });

  test('have a line for each file, by pack and path, so that git can merge them', () => {
    const places = LINES.map((line) => JSON.parse(line)).map(({ pack, path }) => `${pack} ${path}`);
    expect(places).toEqual([...places].sort());
    expect(places).toHaveLength(4);
  });

  const changed = (change: object) => JSON.stringify({ ...JSON.parse(LINES[0] ?? ''), ...change });

  test.each([
    ['a path above the pack', changed({ path: '../pack.json' }), ':1 is not a line'],
    ['an absolute path', changed({ path: '/etc/passwd' }), ':1 is not a line'],
    ['a path in .git', changed({ path: 'base/files/.git/hooks/post-checkout' }), ':1 is not a line'],
    ['a device name', changed({ path: 'base/files/aux.rs' }), ':1 is not a line'],
    ['a name that is a path', changed({ pack: '../acme' }), ':1 is not a line'],
    ['the name of a prototype', changed({ pack: '__proto__' }), ':1 is not a line'],
    ['an unknown key', changed({ link: '/etc' }), ':1 is not a line'],
    ['a text that is none', changed({ text: { toString: 'x' } }), ':1 is not a line'],
    ['a file twice', [LINES[0], LINES[0]].join('\n'), ':2: acme base/files/bin/[plural].sh.hbs comes after'],
    ['packs in another order', [...LINES].reverse().join('\n'), 'comes after'],
    ['an end that is cut off', TEXT.slice(0, -10), ':4 is not a line'],
  ])('with %s are refused', (_, text, message) => {
    const refused = refusal(() => readPacks(text));
    expect(refused.exitCode).toBe(5);
    expect(refused.message).toContain(message);
  });

  const pinned = [{ name: 'acme', source: '../acme', integrity: integrityOf(ACME.files) }];
  const projectWith = (text: string): string => {
    const root = temporaryFolder();
    mkdirSync(dirname(join(root, PACKS_FILE)), { recursive: true });
    writeFileSync(join(root, PACKS_FILE), text);
    return root;
  };

  test('are those that the lock has pinned', () => {
    const [recorded] = recordedPacks(projectWith(TEXT), pinned);
    expect(recorded?.contents.files).toEqual(ACME.files);
  });

  test.each([
    ['another text', TEXT.replace('#!/bin/sh', '#!/bin/rm')],
    ['another path', TEXT.replace('start.sh', 'state.sh')],
    ['another mode', TEXT.replace('"executable":true', '"executable":false')],
    ['one file more', `${changed({ path: 'base/files/a' })}\n${TEXT}`],
    ['one file less', LINES.slice(1).join('\n')],
    ['another pack only', LINES.slice(3).join('\n')],
    ['nothing', ''],
  ])('with %s are not what is pinned', (_, text) => {
    const refused = refusal(() => recordedPacks(projectWith(text), pinned));
    expect(refused).toMatchObject({ exitCode: 5, message: expect.stringContaining('the pack acme') });
  });

  test('that are missing, a link or far too long are refused', () => {
    const missing = temporaryFolder();
    const linked = projectWith(TEXT);
    const elsewhere = temporaryFolder();
    mkdirSync(join(elsewhere, '.create-api'));
    symlinkSync(join(linked, PACKS_FILE), join(elsewhere, PACKS_FILE));
    for (const [root, reason] of [
      [missing, 'it is missing'],
      [elsewhere, 'it is a link'],
      [projectWith(' '.repeat(20_000_001)), 'it has 20000001 bytes'],
    ] as const)
      expect(refusal(() => recordedPacks(root, pinned))).toMatchObject({
        exitCode: 5,
        message: expect.stringContaining(reason),
      });
  });

  test('of a project without packs are not read', () => {
    expect(recordedPacks(temporaryFolder(), [])).toEqual([]);
  });
});
