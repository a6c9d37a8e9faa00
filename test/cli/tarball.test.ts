import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { ENVIRONMENT } from './support/command.ts';
import { emptyFolder, folderOfFile } from './support/service-folder.ts';

const ROOT = join(import.meta.dirname, '../..');
const LIMIT = 500_000;

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string; readonly mode: number }[];
}

const folder = folderOfFile();
let packed: Packed;
let tarball: string;

/** Runs npm offline with its cache in `cache`, so that it can run only what is in the tarball. */
function npm(args: readonly string[], cwd: string, cache: string): Promise<{ stdout: string }> {
  return promisify(execFile)('npm', [...args], {
    cwd,
    env: { ...ENVIRONMENT, npm_config_cache: cache, npm_config_offline: 'true', npm_config_loglevel: 'error' },
    shell: process.platform === 'win32',
  });
}

beforeAll(async () => {
  const pack = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
  packed = JSON.parse((await npm(pack, ROOT, join(folder, 'cache'))).stdout)[0];
  tarball = join(folder, packed.filename);
});

describe('the tarball', () => {
  test('is one package without dependencies, of at most 500 KB', () => {
    const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    const needed = Object.keys(manifest).filter((key) => /[dD]ependencies$/.test(key) && key !== 'devDependencies');
    expect(needed).toEqual([]);
    expect(packed.size).toBeLessThanOrEqual(LIMIT);
  });

  test('has the bundle, an executable entry and the licences, and no development files', () => {
    const paths = packed.files.map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(['dist/cli.js', 'dist/THIRD-PARTY-LICENSES', 'package.json']));
    const dist = String.raw`dist/(?:[\w-]+\.js|THIRD-PARTY-LICENSES|pack/[\w-]+\.jsonl?(?:\.br)?)`;
    const shipped = new RegExp(String.raw`^(?:${dist}|schemas/[\w-]+\.schema\.json|package\.json|LICENSE|[A-Z]+\.md)$`);
    expect(paths.filter((path) => !shipped.test(path))).toEqual([]);
    expect(packed.files.find(({ path }) => path === 'dist/cli.js')?.mode).toBe(0o755);
  });

  test('names the licence of every package that is bundled', () => {
    const licenses = readFileSync(join(ROOT, 'dist/THIRD-PARTY-LICENSES'), 'utf8');
    for (const name of ['commander', 'execa', 'handlebars', 'kleur', 'prompts', 'smol-toml']) {
      expect(licenses).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, 'm'));
    }
  });

  test('contains no path of the machine that built it', () => {
    for (const { path } of packed.files) expect(readFileSync(join(ROOT, path), 'utf8'), path).not.toContain(ROOT);
  });
});

describe.each([
  // npx runs an absolute path as a program and looks up a relative one elsewhere, so the path alone does not work.
  ['npx', () => ['exec', '--yes', `file:${tarball}`, '--', 'orders']],
  ['npm create', () => ['exec', '--yes', `--package=${tarball}`, '--', 'create-api', 'orders']],
])('as run by %s, offline and in an empty folder', (_, command) => {
  test('creates a project with one package installed', async () => {
    const cwd = emptyFolder();
    const cache = emptyFolder();
    const run = await npm([...command(), '--yes', '--no-install', '--no-git'], cwd, cache);
    // Not `npx create-api`: that name may be another package's.
    expect(run.stdout.replace(/\s+\\?\s*/g, ' ')).toContain(`npx file:${tarball} orders --framework`);
    expect(readdirSync(cwd)).toEqual(['orders']);
    expect(readdirSync(join(cwd, 'orders'))).toContain('Cargo.toml');
    const [installed = ''] = readdirSync(join(cache, '_npx'));
    const modules = readdirSync(join(cache, '_npx', installed, 'node_modules'));
    expect(modules.filter((name) => !name.startsWith('.'))).toEqual(['create-api']);
  });
});
