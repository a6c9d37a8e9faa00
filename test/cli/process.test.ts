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
import { LOCK_FILE } from '../../src/model/project-record.ts';
import { CLI, create, ENVIRONMENT, finish } from './support/command.ts';
import { emptyFolder, exactHashesOf, hashesOf } from './support/service-folder.ts';

/** A device that is always full, on systems that have it. */
const FULL = '/dev/full';

const ALONE = ['--no-install', '--no-git'];

describe('without a terminal', () => {
  test('creates a project from its directory alone', async () => {
    const cwd = emptyFolder();
    const run = await create(['orders', ...ALONE], { cwd });
    expect(run.code).toBe(0);
    expect(run.stderr.trim()).toBe('no terminal to ask questions in, or CI is set: the defaults were used');
    expect(run.stdout).toContain('cd orders');
    expect(readFileSync(join(cwd, 'orders/Cargo.toml'), 'utf8')).toContain('name = "orders"');
  });

  test.each(['--yes', '--dry-run --yes', '--json'])('says nothing about defaults with %s', async (flags) => {
    const run = await create(['orders', ...flags.split(' '), ...ALONE], { cwd: emptyFolder() });
    expect(run).toMatchObject({ code: 0, stderr: '' });
  });

  test('takes answers from a preset, with a path from the current folder', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'team.json'), JSON.stringify({ dbLayer: 'none', description: 'Sells tea' }));
    const run = await create(['orders', '--preset', 'team.json', ...ALONE], { cwd });
    expect(run.code).toBe(0);
    expect(readFileSync(join(cwd, 'orders/Cargo.toml'), 'utf8')).toContain('description = "Sells tea"');
    expect(existsSync(join(cwd, 'orders/migrations'))).toBe(false);
  });

  test('records and shows where each answer came from', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'team.json'), JSON.stringify({ dbLayer: 'none', features: ['docker'] }));
    const args = ['orders', '--preset', 'team.json', '--auth', 'jwt', '--features', '+redis', ...ALONE];
    const foreseen = await create([...args, '--dry-run', '--json'], { cwd });
    const run = await create(args, { cwd });
    expect(run.stdout.replace(/\s+/g, ' ')).toContain(
      'answers by flag: auth, features; by preset: db-layer; the others are defaults',
    );
    const origins = { name: 'default', description: 'default', framework: 'default', dbLayer: 'preset', auth: 'flag' };
    const lock = JSON.parse(readFileSync(join(cwd, 'orders', LOCK_FILE), 'utf8'));
    expect(lock.origins).toMatchObject({ ...origins, features: 'flag', middleware: 'default', resources: 'default' });
    expect(JSON.parse(foreseen.stdout).origins).toEqual(lock.origins);
  });

  test('a preset that cannot be read is reported with every other problem, exit 2', async () => {
    const cwd = emptyFolder();
    const run = await create(['orders', '--preset', 'team.json', '--auth', 'x', ...ALONE], { cwd });
    expect(run.code).toBe(2);
    expect(run.stderr.replace(/\s+/g, ' ')).toContain('there is no such file');
    expect(run.stderr).toContain('--auth has no choice "x"');
    expect(existsSync(join(cwd, 'orders'))).toBe(false);
  });

  test('asks nothing: no directory is a usage error', async () => {
    const cwd = emptyFolder();
    const run = await create([], { cwd });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain(`node ${CLI} my-service`);
    expect(readdirSync(cwd)).toEqual([]);
  });

  test('reports every problem at once and creates nothing', async () => {
    const cwd = emptyFolder();
    const args = ['9orders', '--db-layer', 'sqlxx', '--features', '+dockr', '--on-conflict', 'ask'];
    const run = await create(args, { cwd });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    for (const part of ['9orders', 'api-9orders', 'sqlxx', 'sqlx,', 'dockr', 'docker', 'ask', 'overwrite']) {
      expect(run.stderr).toContain(part);
    }
    expect(readdirSync(cwd)).toEqual([]);
  });

  test('reports a misspelled flag and suggests the right one', async () => {
    const cwd = emptyFolder();
    const run = await create(['orders', '--databse', 'sqlite'], { cwd });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain('did you mean --database?');
    expect(readdirSync(cwd)).toEqual([]);
  });

  test('colours its output only if asked to', async () => {
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

  test.skipIf(process.platform === 'win32')('waits until a full pipe that does not block has room', async () => {
    const reading = join(emptyFolder(), 'reading');
    // A stream of Node makes its pipe one that does not block, and a child that inherits it one that does.
    const fillAndRun = `
      const stdout = process.stdout;
      try { for (;;) require('node:fs').writeSync(1, ' '); } catch {}
      require('node:child_process').spawn(process.execPath, process.argv.slice(1), { stdio: 'inherit' });
      stdout._handle.setBlocking(false);
      setTimeout(() => require('node:fs').writeFileSync(${JSON.stringify(reading)}, ''), 2000);`;
    const piped = `"$@" | { until [ -e '${reading}' ]; do sleep 0.1; done; cat; }`;
    const command = [process.execPath, '--eval', fillAndRun, CLI, 'list', '--json'];
    const child = spawn('sh', ['-c', piped, 'sh', ...command], { env: ENVIRONMENT, stdio: ['ignore', 'pipe', 'pipe'] });
    const { stdout, stderr } = await finish(child);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toHaveProperty('options');
  });

  test('--version prints the version of the package', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(await create(['--version'], { cwd: emptyFolder() })).toMatchObject({ code: 0, stdout: `${version}\n` });
  });
});

describe('--json', () => {
  test.each([
    ['a project', ['orders', '--git', '--no-install'], 0],
    ['a usage error', ['orders', '--database', 'dbase'], 2],
    ['a conflict', ['.', '--name', 'orders'], 3],
    ['a dry run of a conflict', ['.', '--name', 'orders', '--dry-run'], 3],
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
  const listed = Object.fromEntries(files.map(({ path, sha256 }) => [path, sha256]));
  expect(listed).toEqual(exactHashesOf(join(cwd, 'orders')));
  for (const { path, size } of files) expect(statSync(join(cwd, 'orders', path)).size).toBe(size);
});

describe('git', () => {
  const git = (cwd: string, ...args: string[]) => execFileSync('git', args, { cwd, encoding: 'utf8' }).trim();

  test('commits everything to main', async () => {
    const cwd = emptyFolder();
    expect(await create(['orders', '--no-install'], { cwd })).toMatchObject({ code: 0 });
    expect(git(join(cwd, 'orders'), 'log', '--format=%s', 'main')).toBe('Initial commit');
    expect(git(join(cwd, 'orders'), 'status', '--porcelain')).toBe('');
    expect(git(join(cwd, 'orders'), 'ls-files').split('\n').sort()).toEqual(Object.keys(hashesOf(join(cwd, 'orders'))));
  });

  test('is not nested in a repository', async () => {
    const cwd = emptyFolder();
    git(cwd, 'init', '--quiet');
    expect(await create(['invoices', '--no-install'], { cwd })).toMatchObject({ code: 0 });
    const run = await create(['orders', '--no-install', '--git'], { cwd });
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('--git was given, but not done: the folder is inside a git repository');
    expect(readdirSync(join(cwd, 'orders'))).toContain('Cargo.toml');
    expect(readdirSync(join(cwd, 'orders'))).not.toContain('.git');
  });

  test('is left to the person in an empty repository, and Next lists the commands that commit', async () => {
    const cwd = emptyFolder();
    git(cwd, 'init', '--quiet', '--initial-branch=main');
    const run = await create(['.', '--name', 'orders', '--no-install'], { cwd });
    expect(run.code).toBe(0);
    expect(run.stdout).toContain('first commit skipped: the folder is a git repository already');
    const commands = /Next\n( +git add --force[^\n]*)\n( +git commit[^\n]*)\n/.exec(run.stdout)?.slice(1).join('\n');
    execFileSync('sh', ['-c', commands ?? 'exit 1'], { cwd, env: ENVIRONMENT });
    expect(git(cwd, 'status', '--porcelain')).toBe('');
  });

  test('commits only the written files in a folder that has its own .env and .gitignore', async () => {
    const cwd = emptyFolder();
    const config = join(emptyFolder(), 'config');
    const ignore = join(emptyFolder(), 'ignore');
    writeFileSync(ignore, 'Cargo.lock\n.env*\n.sqlx/\n');
    writeFileSync(config, `[core]\nexcludesFile = ${ignore}\n`);
    writeFileSync(join(cwd, '.gitignore'), 'notes\n');
    writeFileSync(join(cwd, '.env'), 'SECRET=1');
    mkdirSync(join(cwd, 'src'));
    writeFileSync(join(cwd, 'src/.env'), 'SECRET=1');
    const args = ['.', '--name', 'orders', '--on-conflict', 'skip', '--no-install', '--json'];
    const run = await create(args, { cwd, env: { GIT_CONFIG_GLOBAL: config } });
    expect(run).toMatchObject({ code: 0, stderr: '' });
    const { files, kept } = JSON.parse(run.stdout);
    const committed = git(cwd, 'ls-files').split('\n');
    expect(committed).toEqual(files.written);
    expect(committed).toEqual(expect.arrayContaining(['.env.example', 'Cargo.lock']));
    expect(kept).toMatchObject({
      differing: ['.gitignore'],
      buildInputs: [],
      incompleteIgnores: [{ path: '.gitignore', missing: expect.arrayContaining(['/target', '.env']) }],
    });
  });

  test('lists the lines that an existing .gitignore lacks', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, '.gitignore'), '.env\n');
    const run = await create(['.', '--name', 'orders', '--on-conflict', 'skip', '--no-install'], { cwd });
    expect(run.stdout.replace(/\s+/g, ' ')).toContain('.gitignore was kept; these lines are missing: /target');
  });

  test('in a folder of another user prints how to trust it', async () => {
    const cwd = emptyFolder();
    // A variable of git's own tests that simulates a folder of another user.
    const run = await create(['orders', '--no-install'], { cwd, env: { GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' } });
    expect(run.code).toBe(0);
    expect(run.stdout.replace(/\s+/g, ' ')).toContain('another user owns the folder, so git does not trust it');
    expect(run.stdout).toMatch(/cd orders\n +git config --global --add safe\.directory "\$PWD"\n +git add --force --/);
  });

  test('commits to the new repository when run by a hook of another', async () => {
    const cwd = emptyFolder();
    const other = emptyFolder();
    git(other, 'init', '--quiet');
    const env = { GIT_DIR: join(other, '.git'), GIT_INDEX_FILE: join(other, '.git/index'), GIT_WORK_TREE: other };
    expect(await create(['orders', '--no-install'], { cwd, env })).toMatchObject({ code: 0 });
    expect(git(join(cwd, 'orders'), 'log', '--format=%s', 'main')).toBe('Initial commit');
    expect(git(other, 'status', '--porcelain')).toBe('');
  });

  test('without an identity keeps the files, and fails the run only if --git was given', async () => {
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
      expect(run.stdout).toContain('git does not know who you are');
      expect(run.stdout).toContain('git config --global user.name "Your Name"\n');
      expect(readdirSync(join(cwd, 'orders'))).toContain('Cargo.toml');
    }
  });
});

describe('cargo', () => {
  const withoutCargo = { PATH: '/usr/bin:/bin', HOME: '/nonexistent' };

  /** The commands listed under Next. */
  const nextOf = (stdout: string) => {
    const [, list = ''] = /\n {2}Next\n([\s\S]*?)\n\n/.exec(stdout) ?? [];
    return list.split('\n').map((line) => line.trim());
  };

  /** A PATH whose cargo and rustc only print this version. */
  const toolchain = (version: string) => {
    const folder = emptyFolder();
    for (const name of ['cargo', 'rustc']) {
      writeFileSync(join(folder, name), `#!/bin/sh\necho "${name} ${version} (0000000 2025-01-01)"\n`, { mode: 0o755 });
    }
    return { PATH: `${folder}:/usr/bin:/bin`, HOME: '/nonexistent' };
  };

  test('that is too old comes first in the next steps, and doctor reports it', async () => {
    const cwd = emptyFolder();
    const old = await create(['orders', ...ALONE], { cwd, env: toolchain('1.80.1') });
    expect(old.code).toBe(0);
    expect(nextOf(old.stdout)).toEqual([expect.stringContaining('# install Rust'), 'cd orders', 'cargo run']);
    const doctor = await create(['doctor'], { cwd, env: toolchain('1.80.1') });
    expect(doctor.code).toBe(1);
    for (const name of ['cargo', 'rustc'])
      expect(doctor.stdout).toMatch(new RegExp(`✖ ${name} +1\\.80\\.1 is older than`));
    expect(doctor.stdout).not.toMatch(/✔ (?:cargo|rustc)/);
  });

  test('that is too old is not mentioned if rustup installs the toolchain of the project', async () => {
    const cwd = emptyFolder();
    const env = toolchain('1.80.1');
    writeFileSync(join(env.PATH.split(':')[0] ?? '', 'rustup'), '#!/bin/sh\n', { mode: 0o755 });
    const run = await create(['orders', ...ALONE], { cwd, env });
    expect(readdirSync(join(cwd, 'orders'))).toContain('rust-toolchain.toml');
    expect(nextOf(run.stdout)).toEqual(['cd orders', 'cargo run']);
  });

  test('that is new enough is not mentioned', async () => {
    const cwd = emptyFolder();
    const run = await create(['orders', ...ALONE], { cwd, env: toolchain('1.200.0') });
    expect(nextOf(run.stdout)).toEqual(['cd orders', 'cargo run']);
  });

  test('that is missing is reported with the command to run and the project kept; a failure only if it was requested', async () => {
    for (const [flags, code] of [
      [[], 0],
      [['--install'], 1],
    ] as const) {
      const cwd = emptyFolder();
      const run = await create(['orders', '--no-git', ...flags], { cwd, env: withoutCargo });
      expect(run.code).toBe(code);
      expect(run.stdout).toContain('cargo is not installed');
      expect(nextOf(run.stdout)).toEqual([
        expect.stringMatching(/^# install Rust 1\.\d+ or later: https:\/\/rustup\.rs/),
        'cd orders',
        'cargo update --workspace',
        'cargo fetch',
        'cargo run',
      ]);
      expect(readdirSync(join(cwd, 'orders'))).toContain('Cargo.toml');
    }
  });
});

describe('a workspace around it', () => {
  test('that includes the folder is joined only when --workspace join says so', async () => {
    const cwd = emptyFolder();
    const manifest = '[workspace]\nmembers = ["crates/*"]\n';
    writeFileSync(join(cwd, 'Cargo.toml'), manifest);
    for (const flags of [[], ['--workspace', 'apart']]) {
      const refused = await create(['crates/orders', ...flags, ...ALONE], { cwd });
      expect(refused.code).toBe(2);
      const said = refused.stderr.replace(/\s+/g, ' ');
      expect(said).toContain(`the workspace ${cwd}/Cargo.toml already includes ${cwd}/crates/orders`);
      expect(refused.stderr).toContain('--workspace join');
      expect(refused.stderr).toContain('workspace.exclude');
      expect(existsSync(join(cwd, 'crates'))).toBe(false);
    }
    expect(await create(['crates/orders', '--workspace', 'join', ...ALONE], { cwd })).toMatchObject({ code: 0 });
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
    const run = await create(['orders', ...ALONE], { cwd });
    expect(run.code).toBe(0);
    // The same command with that flag would find the folder in use.
    expect(run.stdout).not.toContain('--workspace join');
    expect(readFileSync(join(cwd, 'orders/Cargo.toml'), 'utf8')).toMatch(/^\[workspace\]$/m);
    expect(readFileSync(join(cwd, 'Cargo.toml'), 'utf8')).toBe(before);
  });

  test('is joined with --workspace join', async () => {
    const cwd = inWorkspace();
    expect(await create(['orders', '--workspace', 'join', ...ALONE], { cwd })).toMatchObject({ code: 0 });
    expect(readFileSync(join(cwd, 'orders/Cargo.toml'), 'utf8')).not.toMatch(/^\[workspace\]$/m);
    expect(readFileSync(join(cwd, 'Cargo.toml'), 'utf8')).toBe(
      '# ours\n[workspace]\nmembers = ["orders"] # none yet\n',
    );
  });
});

describe('what is there already', () => {
  test('is listed one file a line, ten at most; --json has them all', async () => {
    const cwd = emptyFolder();
    await create(['orders', ...ALONE], { cwd });
    const all = Object.keys(hashesOf(join(cwd, 'orders'))).sort();
    const run = await create(['orders', ...ALONE], { cwd });
    expect(run).toMatchObject({ code: 3, stdout: '' });
    expect(run.stderr.trimEnd().split('\n').length).toBeLessThan(18);
    expect(run.stderr).toContain(`and ${all.length - 10} more`);
    const { problems } = JSON.parse((await create(['orders', '--json', ...ALONE], { cwd })).stdout);
    expect(problems).toMatchObject([{ code: 'conflict', paths: all }]);
  });

  test('is listed and kept, exit 3', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'Cargo.toml'), 'mine');
    writeFileSync(join(cwd, 'notes.txt'), 'mine');
    const run = await create(['.', '--name', 'orders', ...ALONE], { cwd });
    expect(run).toMatchObject({ code: 3, stdout: '' });
    expect(run.stderr.match(/error/g)).toHaveLength(1);
    expect(run.stderr.replace(/\s+/g, ' ')).toContain(
      `${cwd} already has one of the project's files; it also holds notes.txt, which is never touched Cargo.toml try `,
    );
    expect(Object.keys(hashesOf(cwd))).toEqual(['Cargo.toml', 'notes.txt']);
  });

  test('is kept, and the rest written, with --on-conflict skip', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'README.md'), 'mine');
    expect(await create(['.', '--name', 'orders', '--on-conflict', 'skip', ...ALONE], { cwd })).toMatchObject({
      code: 0,
    });
    expect(readFileSync(join(cwd, 'README.md'), 'utf8')).toBe('mine');
    expect(readdirSync(cwd)).toContain('Cargo.toml');
  });
});

describe('--on-conflict skip', () => {
  const skip = (cwd: string, ...flags: string[]) =>
    create(['.', '--name', 'orders', '--on-conflict', 'skip', '--no-git', ...flags], { cwd });

  test('that may leave a broken project reports it and names the files, exit 1', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'Cargo.toml'), '[package]\nname = "mine"\nversion = "1.0.0"\n');
    mkdirSync(join(cwd, 'src'));
    writeFileSync(join(cwd, 'src/main.rs'), 'fn main() {}\n');
    writeFileSync(join(cwd, 'README.md'), 'mine');
    const run = await skip(cwd);
    expect(run.code).toBe(1);
    expect(run.stdout).toContain("kept instead of the project's own: Cargo.toml, README.md, src/main.rs");
    expect(run.stdout).toContain('dependencies skipped: the existing Cargo.toml was kept');
    expect(run.stdout).toMatch(/^ {2}! orders is in /m);
    expect(run.stdout).not.toContain('cargo run');
    expect(run.stderr.replace(/\s+/g, ' ')).toContain(
      "the project may not build: existing files that Cargo reads were kept and differ from the project's",
    );
    expect(run.stderr).toMatch(/^ +Cargo\.toml\n +src\/main\.rs$/m);
    expect(readFileSync(join(cwd, 'Cargo.toml'), 'utf8')).toContain('name = "mine"');
  });

  test('with only identical files succeeds, exit 0', async () => {
    const cwd = emptyFolder();
    await create(['.', '--name', 'orders', ...ALONE], { cwd });
    const run = await skip(cwd, '--no-install', '--json');
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(run.stdout)).toMatchObject({ problems: [], kept: { differing: [] } });
  });
});

describe('two runs at once into one folder', () => {
  test.each(['absent', 'empty'])('leave one complete project in an %s one', async (kind) => {
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
  test.each(['SIGKILL', 'SIGINT', 'SIGTERM'] as const)('(%s) leaves the project complete or absent', async (signal) => {
    const whole = emptyFolder();
    await create(['orders', ...ALONE], { cwd: whole });
    for (let attempt = 0; attempt < 5; attempt++) {
      const cwd = emptyFolder();
      const child = spawn(process.execPath, [CLI, 'orders', ...ALONE], { cwd, env: ENVIRONMENT, stdio: 'ignore' });
      // Only at the first change: a signal that arrives when the process is ending anyway ends it without an exit code.
      const watcher = watch(cwd, () => {
        watcher.close();
        child.kill(signal);
      });
      const run = await finish(child);
      watcher.close();
      const left = readdirSync(cwd).filter((name) => !(signal === 'SIGKILL' && name.startsWith('.create-api-')));
      if (left.length > 0) expect(hashesOf(join(cwd, 'orders'))).toEqual(hashesOf(join(whole, 'orders')));
      expect(left).toEqual(left.length > 0 ? ['orders'] : []);
      if (signal !== 'SIGKILL' && left.length === 0) expect(run.code).toBe(130);
    }
  });
});
