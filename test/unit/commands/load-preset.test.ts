import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { loadPreset } from '../../../src/commands/create/load-preset.ts';
import { startRegistry } from '../../support/registry.ts';
import { tarball } from '../../support/tarball.ts';
import { axes, options } from '../fixtures/rules.ts';
import { populate, temporaryFolder } from '../project/temporary-folder.ts';

const signal = new AbortController().signal;
const load = (name: string, cwd: string, env: NodeJS.ProcessEnv = {}) =>
  loadPreset(name, { cwd, env, signal }, { all: options, axes });

/** A folder with presets, by path. */
function presets(files: Readonly<Record<string, object | string>>): string {
  const folder = temporaryFolder();
  const texts = Object.entries(files).map(([path, json]) => [
    path,
    typeof json === 'string' ? json : JSON.stringify(json),
  ]);
  populate(folder, Object.fromEntries(texts));
  return folder;
}

/** The values of a preset as lists of texts. */
async function valuesOf(name: string, cwd: string, env?: NodeJS.ProcessEnv) {
  const { preset, problems } = await load(name, cwd, env);
  expect(problems).toEqual([]);
  return Object.fromEntries(Object.entries(preset.values).map(([key, { texts }]) => [key, texts]));
}

const messages = async (name: string, cwd: string, env?: NodeJS.ProcessEnv) =>
  (await load(name, cwd, env)).problems.map(({ message }) => message);

describe('files', () => {
  test('extend each other: later ones count, and the preset itself most of all', async () => {
    const cwd = presets({
      'team.json': { extends: ['./base.json', 'kinds/api.json'], auth: 'token', about: 'Team' },
      'base.json': { framework: 'kite', dbLayer: 'query', auth: 'none', about: 'Base' },
      'kinds/api.json': { extends: '../base.json', dbLayer: 'memory' },
    });
    expect(await valuesOf('team.json', cwd)).toEqual({ framework: ['kite'], dbLayer: ['memory'], auth: ['token'] });
    const { used } = await load('./team.json', cwd);
    expect(used.map(({ name, about }) => [name.replaceAll('\\', '/'), about])).toEqual([
      ['base.json', 'Base'],
      ['kinds/api.json', null],
      ['team.json', 'Team'],
    ]);
    expect(used.every(({ integrity }) => /^sha256-[A-Za-z0-9+/]{43}=$/.test(integrity))).toBe(true);
  });

  test('of a folder are its preset.json', async () => {
    const cwd = presets({ 'a/preset.json': { extends: '../b' }, 'b/preset.json': { framework: 'wren' } });
    expect(await valuesOf('a', cwd)).toEqual({ framework: ['wren'] });
  });

  test.each<[string, Readonly<Record<string, object | string>>, string]>([
    [
      'a circle',
      { 'a.json': { extends: 'b.json' }, 'b.json': { extends: 'c.json' }, 'c.json': { extends: './b.json' } },
      'a.json → b.json → c.json → b.json',
    ],
    ['itself', { 'a.json': { extends: 'a.json' } }, 'a.json → a.json'],
    [
      'a long chain',
      Object.fromEntries(
        [...'abcdefghijklm'].map((name, index, names) => [`${name}.json`, { extends: `${names[index + 1]}.json` }]),
      ),
      'more than 10 times: a.json → b.json',
    ],
    [
      'many others',
      {
        'a.json': { extends: Array.from({ length: 60 }, (_, index) => `${index}.json`) },
        ...Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`${index}.json`, {}])),
      },
      'more than 50 presets',
    ],
    ['nothing', { 'a.json': { extends: 'b.json' } }, 'a.json extends b.json: cannot read the preset'],
    [
      'a range',
      { 'a.json': { extends: 'npm:x@^1.0.0' } },
      'a.json extends npm:x@^1.0.0: "npm:x@^1.0.0" names no exact version',
    ],
    [
      'something wrong',
      { 'a.json': { extends: 'b.json' }, 'b.json': { framewrk: 'x' } },
      'b.json has the unknown key "framewrk"',
    ],
    ['no text', { 'a.json': { extends: 'b.json' }, 'b.json': '{' }, 'b.json is not JSON'],
    ['far too much', { 'a.json': { extends: 'b.json' }, 'b.json': ' '.repeat(200_001) }, 'it has 200001 bytes'],
    ['a folder', { 'a.json': { extends: 'b' }, 'b/preset.json/x': '' }, 'it is not a file'],
  ])('that extend %s are refused', async (_, files, message) => {
    expect((await messages('a.json', presets(files)))[0]).toContain(message);
  });

  test('that two others extend are read once', async () => {
    const cwd = presets({
      'a.json': { extends: ['b.json', 'c.json'] },
      'b.json': { extends: 'd.json' },
      'c.json': { extends: 'd.json' },
      'd.json': { auth: 'none' },
    });
    expect((await load('a.json', cwd)).used).toHaveLength(4);
  });
});

describe('a package of npm', () => {
  const publish = (files: Readonly<Record<string, object>>, cwd: string) => {
    const entries = Object.entries(files).map(([path, json]) => ({
      path: `package/${path}`,
      text: JSON.stringify(json),
    }));
    return startRegistry([{ name: '@acme/standard', version: '1.2.3', tarball: tarball(entries) }], join(cwd, 'cache'));
  };

  test('has presets that extend each other, and files extend them', async () => {
    const cwd = presets({ 'team.json': { extends: 'npm:@acme/standard@1.2.3/kinds/api.json', auth: 'none' } });
    const env = await publish(
      { 'preset.json': { framework: 'wren' }, 'kinds/api.json': { extends: '..', dbLayer: 'memory' } },
      cwd,
    );
    expect(await valuesOf('team.json', cwd, env)).toEqual({ framework: ['wren'], dbLayer: ['memory'], auth: ['none'] });
    const { used } = await load('team.json', cwd, env);
    expect(used.map(({ name, path }) => [name, path !== null])).toEqual([
      ['npm:@acme/standard@1.2.3/preset.json', false],
      ['npm:@acme/standard@1.2.3/kinds/api.json', false],
      ['team.json', true],
    ]);
    expect(used[0]?.integrity).toBe(used[1]?.integrity);
  });

  test('may not look around on this machine', async () => {
    const cwd = temporaryFolder();
    const outside = [
      '../secret.json',
      '/etc/passwd',
      'C:\\secret.json',
      '..\\secret.json',
      `git+file:///srv/x.git#${'0'.repeat(40)}`,
    ];
    const env = await publish({ 'preset.json': { extends: [...outside, './absent.json'] } }, cwd);
    const found = await messages('npm:@acme/standard@1.2.3', cwd, env);
    expect(found).toHaveLength(outside.length + 1);
    for (const [index, source] of outside.entries()) {
      expect(found[index]).toContain(`extends ${source}: ${source} is on this machine`);
    }
    expect(found.at(-1)).toContain('absent.json is not in it');
  });
});

test('a git repository has presets at a commit', async () => {
  const cwd = presets({
    'work/presets/api.json': { extends: '../base.json' },
    'work/base.json': { framework: 'wren' },
  });
  const work = join(cwd, 'work');
  symlinkSync('/etc/passwd', join(work, 'link.json'));
  const settings = ['-c', 'user.name=x', '-c', 'user.email=x@example.com'];
  const git = (...args: string[]) =>
    execFileSync('git', [...settings, ...args], { cwd: work, encoding: 'utf8' }).trim();
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'x');
  mkdirSync(join(cwd, 'srv'));
  git('clone', '--quiet', '--bare', '.', join(cwd, 'srv/standard.git'));
  const source = `git+${pathToFileURL(join(cwd, 'srv/standard.git')).href}#${git('rev-parse', 'HEAD')}`;
  expect(await valuesOf(`${source}:presets/api.json`, cwd, process.env)).toEqual({ framework: ['wren'] });
  expect(await messages(`${source}:link.json`, cwd, process.env)).toEqual([
    expect.stringContaining('link.json is a link'),
  ]);
  expect((await load(source, cwd, process.env)).problems).toMatchObject([
    { message: expect.stringContaining('preset.json is not in it') },
  ]);
});
