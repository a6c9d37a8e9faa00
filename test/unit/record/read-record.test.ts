import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readBase, readLock } from '../../../src/catalog/read-record.ts';
import { ExpectedError } from '../../../src/model/errors.ts';
import {
  type BaseFile,
  MOST_PACKS,
  type ProjectLock,
  printBase,
  printLock,
} from '../../../src/model/project-record.ts';
import { parseResource } from '../../../src/model/resource-syntax.ts';
import { isSafePath } from '../../../src/model/safe-path.ts';
import { LONGEST_SOURCE, parseSource } from '../../../src/model/source.ts';
import { answersFor, catalog } from '../../support/projects.ts';
import { holds } from '../../support/property.ts';

const combination = { framework: 'axum', dbLayer: 'sqlx', database: 'sqlite', auth: 'none' };

function resource(text: string) {
  const { resource } = parseResource(text);
  if (resource === null) throw new Error(`no resource: ${text}`);
  return resource;
}

const LOCK: ProjectLock = {
  standard: { version: '0.1.0', integrity: 'a'.repeat(64) },
  packs: [{ name: 'acme', source: '../acme pack', integrity: `sha256-${'A'.repeat(43)}=` }],
  answers: answersFor(combination, {
    resources: [resource('payment amount_cents:i64:min=1 note:text?'), resource('cactus/cacti name:string(9)')],
  }),
  origins: { framework: 'policy', features: 'preset', name: 'default', resources: 'flag', auth: 'prompt' },
  presets: [{ source: 'npm:@acme/standard@1.2.3', integrity: `sha256-${'A'.repeat(43)}=` }],
  policies: [],
  placement: { workspace: 'join', inWorkspace: 'orders', inRepository: 'services/orders' },
  migrations: { 20260101000200: '20261127120001' },
  deleted: ['deny.toml'],
};

const FILES: readonly BaseFile[] = [
  { path: 'Cargo.toml', text: '[package]\nname = "x"\n', class: 'merge', executable: false },
  { path: 'bin/start', text: '#!/bin/sh\u2028\n', class: 'seed', executable: true },
  { path: 'deny.toml', text: '', class: 'managed', executable: false },
];

/** The problems that reading throws, and its exit code. */
function refused(read: () => unknown) {
  try {
    read();
  } catch (error) {
    if (error instanceof ExpectedError) return { exitCode: error.exitCode, problems: error.problems };
    throw error;
  }
  throw new Error('it was read');
}

const lockWith = (change: object): string =>
  JSON.stringify({ ...JSON.parse(printLock(LOCK, catalog.axes)), ...change });
const answersWith = (change: object): string =>
  lockWith({ answers: { ...JSON.parse(printLock(LOCK, catalog.axes)).answers, ...change } });
const read = (text: string) => readLock(text, catalog.axes, '0.1.0');

describe('a lock', () => {
  test('has any source that a flag takes', () => {
    const source = `npm:acme@1.0.0/${'a'.repeat(LONGEST_SOURCE - 'npm:acme@1.0.0/'.length)}`;
    expect(parseSource(source)).toHaveProperty('source');
    const packs = [{ ...LOCK.packs[0], source }];
    expect(read(lockWith({ packs })).packs).toEqual(packs);
    expect(refused(() => read(lockWith({ packs: [{ ...LOCK.packs[0], source: `${source}a` }] }))).exitCode).toBe(5);
    expect(refused(() => read(lockWith({ packs: Array(MOST_PACKS + 1).fill(packs[0]) }))).exitCode).toBe(5);
  });

  test('is read as it was written', () => {
    expect(read(printLock(LOCK, catalog.axes))).toEqual(LOCK);
  });

  test('of version 1 has no origins', () => {
    const { origins: _, presets: __, ...text } = JSON.parse(printLock(LOCK, catalog.axes));
    expect(read(JSON.stringify({ ...text, formatVersion: 1 }))).toEqual({ ...LOCK, origins: {}, presets: [] });
  });

  test('may have a byte order mark and other line ends', () => {
    expect(read(`\uFEFF${printLock(LOCK, catalog.axes).replaceAll('\n', '\r\n')}`)).toEqual(LOCK);
  });

  test('may have no database where the layer needs none', () => {
    const answers = { ...LOCK.answers, dbLayer: 'none', database: null };
    expect(read(printLock({ ...LOCK, answers }, catalog.axes)).answers).toEqual(answers);
  });

  test.each([
    ['no JSON', '{', 'is not JSON'],
    ['markers of a merge', `<<<<<<< HEAD\n${printLock(LOCK, catalog.axes)}`, 'is not JSON'],
    ['no object', '[]', 'the manifest'],
    ['null', 'null', 'the manifest'],
    ['another format', lockWith({ formatVersion: 0 }), 'formatVersion is 0'],
    ['an unknown key', lockWith({ scripts: 'rm' }), 'scripts is not a known key'],
    ['no version', lockWith({ createApi: 'latest' }), 'createApi is "latest"'],
    ['a wrong hash', lockWith({ integrity: 'A'.repeat(64) }), 'integrity is'],
    ['a key twice', printLock(LOCK, catalog.axes).replace('{', '{"formatVersion": 1,'), 'stands twice'],
    ['a prototype', printLock(LOCK, catalog.axes).replace('{', '{"__proto__": {"deleted": []},'), 'cannot be a key'],
    [
      'a prototype of its answers',
      printLock(LOCK, catalog.axes).replace('s": {', 's": {"__proto__": "x",'),
      '__proto__',
    ],
    ['a key of every object in its answers', answersWith({ constructor: 'x' }), 'answers.constructor is not known'],
    ['an axis of another pack', answersWith({ cloud: 'x' }), 'answers.cloud is not known'],
    ['a list where there is one choice', answersWith({ framework: ['axum'] }), 'answers.framework is ["axum"]'],
    ['one choice where there is a list', answersWith({ features: 'redis' }), 'answers.features is "redis"'],
    ['no framework', answersWith({ framework: null }), 'answers.framework is null'],
    ['a number', answersWith({ framework: 1 }), 'framework is 1'],
    ['an unknown origin', lockWith({ origins: { name: 'me' } }), 'origins.name is "me"'],
    ['the origin of no answer', lockWith({ origins: { toString: 'flag' } }), 'origins.toString is not known'],
    ['a preset without its hash', lockWith({ presets: [{ source: 'x' }] }), 'presets[0].integrity is missing'],
    ['a line break in a source', lockWith({ presets: [{ source: 'a\nb', integrity: '' }] }), 'presets[0].source'],
    ['very deep nesting', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'is nested deeper than 100 levels'],
    ['no axis', lockWith({ answers: { name: 'x', description: 'y', resources: [] } }), 'answers.framework is missing'],
    ['a resource without fields', answersWith({ resources: ['payment'] }), 'payment has no fields'],
    ['a path above the project', lockWith({ deleted: ['../x'] }), 'deleted[0]'],
    ['an absolute path', lockWith({ deleted: ['/etc/passwd'] }), 'deleted[0]'],
    ['a path in .git', lockWith({ deleted: ['.git/config'] }), 'deleted[0]'],
    ['a path of its own', lockWith({ deleted: ['.create-api/lock.json'] }), 'deleted[0]'],
    ['a very long path', lockWith({ deleted: ['x'.repeat(2000)] }), 'deleted[0]'],
    ['a version that is none', lockWith({ migrations: { '20260101000200': '../x' } }), 'migrations.20260101000200 is'],
    ['a version of something else', lockWith({ migrations: { x: '20260101000200' } }), 'migrations'],
    [
      'a version twice',
      lockWith({ migrations: { '20260101000200': '20261127120000', '20260101000300': '20261127120000' } }),
      'migrations',
    ],
    ['a place outside', lockWith({ placement: { ...LOCK.placement, inRepository: '../..' } }), 'inRepository'],
  ])('with %s is refused', (_, text, message) => {
    const { exitCode, problems } = refused(() => read(text));
    expect(exitCode).toBe(5);
    expect(problems[0]?.message).toContain(message);
    expect(problems[0]?.message).toContain('.create-api/lock.json');
    expect(problems[0]?.hint).toContain('git checkout HEAD');
    expect(({} as { deleted?: unknown }).deleted).toBeUndefined();
  });

  describe('of a newer create-api', () => {
    test.each([
      ['version', lockWith({ createApi: '0.2.0' }), '0.2.0'],
      ['pre-release', lockWith({ createApi: '0.1.1-rc.1' }), '0.1.1-rc.1'],
      ['version and format', lockWith({ createApi: '2.0.0', formatVersion: 3, packs: [{ name: 'x' }] }), '2.0.0'],
      ['format without a version', lockWith({ createApi: undefined, formatVersion: 3 }), 'latest'],
      ['format and a hostile version', lockWith({ createApi: '9.9.9; rm -rf', formatVersion: 3 }), 'latest'],
      ['version with an unknown key', lockWith({ createApi: '0.2.0', policy: {} }), '0.2.0'],
      ['version without a key', lockWith({ createApi: '0.2.0', deleted: undefined }), '0.2.0'],
      ['version with an unknown axis', lockWith({ createApi: '0.2.0', answers: { cloud: 'x' } }), '0.2.0'],
      [
        'version with an unknown choice and an unknown type of field',
        answersWith({ framework: 'rocket', resources: ['point at:geometry'] }).replace('"0.1.0"', '"0.2.0"'),
        '0.2.0',
      ],
    ])('with another %s is refused with the version to use', (_, text, version) => {
      const { exitCode, problems } = refused(() => read(text));
      expect(exitCode).toBe(2);
      expect(problems).toMatchObject([{ code: 'newer-project', hint: `npx create-api@${version}` }]);
      expect(problems[0]?.message).toContain('was made or updated by a newer create-api');
    });

    test('is not meant by what is unknown in a lock of this version', () => {
      expect(refused(() => read(answersWith({ cloud: 'x' }))).problems).toMatchObject([{ code: 'unknown-key' }]);
    });
  });

  test('names all problems', () => {
    expect(refused(() => read(answersWith({ framework: [], features: 'x' }))).problems).toHaveLength(2);
  });
});

describe('a base', () => {
  const text = printBase(FILES);
  const lines = text.trimEnd().split('\n');

  test('is read as it was written, whatever the line ends of the checkout', () => {
    for (const each of [text, text.trimEnd(), text.replaceAll('\n', '\r\n'), `\uFEFF${text}`]) {
      expect([...readBase(each).values()]).toEqual(FILES);
    }
  });

  test('has a line for each file, so that git can merge it', () => {
    expect(lines).toHaveLength(FILES.length);
  });

  const changed = (change: object) =>
    [JSON.stringify({ ...JSON.parse(lines[0] ?? ''), ...change }), lines[1]].join('\n');

  test.each([
    ['a changed text', changed({ text: '[package]\n' }), ':1: Cargo.toml is not what was rendered'],
    ['a changed hash', changed({ sha256: 'b'.repeat(64) }), ':1: Cargo.toml is not what was rendered'],
    ['a path above the project', changed({ path: '../Cargo.toml' }), ':1 is not a line'],
    ['a path of its own', changed({ path: '.create-api/lock.json' }), ':1 is not a line'],
    ['a path in .git', changed({ path: 'src/.GIT/config' }), ':1 is not a line'],
    ['an absolute path', changed({ path: 'C:\\x' }), ':1 is not a line'],
    ['an unknown class', changed({ class: 'mine' }), ':1 is not a line'],
    ['an unknown key', changed({ run: 'rm' }), ':1 is not a line'],
    ['a file twice', [lines[0], lines[0]].join('\n'), ':2: Cargo.toml comes after Cargo.toml'],
    ['files in another order', [lines[1], lines[0]].join('\n'), ':2: Cargo.toml comes after bin/start'],
    ['markers of a merge', ['<<<<<<< HEAD', ...lines].join('\n'), ':1 is not a line'],
    ['an end that is cut off', text.slice(0, -20), ':3 is not a line'],
    ['an empty line', ['', ...lines].join('\n'), ':1 is not a line'],
  ])('with %s is refused', (_, text, message) => {
    const { exitCode, problems } = refused(() => readBase(text));
    expect(exitCode).toBe(5);
    expect(problems[0]?.message).toContain(message);
  });

  test('with a file and a folder of one name is refused', () => {
    const clash = printBase(['a', 'a/b'].map((path) => ({ path, text: '', class: 'merge', executable: false })));
    expect(refused(() => readBase(clash)).problems[0]?.message).toContain('cannot both be files');
  });

  test('names few of many problems', () => {
    expect(refused(() => readBase('x\n'.repeat(1000))).problems).toHaveLength(10);
  });
});

/** Texts that are almost a record: with pieces that are cut out, put twice, or replaced by what does not belong there. */
function almost(text: string): fc.Arbitrary<string> {
  const piece = fc.constantFrom(
    ...[
      '',
      '"',
      '{',
      '}',
      '[',
      ']',
      ',',
      'null',
      '-1',
      '1e999',
      '\\u0000',
      '"../x"',
      '"/etc/passwd"',
      '"C:\\\\x"',
      '\n',
      '\r',
    ],
    ...[
      '"__proto__"',
      '"constructor":',
      '"formatVersion":2',
      '"99.0.0"',
      '".git/config"',
      'A'.repeat(5000),
      '\ud800',
      '$(id)',
    ],
  );
  const change = fc.record({ at: fc.nat(text.length), length: fc.nat(40), piece, isToken: fc.boolean() });
  return fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) =>
    changes.reduce((before, { at, length, piece, isToken }) => {
      const end = isToken ? at + (/^\w*/.exec(before.slice(at))?.[0].length ?? 0) : at + length;
      return before.slice(0, at) + piece + before.slice(end);
    }, text),
  );
}

describe('any text in place of', () => {
  /** Refuses with an expected error, or returns what was read. */
  function attempt<T>(read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      if (
        error instanceof ExpectedError &&
        error.problems.every(({ code, hint }) => code !== '' && hint !== undefined)
      ) {
        return undefined;
      }
      throw error;
    }
  }

  test('a lock is read or refused, and names no path outside of the project', async () => {
    let refusals = 0;
    await holds(
      fc.property(almost(printLock(LOCK, catalog.axes)), (text) => {
        const lock = attempt(() => read(text));
        if (lock === undefined) refusals++;
        const paths = [...(lock?.deleted ?? []), lock?.placement.inRepository ?? '', lock?.placement.inWorkspace ?? ''];
        expect(paths.filter((path) => path !== '' && !isSafePath(path))).toEqual([]);
        expect(({} as { formatVersion?: unknown }).formatVersion).toBeUndefined();
      }),
      { runs: 1000 },
    );
    expect(refusals).toBeGreaterThan(100);
  });

  test('a base is read or refused, and has no text that was not rendered', async () => {
    const rendered = new Set(FILES.map(({ text }) => text));
    await holds(
      fc.property(almost(printBase(FILES)), (text) => {
        const files = [...(attempt(() => readBase(text)) ?? new Map<string, BaseFile>()).values()];
        expect(files.filter((file) => !rendered.has(file.text) || !isSafePath(file.path))).toEqual([]);
      }),
      { runs: 1000 },
    );
  });
});
