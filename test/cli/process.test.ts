import { execFileSync, spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CLI, create, ENVIRONMENT, finish } from './support/command.ts';
import { emptyFolder, hashesOf } from './support/service-folder.ts';

/** A file to which nothing can be written, where the system has it. */
const FULL = '/dev/full';

const ALONE = ['--no-install', '--no-git'];

describe('without a terminal', () => {
  test('makes a project from its directory alone', async () => {
    const cwd = emptyFolder();
    const run = await create(['orders', ...ALONE], { cwd });
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toContain('cd orders');
    expect(readFileSync(join(cwd, 'orders/Cargo.toml'), 'utf8')).toContain('name = "orders"');
  });

  test('asks nothing: no directory is a usage error', async () => {
    const cwd = emptyFolder();
    const run = await create([], { cwd });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain('create-api my-service');
    expect(readdirSync(cwd)).toEqual([]);
  });

  test('names every problem of a call at once, and makes nothing', async () => {
    const cwd = emptyFolder();
    const args = ['9orders', '--db-layer', 'sqlxx', '--features', '+dockr', '--on-conflict', 'ask'];
    const run = await create(args, { cwd });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    for (const part of ['9orders', 'api-9orders', 'sqlxx', 'sqlx,', 'dockr', 'docker', 'ask', 'overwrite']) {
      expect(run.stderr).toContain(part);
    }
    expect(readdirSync(cwd)).toEqual([]);
  });

  test('takes no flag for another', async () => {
    const cwd = emptyFolder();
    const run = await create(['orders', '--databse', 'sqlite'], { cwd });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain('did you mean --database?');
    expect(readdirSync(cwd)).toEqual([]);
  });

  test('colours what it writes only where it is told to', async () => {
    const cwd = emptyFolder();
    const isColoured = (text: string) => text.includes('\u001b[');
    const list = async (env: NodeJS.ProcessEnv) => isColoured((await create(['list'], { cwd, env })).stdout);
    expect([await list({}), await list({ FORCE_COLOR: '1' }), await list({ NO_COLOR: '1' })]).toEqual([
      false,
      true,
      false,
    ]);
  });

  test.each(['list', '--version'])('%s ends quietly when nobody reads its output', async (word) => {
    const child = spawn(process.execPath, [CLI, word], { env: ENVIRONMENT, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    expect(await finish(child)).toMatchObject({ code: 0, stderr: '' });
  });

  test.runIf(existsSync(FULL)).each(['list', '--version'])(
    '%s says that its output has no room, exit 1',
    async (word) => {
      const full = openSync(FULL, 'w');
      const child = spawn(process.execPath, [CLI, word], { env: ENVIRONMENT, stdio: ['ignore', full, 'pipe'] });
      closeSync(full);
      const { code, stderr } = await finish(child);
      expect(code).toBe(1);
      expect(stderr).toMatch(/^create-api: the output could not be written: ENOSPC.*\n$/);
    },
  );

  test('answers --version with the version of the package', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(await create(['--version'], { cwd: emptyFolder() })).toMatchObject({ code: 0, stdout: `${version}\n` });
  });
});

describe('--json', () => {
  test.each([
    ['a project', ['orders', '--git', '--no-install'], 0],
    ['a usage error', ['orders', '--database', 'dbase'], 2],
    ['a conflict', ['.', '--name', 'orders'], 3],
    ['a dry run', ['orders', '--dry-run'], 0],
    ['the list', ['list'], 0],
  ])('is one document on stdout and nothing else for %s', async (_, args, exitCode) => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'notes.txt'), '');
    const run = await create([...args, '--json'], { cwd });
    expect(run.code).toBe(exitCode);
    const document = JSON.parse(run.stdout);
    if (args[0] !== 'list') expect(document).toMatchObject({ ok: exitCode === 0, exitCode });
    if (exitCode !== 0)
      expect(document.problems[0]).toMatchObject({ code: expect.any(String), message: expect.any(String) });
  });
});

test('--dry-run lists with size and hash exactly what is then written, and writes nothing', async () => {
  const cwd = emptyFolder();
  const dry = await create(['orders', '--dry-run', '--json', ...ALONE], { cwd });
  expect(dry.code).toBe(0);
  expect(readdirSync(cwd)).toEqual([]);
  await create(['orders', ...ALONE], { cwd });
  const { files } = JSON.parse(dry.stdout) as { files: { path: string; sha256: string; size: number }[] };
  expect(Object.fromEntries(files.map(({ path, sha256 }) => [path, sha256]))).toEqual(hashesOf(join(cwd, 'orders')));
  for (const { path, size } of files) expect(statSync(join(cwd, 'orders', path)).size).toBe(size);
});

describe('git', () => {
  const git = (cwd: string, ...args: string[]) => execFileSync('git', args, { cwd, encoding: 'utf8' }).trim();

  test('has everything in a first commit on main', async () => {
    const cwd = emptyFolder();
    expect(await create(['orders', '--no-install'], { cwd })).toMatchObject({ code: 0 });
    expect(git(join(cwd, 'orders'), 'log', '--format=%s', 'main')).toBe('Initial commit');
    expect(git(join(cwd, 'orders'), 'status', '--porcelain')).toBe('');
    expect(git(join(cwd, 'orders'), 'ls-files').split('\n').sort()).toEqual(Object.keys(hashesOf(join(cwd, 'orders'))));
  });

  test('is not nested in a repository', async () => {
    const cwd = emptyFolder();
    git(cwd, 'init', '--quiet');
    expect(await create(['orders', '--no-install', '--git'], { cwd })).toMatchObject({ code: 0 });
    expect(readdirSync(join(cwd, 'orders'))).not.toContain('.git');
  });

  test('without an identity keeps the files, and fails the run only where it was asked for', async () => {
    const unknown = {
      ...Object.fromEntries(
        Object.keys(ENVIRONMENT).map((name) => [name, /^GIT_/.test(name) ? undefined : ENVIRONMENT[name]]),
      ),
      GIT_CONFIG_GLOBAL: join(emptyFolder(), 'config'),
      GIT_CONFIG_NOSYSTEM: '1',
    };
    writeFileSync(unknown.GIT_CONFIG_GLOBAL, '[user]\nuseConfigOnly = true\n');
    for (const [flags, code] of [
      [[], 0],
      [['--git'], 1],
    ] as const) {
      const cwd = emptyFolder();
      const run = await create(['orders', '--no-install', ...flags], { cwd, env: unknown });
      expect(run.code).toBe(code);
      expect(run.stdout).toContain('user.name');
      expect(readdirSync(join(cwd, 'orders'))).toContain('Cargo.toml');
    }
  });
});

describe('cargo', () => {
  const withoutCargo = { PATH: '/usr/bin:/bin', HOME: '/nonexistent' };

  test('that is missing is said, the project kept, the command named; a failure only where it was asked for', async () => {
    for (const [flags, code] of [
      [[], 0],
      [['--install'], 1],
    ] as const) {
      const cwd = emptyFolder();
      const run = await create(['orders', '--no-git', ...flags], { cwd, env: withoutCargo });
      expect(run.code).toBe(code);
      expect(run.stdout + run.stderr).toContain('cargo is not installed');
      expect(run.stdout + run.stderr).toContain('cargo update --workspace && cargo fetch');
      expect(readdirSync(join(cwd, 'orders'))).toContain('Cargo.toml');
    }
  });
});

describe('a workspace around it', () => {
  test('whose members cover the folder has it as a member, and cannot be stayed apart from', async () => {
    const cwd = emptyFolder();
    const manifest = '[workspace]\nmembers = ["crates/*"]\n';
    writeFileSync(join(cwd, 'Cargo.toml'), manifest);
    const apart = await create(['crates/orders', '--workspace', 'apart', ...ALONE], { cwd });
    expect(apart.code).toBe(2);
    expect(apart.stderr).toContain('workspace.exclude');
    expect(existsSync(join(cwd, 'crates'))).toBe(false);
    expect(await create(['crates/orders', ...ALONE], { cwd })).toMatchObject({ code: 0 });
    const own = readFileSync(join(cwd, 'crates/orders/Cargo.toml'), 'utf8');
    expect(own).not.toMatch(/^\[(?:workspace|profile)/m);
    expect(readFileSync(join(cwd, 'Cargo.toml'), 'utf8')).toBe(manifest);
  });

  const inWorkspace = () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'Cargo.toml'), '# ours\n[workspace]\nmembers = [] # none yet\n');
    return cwd;
  };

  test('is left alone by default', async () => {
    const cwd = inWorkspace();
    const before = readFileSync(join(cwd, 'Cargo.toml'), 'utf8');
    expect(await create(['orders', ...ALONE], { cwd })).toMatchObject({ code: 0 });
    expect(readFileSync(join(cwd, 'orders/Cargo.toml'), 'utf8')).toMatch(/^\[workspace\]$/m);
    expect(readFileSync(join(cwd, 'Cargo.toml'), 'utf8')).toBe(before);
  });

  test('is joined where that is wanted', async () => {
    const cwd = inWorkspace();
    expect(await create(['orders', '--workspace', 'join', ...ALONE], { cwd })).toMatchObject({ code: 0 });
    expect(readFileSync(join(cwd, 'orders/Cargo.toml'), 'utf8')).not.toMatch(/^\[workspace\]$/m);
    expect(readFileSync(join(cwd, 'Cargo.toml'), 'utf8')).toBe(
      '# ours\n[workspace]\nmembers = ["orders"] # none yet\n',
    );
  });
});

describe('what is there already', () => {
  test('is listed and kept, exit 3', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'Cargo.toml'), 'mine');
    writeFileSync(join(cwd, 'notes.txt'), 'mine');
    const run = await create(['.', '--name', 'orders', ...ALONE], { cwd });
    expect(run).toMatchObject({ code: 3, stdout: '' });
    expect(run.stderr).toContain(join(cwd, 'Cargo.toml'));
    expect(run.stderr).toContain(join(cwd, 'notes.txt'));
    expect(Object.keys(hashesOf(cwd))).toEqual(['Cargo.toml', 'notes.txt']);
  });

  test('is written beside with --on-conflict skip', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'README.md'), 'mine');
    expect(await create(['.', '--name', 'orders', '--on-conflict', 'skip', ...ALONE], { cwd })).toMatchObject({
      code: 0,
    });
    expect(readFileSync(join(cwd, 'README.md'), 'utf8')).toBe('mine');
    expect(readdirSync(cwd)).toContain('Cargo.toml');
  });
});

describe('two runs at once into one folder', () => {
  test.each(['absent', 'empty'])('leave one project, whole, in an %s one', async (kind) => {
    const cwd = emptyFolder();
    if (kind === 'empty') mkdirSync(join(cwd, 'orders'));
    const runs = await Promise.all([1, 2, 3].map(() => create(['orders', ...ALONE], { cwd })));
    const codes = runs.map((run) => run.code).sort();
    expect(codes.slice(1)).toEqual([3, 3]);
    expect(codes[0]).toBe(0);
    expect(readdirSync(cwd)).toEqual(['orders']);
    const alone = emptyFolder();
    await create(['orders', ...ALONE], { cwd: alone });
    expect(hashesOf(cwd)).toEqual(hashesOf(alone));
  });
});

describe('a signal while it writes', () => {
  test.each(['SIGKILL', 'SIGINT', 'SIGTERM'] as const)('(%s) leaves the project whole or not there', async (signal) => {
    const whole = emptyFolder();
    await create(['orders', ...ALONE], { cwd: whole });
    for (let attempt = 0; attempt < 5; attempt++) {
      const cwd = emptyFolder();
      const child = spawn(process.execPath, [CLI, 'orders', ...ALONE], { cwd, env: ENVIRONMENT, stdio: 'ignore' });
      const watcher = watch(cwd, () => child.kill(signal));
      const run = await finish(child);
      watcher.close();
      const left = readdirSync(cwd).filter((name) => !(signal === 'SIGKILL' && name.startsWith('.create-api-')));
      if (left.length > 0) expect(hashesOf(join(cwd, 'orders'))).toEqual(hashesOf(join(whole, 'orders')));
      expect(left).toEqual(left.length > 0 ? ['orders'] : []);
      if (signal !== 'SIGKILL' && left.length === 0) expect(run.code).toBe(130);
    }
  });
});
