import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readPackFiles } from '../../../src/catalog/pack-files.ts';
import { ExpectedError } from '../../../src/model/errors.ts';
import { SOURCES_ALLOWED, type SourceFiles } from '../../../src/model/source.ts';
import { listFolder } from '../../../src/project/source-folder.ts';
import { fetchSource } from '../../../src/sources/fetch-source.ts';
import { assertIntegrity, SourceCollector } from '../../../src/sources/source-files.ts';
import { collectTarball } from '../../../src/sources/tarball.ts';
import { npmEnvironment, startRegistry } from '../../support/registry.ts';
import { type TarEntry, tarball } from '../../support/tarball.ts';
import { populate, temporaryFolder } from '../project/temporary-folder.ts';

const signal = new AbortController().signal;

/** What a source consists of, for comparing. */
function contentOf({ files, special }: SourceFiles) {
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return {
    files: Object.fromEntries([...files].map(([path, { bytes, executable }]) => [path, [text(bytes), executable]])),
    special: Object.fromEntries(special),
  };
}

/** The error that a promise rejects with. */
async function refused(promise: Promise<unknown>) {
  const error: unknown = await promise.then(
    () => new Error('it was fetched'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof ExpectedError)) throw error;
  const [problem] = error.problems;
  const { code, message = '', hint = '', allowed } = problem ?? {};
  return { exitCode: error.exitCode, code, message, hint, allowed };
}

/** Reads a tarball that npm never sees. */
async function collected(entries: readonly TarEntry[]): Promise<SourceFiles> {
  const collector = new SourceCollector('npm:x@1.2.3');
  collectTarball(tarball(entries), 'npm:x@1.2.3', collector);
  return collector.finish();
}

describe('a package of npm', () => {
  const NAME = '@acme/standard';
  const source = { kind: 'npm', name: NAME, version: '1.2.3', path: '' } as const;
  const publish = async (entries: readonly TarEntry[], scripts: Record<string, string> = {}) => {
    const cwd = temporaryFolder();
    const published = { name: NAME, version: '1.2.3', tarball: tarball(entries), scripts };
    const env = await startRegistry([published], join(cwd, 'cache'));
    return { cwd, env, fetch: () => fetchSource(source, { cwd, env, signal }) };
  };

  test('is read without running anything in it', async () => {
    const cwd = temporaryFolder();
    const touch = `node -e "require('fs').writeFileSync('${join(cwd, 'ran').replaceAll('\\', '/')}', '')"`;
    const scripts = Object.fromEntries(
      ['preinstall', 'install', 'prepare', 'prepack', 'postpack'].map((x) => [x, touch]),
    );
    const { fetch } = await publish(
      [
        { path: 'package/package.json', text: JSON.stringify({ name: NAME, version: '1.2.3', scripts }) },
        { path: 'package/bin/x', text: 'run', mode: 0o755 },
        { path: 'package/lib', type: '5' },
      ],
      scripts,
    );
    expect(contentOf(await fetch()).files).toMatchObject({ 'bin/x': ['run', true] });
    expect(existsSync(join(cwd, 'ran'))).toBe(false);
  });

  test('leaves nothing in the temporary folder', async () => {
    const { fetch } = await publish([{ path: 'package/a', text: 'a' }]);
    const ours = () => readdirSync(tmpdir()).filter((name) => /^create-api-/.test(name));
    const before = ours();
    await fetch();
    expect(ours().filter((name) => !before.includes(name))).toEqual([]);
  });

  test('is found if it was published after an earlier version was fetched', async () => {
    const cwd = temporaryFolder();
    const published = ['1.2.3'].map(version);
    const env = await startRegistry(published, join(cwd, 'cache'));
    expect(contentOf(await fetchSource(source, { cwd, env, signal })).files).toMatchObject({ a: ['1.2.3', false] });
    published.push(version('1.2.4'));
    const next = await fetchSource({ ...source, version: '1.2.4' }, { cwd, env, signal });
    expect(contentOf(next).files).toMatchObject({ a: ['1.2.4', false] });

    function version(version: string) {
      return { name: NAME, version, tarball: tarball([{ path: 'package/a', text: version }]) };
    }
  });

  test('has its links and special files noted, not read', async () => {
    const read = await collected([
      { path: 'package/link', type: '2', target: '/etc/passwd' },
      { path: 'package/pipe', type: '6' },
      { path: 'package/aux.txt', text: 'x' },
      { path: 'package/big', text: 'x'.repeat(2_000_001) },
      { path: 'package/a', text: 'a' },
    ]);
    const { files, special } = contentOf(read);
    expect(Object.keys(files)).toEqual(['a']);
    expect(Object.keys(special)).toEqual(['link', 'pipe', 'aux.txt', 'big']);
  });

  test.each<[string, readonly TarEntry[]]>([
    ['a path above it', [{ path: 'package/../../x', text: 'x' }]],
    ['an absolute path', [{ path: 'package//etc/passwd', text: 'x' }]],
    ['a path with backslashes', [{ path: 'package/..\\x', text: 'x' }]],
    ['a path with a line break', [{ path: 'package/a\nb', text: 'x' }]],
    ['a link above it', [{ path: 'package/../x', type: '2', target: '/' }]],
    [
      'a file twice',
      [
        { path: 'package/a', text: '1' },
        { path: 'package/a', text: '2' },
      ],
    ],
    ['a size beyond its end', [{ path: 'package/a', text: 'x', size: 100_000 }]],
    ['too many files', Array.from({ length: 5001 }, (_, index) => ({ path: `package/${index}` }))],
    [
      'too many bytes',
      Array.from({ length: 12 }, (_, index) => ({ path: `package/${index}`, text: 'x'.repeat(1_900_000) })),
    ],
  ])('with %s is refused', async (_, entries) => {
    expect(await refused(collected(entries))).toMatchObject({
      exitCode: 5,
      code: 'untrusted-source',
      message: expect.stringContaining('npm:x@1.2.3'),
    });
  });

  test('that unpacks to far more than it has is refused', async () => {
    const bomb = collected([{ path: 'package/a', text: '\0'.repeat(60_000_000) }]);
    expect(await refused(bomb)).toMatchObject({ exitCode: 5, message: expect.stringContaining('tarball') });
  });

  test('that does not exist, or cannot be reached, says what to do', async () => {
    const { cwd, env } = await publish([]);
    const absent = fetchSource({ ...source, name: 'absent' }, { cwd, env, signal });
    expect(await refused(absent)).toMatchObject({
      exitCode: 1,
      code: 'cannot-fetch',
      message: 'npm:absent@1.2.3 cannot be fetched: it does not exist there',
    });
    const offline = npmEnvironment('http://127.0.0.1:9/', join(cwd, 'other-cache'));
    expect(await refused(fetchSource(source, { cwd, env: offline, signal }))).toMatchObject({
      exitCode: 1,
      message: expect.stringContaining('the network cannot be reached'),
      hint: expect.stringContaining('a copy on this machine'),
    });
    const without = { ...env, PATH: cwd, Path: cwd };
    expect(await refused(fetchSource(source, { cwd, env: without, signal }))).toMatchObject({
      exitCode: 1,
      message: expect.stringContaining('npm is not installed'),
    });
  });
});

describe('a git repository', () => {
  const identity = {
    GIT_AUTHOR_NAME: 'x',
    GIT_AUTHOR_EMAIL: 'x@x',
    GIT_COMMITTER_NAME: 'x',
    GIT_COMMITTER_EMAIL: 'x@x',
  };
  const env = { ...process.env, ...identity, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };

  /** A bare repository with these files; returns its source at the commit. */
  const repository = (texts: Readonly<Record<string, string>>, prepare: (folder: string) => void = () => {}) => {
    const folder = temporaryFolder();
    const work = join(folder, 'work');
    mkdirSync(work);
    populate(work, texts);
    prepare(work);
    const git = (...args: string[]) => execFileSync('git', args, { cwd: work, env, encoding: 'utf8' }).trim();
    git('init', '--quiet', '--initial-branch=main');
    git('add', '--all');
    git('commit', '--quiet', '--message', 'x');
    git('clone', '--quiet', '--bare', '.', join(folder, 'bare.git'));
    const url = pathToFileURL(join(folder, 'bare.git')).href;
    return { folder, source: { kind: 'git', url, commit: git('rev-parse', 'HEAD'), path: '' } as const };
  };
  const fetch = (source: Parameters<typeof fetchSource>[0], cwd: string) => fetchSource(source, { cwd, env, signal });

  test('is read as it was committed, whatever its attributes say', async () => {
    const { source, folder } = repository({
      'preset.json': '{}\r\n',
      'lib/ü.txt': '$Id$',
      '.gitattributes': '* text eol=lf export-ignore ident filter=evil\n',
    });
    const { files, special } = contentOf(await fetch(source, folder));
    expect(files).toMatchObject({ 'preset.json': ['{}\n', false], 'lib/ü.txt': ['$Id$', false] });
    expect(special).toEqual({});
  });

  test('has its links noted, not followed', async () => {
    const { source, folder } = repository({ 'a.txt': 'a', 'run.sh': 'x' }, (work) => {
      symlinkSync('/etc/passwd', join(work, 'link'));
      execFileSync('chmod', ['+x', join(work, 'run.sh')]);
    });
    expect(contentOf(await fetch(source, folder))).toEqual({
      files: { 'a.txt': ['a', false], 'run.sh': ['x', true] },
      special: { link: 'is a link' },
    });
  });

  test('runs no hook, also none of the templates of the person', async () => {
    const { source, folder } = repository({ a: 'a' });
    const hooks = join(folder, 'templates/hooks');
    mkdirSync(hooks, { recursive: true });
    for (const name of ['post-checkout', 'reference-transaction', 'post-index-change']) {
      writeFileSync(join(hooks, name), `#!/bin/sh\ntouch '${folder}/ran'\n`, { mode: 0o755 });
    }
    const hooked = { ...env, GIT_TEMPLATE_DIR: join(folder, 'templates') };
    await fetchSource(source, { cwd: folder, env: hooked, signal });
    expect(existsSync(join(folder, 'ran'))).toBe(false);
  });

  test('is not fetched by another protocol, even if the settings of git lead there', async () => {
    const { source, folder } = repository({ a: 'a' });
    writeFileSync(join(folder, 'config'), `[url "ext::sh -c touch% ${folder}/ran "]\n\tinsteadOf = ${source.url}\n`);
    const hostile = { ...env, GIT_CONFIG_GLOBAL: join(folder, 'config'), GIT_ALLOW_PROTOCOL: 'ext' };
    expect(await refused(fetchSource(source, { cwd: folder, env: hostile, signal }))).toMatchObject({ exitCode: 1 });
    expect(existsSync(join(folder, 'ran'))).toBe(false);
  });

  test('without the commit, or that is not there, says so', async () => {
    const { source, folder } = repository({ a: 'a' });
    const other = { ...source, commit: 'f'.repeat(40) };
    expect(await refused(fetch(other, folder))).toMatchObject({
      exitCode: 1,
      message: expect.stringContaining('does not exist there'),
    });
    const absent = { ...source, url: `${source.url}x` };
    expect(await refused(fetch(absent, folder))).toMatchObject({
      exitCode: 1,
      message: expect.stringContaining('does not exist there'),
    });
  });

  test('is not waited for once the run is stopped', async () => {
    const { source, folder } = repository({ a: 'a' });
    const stopped = fetchSource(source, { cwd: folder, env, signal: AbortSignal.abort() });
    expect(await refused(stopped)).toMatchObject({ exitCode: 130 });
  });
});

describe('a folder', () => {
  test('is read without links, .git and node_modules', async () => {
    const cwd = temporaryFolder();
    populate(cwd, {
      'pack/a/b.txt': 'b',
      'pack/.git/config': '',
      'pack/node_modules/x/y': '',
      'pack/.create-api/lock.json': '',
    });
    symlinkSync('/etc', join(cwd, 'pack/etc'));
    const read = await fetchSource({ kind: 'path', path: './pack' }, { cwd, env: {}, signal });
    expect(contentOf(read).files).toEqual({ 'a/b.txt': ['b', false] });
    expect([...read.special.keys()].sort()).toEqual(['.create-api/lock.json', 'etc']);
  });

  test('has few entries, of which empty folders are some', async () => {
    const root = temporaryFolder();
    for (const path of ['base/a/b', 'base/c/d', 'base/e']) mkdirSync(join(root, path), { recursive: true });
    expect(listFolder(root, 6)).toEqual([]);
    expect(listFolder(root, 5)).toBeNull();
    expect((await readPackFiles(root, 6)).files.size).toBe(0);
    expect(await refused(readPackFiles(root, 5))).toMatchObject({
      exitCode: 5,
      message: expect.stringContaining('is too large'),
    });
  });

  test('that does not exist is named, with what a source may be', async () => {
    const read = fetchSource({ kind: 'path', path: 'absent' }, { cwd: temporaryFolder(), env: {}, signal });
    expect(await refused(read)).toMatchObject({
      exitCode: 2,
      message: 'the folder absent cannot be read: there is no such folder',
      allowed: SOURCES_ALLOWED,
    });
  });
});

describe('the integrity', () => {
  const integrityOf = async (texts: Readonly<Record<string, string>>) => {
    const cwd = temporaryFolder();
    populate(cwd, texts);
    return (await fetchSource({ kind: 'path', path: '.' }, { cwd, env: {}, signal })).integrity;
  };

  test('is that of the same files anywhere, and changes with each byte and path', async () => {
    const first = await integrityOf({ a: '1', b: '2' });
    expect(first).toMatch(/^sha256-[A-Za-z0-9+/]{43}=$/);
    expect(await integrityOf({ b: '2', a: '1' })).toBe(first);
    const others = await Promise.all(
      [{ a: '1', b: '3' }, { a: '1', c: '2' }, { a: '1' }, { a: '12', b: '' }].map(integrityOf),
    );
    expect(new Set([first, ...others]).size).toBe(5);
  });

  test('of something else is refused', async () => {
    const compare = async () => assertIntegrity('npm:x@1.0.0', 'sha256-a', 'sha256-b');
    expect(await refused(compare())).toMatchObject({ exitCode: 5, code: 'wrong-integrity' });
  });
});
