import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BASE_FILE, LOCK_FILE } from '../../src/model/project-record.ts';
import { OWNERS_EDITS, withEdit } from '../support/owners-edits.ts';
import { create } from './support/command.ts';
import { edit, makeOlder } from './support/older-project.ts';
import { emptyFolder, hashesOf } from './support/service-folder.ts';

const git = (cwd: string, ...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.com', ...args], {
    cwd,
    encoding: 'utf8',
  }).trim();

/** Creates a project called `orders` with a first commit; returns its folder. */
async function project(...flags: readonly string[]): Promise<string> {
  const cwd = emptyFolder();
  expect(await create(['orders', '--yes', '--no-install', ...flags], { cwd })).toMatchObject({ code: 0 });
  return join(cwd, 'orders');
}

/** Runs a command in a project without running cargo. */
const run = (cwd: string, ...args: readonly string[]) => create([...args, '--no-install'], { cwd });
/** Runs a command that reads only. */
const read = (cwd: string, ...args: readonly string[]) => create(args, { cwd });

const commit = (cwd: string) => {
  git(cwd, 'add', '--all');
  git(cwd, 'commit', '--quiet', '--message', 'edits');
};

describe('add and remove', () => {
  test('make a project what it would be if it had been created so, and back', async () => {
    const cwd = await project();
    const before = hashesOf(cwd);
    expect(await run(cwd, 'add', 'openapi', 'redis')).toMatchObject({ code: 0, stderr: '' });
    expect(hashesOf(cwd)).toEqual(hashesOf(await project('--features', '+openapi,+redis')));
    commit(cwd);
    const removed = await run(cwd, 'remove', 'redis', 'openapi');
    expect(removed).toMatchObject({ code: 0, stderr: '' });
    expect(removed.stdout).toMatch(/✔ removed redis, openapi \(\d+ changed, \d+ deleted\)/);
    expect(hashesOf(cwd)).toEqual(before);
    expect(existsSync(join(cwd, 'src/cache'))).toBe(false);
  });

  test('keep edits, also those in files that change, and files of the user', async () => {
    const cwd = await project();
    edit(cwd, 'README.md', (text) => `${text.replace('An HTTP API', 'Sells tea')}\n## Our notes\n`);
    appendFileSync(join(cwd, '.gitignore'), '/notes\n');
    edit(cwd, 'src/error.rs', (text) => `${text}\n// Ours.\n`);
    writeFileSync(join(cwd, 'src/tea.rs'), '//! Tea.\n');
    commit(cwd);
    expect(await run(cwd, 'add', 'redis', 'jwt', 'metrics')).toMatchObject({ code: 0, stderr: '' });
    const readme = readFileSync(join(cwd, 'README.md'), 'utf8');
    expect(readme).toContain('Sells tea');
    // What is new at the end of the file is above.
    expect(readme).toMatch(/For Redis, [\s\S]*\n## Our notes\n$/);
    expect(readFileSync(join(cwd, '.gitignore'), 'utf8')).toContain('/notes\n');
    expect(readFileSync(join(cwd, 'src/error.rs'), 'utf8')).toMatch(/\n\/\/ Ours\.\n$/);
    expect(readFileSync(join(cwd, 'src/tea.rs'), 'utf8')).toBe('//! Tea.\n');
    expect(await read(cwd, 'check')).toMatchObject({ code: 0 });
  });

  test('of what is there already changes nothing', async () => {
    const cwd = await project();
    const before = hashesOf(cwd);
    const added = await run(cwd, 'add', 'cors');
    expect(added).toMatchObject({ code: 0, stderr: '' });
    expect(added.stdout).toContain('nothing to change');
    expect(hashesOf(cwd)).toEqual(before);
  });

  test('removing something with tables keeps its migrations and says so', async () => {
    const cwd = await project('--auth', 'session', '--db-layer', 'sea-orm');
    const removed = await run(cwd, 'remove', 'session');
    expect(removed.code).toBe(0);
    expect(removed.stdout).toMatch(/keep +src\/db\/migration\/\w+_create_sessions\.rs\n +It stays, because a database/);
    const migrator = readFileSync(join(cwd, 'src/db/migration/mod.rs'), 'utf8');
    expect(migrator).toContain('_create_sessions::Migration');
    expect(await read(cwd, 'check')).toMatchObject({ code: 0 });
  });

  test('work below the folder of the project', async () => {
    const cwd = await project();
    expect(await run(join(cwd, 'src/routes'), 'add', 'metrics')).toMatchObject({ code: 0 });
    expect(existsSync(join(cwd, 'src/middleware/metrics.rs'))).toBe(true);
  });

  test('report everything that is wrong with the ids at once, exit 2', async () => {
    const cwd = await project();
    const before = hashesOf(cwd);
    const wrong = await run(cwd, 'add', 'rediss', 'postgres', 'jwt', 'session');
    expect(wrong).toMatchObject({ code: 2, stdout: '' });
    const text = wrong.stderr.replace(/\s+/g, ' ');
    for (const part of ['did you mean redis?', 'set database=postgres', 'set auth=session'])
      expect(text).toContain(part);
    expect(hashesOf(cwd)).toEqual(before);
  });
});

describe('a change', () => {
  test('with --dry-run lists exactly what is then done, and writes nothing', async () => {
    const cwd = await project();
    const before = hashesOf(cwd);
    const dry = await run(cwd, 'add', 'kubernetes', 'jwt', '--dry-run', '--json');
    expect(dry).toMatchObject({ code: 0, stderr: '' });
    expect(hashesOf(cwd)).toEqual(before);
    const done = await run(cwd, 'add', 'kubernetes', 'jwt', '--json');
    const [planned, made] = [JSON.parse(dry.stdout), JSON.parse(done.stdout)];
    expect(made).toEqual({ ...planned, dryRun: false, next: expect.any(Array) });
    const after = hashesOf(cwd);
    const files = made.files as { path: string; action: string; sha256?: string }[];
    const touched = [...files.map(({ path }) => path), ...made.record];
    for (const { path, action, sha256 } of files) expect(after[path]).toBe(action === 'delete' ? undefined : sha256);
    const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    expect(paths.filter((path) => before[path] !== after[path]).sort()).toEqual(touched.sort());
  });

  test('needs only the files that it touches to be clean, and says which are not, exit 3', async () => {
    const cwd = await project();
    appendFileSync(join(cwd, 'src/models/user.rs'), '// Edited.\n');
    writeFileSync(join(cwd, 'src/models/tea.rs'), '');
    // Metrics touch no model.
    expect(await run(cwd, 'add', 'metrics')).toMatchObject({ code: 0 });
    commit(cwd);
    appendFileSync(join(cwd, 'Cargo.toml'), '# Edited.\n');
    const refused = await run(cwd, 'add', 'redis');
    expect(refused).toMatchObject({ code: 3, stdout: '' });
    expect(refused.stderr).toContain('Cargo.toml');
    expect(refused.stderr).toContain('--allow-dirty');
    expect(await run(cwd, 'add', 'redis', '--allow-dirty')).toMatchObject({ code: 0 });
    expect(readFileSync(join(cwd, 'Cargo.toml'), 'utf8')).toMatch(/# Edited\.\n$/);
  });

  test('of a project that git does not have says so, and is made', async () => {
    const cwd = await project('--no-git');
    for (const flags of [['--dry-run'], [], ['--json']]) {
      const changed = await run(cwd, flags.includes('--json') ? 'remove' : 'add', 'metrics', ...flags);
      expect(changed.code).toBe(0);
      expect(changed.stderr.replace(/\s+/g, ' ')).toContain('git cannot undo');
    }
  });

  test('in conflict writes nothing, names the files with the reasons, exit 3; also as a dry run', async () => {
    const cwd = await project();
    edit(cwd, 'src/state.rs', (text) =>
      text.replace('pub struct AppState {', 'pub struct AppState {\n    /// Ours.\n    pub tea: u8,'),
    );
    edit(cwd, 'clippy.toml', (text) => `${text}# Ours.\n`);
    commit(cwd);
    const before = hashesOf(cwd);
    const last = readFileSync(join(cwd, 'clippy.toml'), 'utf8').split('\n').length - 1;
    const said = (await run(cwd, 'add', 'openapi', 'redis')).stderr;
    expect(said).toContain(`clippy.toml:`);
    expect(said.replace(/\s+/g, ' ').match(/try run it in a terminal, or with --mark-conflicts/g)).toHaveLength(1);
    for (const flags of [[], ['--dry-run']]) {
      const refused = await run(cwd, 'add', 'openapi', 'redis', '--json', ...flags);
      expect(refused.code).toBe(3);
      const { ok, problems } = JSON.parse(refused.stdout);
      expect(ok).toBe(false);
      expect(problems).toContainEqual(
        expect.objectContaining({
          code: 'conflict',
          paths: ['clippy.toml'],
          lines: expect.arrayContaining([last]),
          message: expect.stringContaining('manages'),
        }),
      );
    }
    expect(hashesOf(cwd)).toEqual(before);
  });

  describe('with --mark-conflicts', () => {
    /** A project with a conflict in clippy.toml, which also is to be changed elsewhere. */
    async function conflicting(): Promise<string> {
      const cwd = await project();
      edit(cwd, 'clippy.toml', (text) => `${text}# Ours.\n`);
      commit(cwd);
      const marked = await run(cwd, 'add', 'openapi', '--mark-conflicts');
      expect(marked.code).toBe(3);
      const line = readFileSync(join(cwd, 'clippy.toml'), 'utf8').split('\n').indexOf('<<<<<<< yours') + 1;
      expect(marked.stdout).toContain(`# decide about clippy.toml:${line}\n`);
      expect(marked.stdout).toMatch(/conflict +clippy\.toml:\d+\n +You edited a file that create-api manages/);
      return cwd;
    }

    test('waits for a person, refuses anything else, and continues once the conflict is resolved', async () => {
      const cwd = await conflicting();
      expect(existsSync(join(cwd, 'src/routes/openapi/mod.rs'))).toBe(true);
      for (const args of [['add', 'redis'], ['update'], ['remove', 'openapi', '--dry-run']]) {
        expect(await run(cwd, ...args)).toMatchObject({ code: 3, stdout: '' });
      }
      const drift = JSON.parse((await read(cwd, 'check', '--json')).stdout).findings as { rule: string }[];
      // What the change itself wrote is no drift.
      expect(drift.map(({ rule }) => rule)).toEqual(['conflict-marker', 'unfinished-change']);
      const unresolved = await run(cwd, 'continue');
      expect(unresolved).toMatchObject({ code: 3, stdout: '' });
      expect(unresolved.stderr).toMatch(/clippy\.toml:\d+ still has/);
      edit(cwd, 'clippy.toml', (text) => text.replace(/^(?:<{7}|[|]{7}|={7}|>{7}).*\n/gm, ''));
      expect(await run(cwd, 'continue')).toMatchObject({ code: 0, stderr: '' });
      expect(JSON.parse(readFileSync(join(cwd, LOCK_FILE), 'utf8')).answers.features).toContain('openapi');
      expect(git(cwd, 'status', '--short', '--ignored')).not.toContain('pending');
      expect(await run(cwd, 'continue')).toMatchObject({ code: 2, stdout: '' });
    });

    test('can be undone, and what was edited since is kept', async () => {
      const cwd = await conflicting();
      const { [LOCK_FILE]: lock } = hashesOf(cwd);
      edit(cwd, 'README.md', () => 'Rewritten.\n');
      const aborted = await read(cwd, 'abort', '--json');
      expect(aborted).toMatchObject({ code: 0, stderr: '' });
      const { copies } = JSON.parse(aborted.stdout) as { copies: { path: string; copy: string }[] };
      expect(copies.map(({ path }) => path)).toEqual(['README.md']);
      expect(readFileSync(join(cwd, copies[0]?.copy ?? ''), 'utf8')).toBe('Rewritten.\n');
      expect(git(cwd, 'status', '--short')).toBe('');
      expect(hashesOf(cwd)[LOCK_FILE]).toBe(lock);
      expect(await read(cwd, 'abort')).toMatchObject({ code: 2, stdout: '' });
    });

    /** A project on another branch, whose owner edited the same files, after `git reset` took back what waits. */
    async function elsewhere(): Promise<string> {
      const cwd = await conflicting();
      git(cwd, 'reset', '--quiet', '--hard');
      git(cwd, 'clean', '--quiet', '-fd');
      git(cwd, 'checkout', '--quiet', '-b', 'other', 'HEAD~1');
      edit(cwd, 'README.md', (text) => `${text}\n## Ours\n`);
      edit(cwd, 'src/app.rs', (text) => `${text}\n// Ours.\n`);
      commit(cwd);
      return cwd;
    }

    test('is forgotten once git has taken it back, also on another branch, and nothing is restored', async () => {
      const cwd = await elsewhere();
      expect(await read(cwd, 'check')).toMatchObject({ code: 0, stderr: '' });
      const aborted = await read(cwd, 'abort', '--json');
      expect(aborted).toMatchObject({ code: 0, stderr: '' });
      expect(JSON.parse(aborted.stdout)).toMatchObject({ restored: [], copies: [] });
      expect(git(cwd, 'status', '--short')).toBe('');
      expect(await read(cwd, 'abort')).toMatchObject({ code: 2, stdout: '' });
    });

    test('is no obstacle to another change then, which says that it is forgotten', async () => {
      const cwd = await elsewhere();
      const added = await run(cwd, 'add', 'redis');
      expect(added).toMatchObject({ code: 0, stderr: expect.stringContaining('gone from the files') });
      expect(await read(cwd, 'abort')).toMatchObject({ code: 2, stdout: '' });
    });

    test('is not finished where git left only what is new, which abort removes, and nothing else', async () => {
      const cwd = await conflicting();
      git(cwd, 'reset', '--quiet', '--hard');
      const refused = await run(cwd, 'continue');
      expect(refused).toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining('is gone') });
      edit(cwd, 'README.md', (text) => `${text}\n## Ours\n`);
      expect(await read(cwd, 'abort')).toMatchObject({ code: 0, stderr: '' });
      expect(git(cwd, 'status', '--short')).toBe('M README.md');
    });

    test('is undone apart from files that were committed since', async () => {
      const cwd = await conflicting();
      edit(cwd, 'README.md', () => 'Rewritten.\n');
      git(cwd, 'commit', '--quiet', '--message', 'docs', 'README.md');
      expect(JSON.parse((await read(cwd, 'abort', '--json')).stdout)).toMatchObject({ copies: [] });
      expect(git(cwd, 'status', '--short')).toBe('');
    });
  });

  test('of a project of a newer create-api is refused, exit 2', async () => {
    const cwd = await project();
    edit(cwd, LOCK_FILE, (text) =>
      text.replace(/"createApi": "[^"]*"/, '"createApi": "99.0.0"').replace('"axum"', '"rocket"'),
    );
    // It may have no such file any more.
    rmSync(join(cwd, BASE_FILE));
    const changes = [
      ['add', 'redis', '--no-install'],
      ['update', '--no-install'],
    ];
    for (const args of [...changes, ['check'], ['diff'], ['continue'], ['abort']]) {
      const refused = await read(cwd, ...args);
      expect(refused).toMatchObject({ code: 2, stdout: '' });
      expect(refused.stderr).toContain('npx create-api@99.0.0');
    }
  });

  test('that a newer create-api began is not finished or undone by this one, exit 2', async () => {
    const cwd = await project();
    edit(cwd, 'clippy.toml', (text) => `${text}# Ours.\n`);
    commit(cwd);
    expect(await run(cwd, 'add', 'openapi', '--mark-conflicts')).toMatchObject({ code: 3 });
    edit(cwd, '.create-api/pending/record.json', (text) => {
      const record = JSON.parse(text);
      const next = record.next.find(({ path }: { path: string }) => path === LOCK_FILE).after;
      const lock = Buffer.from(next.base64, 'base64').toString();
      next.base64 = Buffer.from(lock.replace(/"createApi": "[^"]*"/, '"createApi": "99.0.0"')).toString('base64');
      return JSON.stringify(record);
    });
    for (const command of ['continue', 'abort']) {
      const refused = await read(cwd, command);
      expect(refused).toMatchObject({ code: 2, stdout: '' });
      expect(refused.stderr).toContain('npx create-api@99.0.0');
    }
  });

  test('outside of a project is refused, exit 2', async () => {
    const cwd = emptyFolder();
    for (const args of [['add', 'redis'], ['update'], ['generate', 'resource', 'tea', 'name:text']]) {
      expect(await run(cwd, ...args)).toMatchObject({ code: 2, stdout: '' });
    }
    expect(await read(cwd, 'check')).toMatchObject({ code: 2 });
  });

  test('of a project whose record git could not merge is refused with what to do, exit 3', async () => {
    const cwd = await project();
    edit(cwd, LOCK_FILE, (text) => `<<<<<<< HEAD\n${text}=======\n${text}>>>>>>> other\n`);
    const refused = await run(cwd, 'add', 'redis');
    expect(refused).toMatchObject({ code: 3, stdout: '' });
    expect(refused.stderr.replace(/\s+/g, ' ')).toContain('two branches changed the project');
    // Without a merge, nobody knows what the branches were.
    expect(await run(cwd, 'continue')).toMatchObject({ code: 2, stdout: '' });
  });

  test('of a project whose record is damaged is refused, exit 5', async () => {
    const cwd = await project();
    edit(cwd, BASE_FILE, (text) => text.replace('An HTTP API', 'Another API'));
    for (const args of [['check'], ['diff'], ['add', 'redis', '--no-install']]) {
      const refused = await read(cwd, ...args);
      expect(refused).toMatchObject({ code: 5, stdout: '' });
      expect(refused.stderr.replace(/\s+/g, ' ')).toContain('is not what was rendered');
    }
    git(cwd, 'checkout', 'HEAD', '--', BASE_FILE);
    edit(cwd, LOCK_FILE, (text) => text.replace('"axum"', '"rocket"'));
    const refused = await read(cwd, 'check');
    expect(refused).toMatchObject({ code: 5, stdout: '' });
    expect(refused.stderr.replace(/\s+/g, ' ')).toContain('answers.framework has no choice "rocket"');
  });

  test('works on a checkout with other line ends, which stay', async () => {
    const cwd = await project();
    git(cwd, 'rm', '--quiet', '.gitattributes');
    commit(cwd);
    git(cwd, 'config', 'core.autocrlf', 'true');
    git(cwd, 'rm', '--quiet', '-r', '--cached', '.');
    git(cwd, 'reset', '--quiet', '--hard');
    expect(readFileSync(join(cwd, 'src/main.rs'), 'utf8')).toContain('\r\n');
    expect(await run(cwd, 'add', 'metrics')).toMatchObject({ code: 0 });
    expect(readFileSync(join(cwd, 'src/app.rs'), 'utf8')).toContain('\r\n');
    const findings = JSON.parse((await read(cwd, 'check', '--json')).stdout).findings as { path: string }[];
    expect(findings.map(({ path }) => path).filter((path) => path !== '.gitattributes')).toEqual([]);
  });
});

describe('set', () => {
  test('database=postgres makes an untouched project what it would be if it had been created so', async () => {
    const cwd = await project();
    const made = await run(cwd, 'set', 'database=postgres');
    expect(made).toMatchObject({ code: 0, stderr: '' });
    expect(made.stdout).toContain('! moves no rows: ');
    expect(hashesOf(cwd)).toEqual(hashesOf(await project('--database', 'postgres')));
  });

  test('keeps a second resource and edits by hand, names what may not fit any more, and conflicts only where both changed', async () => {
    const cwd = await project();
    // By hand, since nothing of it is in the record.
    const twin = await project('--resource', 'payment amount_cents:i64:min=1 user:ref(user)');
    rmSync(join(twin, '.create-api'), { recursive: true });
    rmSync(join(twin, '.git'), { recursive: true });
    cpSync(twin, cwd, { recursive: true });
    const edits = OWNERS_EDITS['axum'] ?? [];
    for (const change of edits) {
      const file = join(cwd, change.file);
      writeFileSync(file, withEdit(existsSync(file) ? readFileSync(file, 'utf8') : '', change));
    }
    const migration = 'migrations/20260101000000_create_users.up.sql';
    edit(cwd, migration, (text) => text.replace(/( +)name /, '$1nickname TEXT,\n$&'));
    commit(cwd);
    const before = hashesOf(cwd);

    const refused = await run(cwd, 'set', 'database=postgres', '--json');
    const { problems } = JSON.parse(refused.stdout);
    expect(refused.code).toBe(3);
    expect(hashesOf(cwd)).toEqual(before);
    expect(problems).toMatchObject([{ code: 'conflict', message: expect.stringContaining('changed the same lines') }]);
    expect(problems[0].paths).toEqual([expect.stringContaining(migration)]);

    writeFileSync(join(cwd, migration), readFileSync(join(await project(), migration)));
    commit(cwd);
    const made = await run(cwd, 'set', 'database=postgres', '--json');
    const kept = JSON.parse(made.stdout).files.filter(({ action }: { action: string }) => action === 'keep');
    expect(made.code).toBe(0);
    expect(kept.map(({ path }: { path: string }) => path)).toEqual([
      'migrations/20260101000100_create_payments.down.sql',
      'migrations/20260101000100_create_payments.up.sql',
      'src/db/payments.rs',
      'src/db/references.rs',
      'tests/api/payments.rs',
    ]);
    expect(kept[0].reason).toMatch(/may depend on SQLite/);
    for (const { file, lines } of edits) expect(readFileSync(join(cwd, file), 'utf8')).toContain(lines.join('\n'));
  });

  test('framework and layer, too, and what depends on them', async () => {
    const cwd = await project();
    const without = await run(cwd, 'set', 'framework=poem', 'db-layer=none');
    expect(without).toMatchObject({ code: 0, stderr: '' });
    expect(without.stdout).not.toContain('moves no rows');
    expect(hashesOf(cwd)).toEqual(hashesOf(await project('--framework', 'poem', '--db-layer', 'none')));
    commit(cwd);
    expect(await run(cwd, 'set', 'framework=axum', 'db-layer=sqlx')).toMatchObject({ code: 0, stderr: '' });
    expect(hashesOf(cwd)).toEqual(hashesOf(await project()));
  });

  test('reports everything that is wrong at once, exit 2', async () => {
    const cwd = await project();
    const wrong = await run(cwd, 'set', 'databse=postgres', 'framework=axun', 'auth', 'features=redis');
    expect(wrong).toMatchObject({ code: 2, stdout: '' });
    const text = wrong.stderr.replace(/\s+/g, ' ');
    for (const part of [
      'did you mean database?',
      'did you mean axum?',
      'the id of auth is missing',
      'features is a list',
    ]) {
      expect(text).toContain(part);
    }
  });
});

describe('generate resource', () => {
  test('adds a table with its routes and tests', async () => {
    const cwd = await project();
    const made = await run(cwd, 'generate', 'resource', 'payment', 'amount_cents:i64:min=1', 'user:ref(user)?');
    expect(made).toMatchObject({ code: 0, stderr: '' });
    expect(made.stdout).toContain('generated payments');
    for (const path of ['src/models/payment.rs', 'src/routes/payments.rs', 'tests/api/payments.rs']) {
      expect(existsSync(join(cwd, path))).toBe(true);
    }
    expect(JSON.parse(readFileSync(join(cwd, LOCK_FILE), 'utf8')).answers.resources).toEqual([
      'payment amount_cents:i64:min=1 user:ref(user)?',
    ]);
    commit(cwd);
    // The same again, however it is written.
    const again = await run(cwd, 'generate', 'resource', 'payment/payments', 'amount_cents:i64:min=1 user:ref(user)?');
    expect(again.stdout).toContain('nothing to change');
    expect(await read(cwd, 'check')).toMatchObject({ code: 0 });
  });

  test('again with other fields writes a new migration, and leaves what may have been applied', async () => {
    const cwd = await project();
    await run(cwd, 'generate', 'resource', 'payment', 'amount_cents:i64', 'status:enum(open|paid)', 'gone:bool');
    commit(cwd);
    const first = join(cwd, 'migrations/20260101000100_create_payments.up.sql');
    const applied = readFileSync(first, 'utf8');
    edit(cwd, 'src/models/payment.rs', (text) => `${text}\n// Ours.\n`);
    commit(cwd);
    const words = ['generate', 'resource', 'payment', 'amount_cents:i64', 'status:enum(open|paid|lost)', 'note:text?'];

    // Nobody said that the column may be lost with its data.
    const refused = await read(cwd, ...words);
    expect(refused).toMatchObject({ code: 3, stdout: '' });
    const text = refused.stderr.replace(/\s+/g, ' ');
    expect(text).toContain('drops the column gone of payments with its data');
    expect(text).toContain('--yes');
    expect(git(cwd, 'status', '--porcelain')).toBe('');
    const dry = await read(cwd, ...words, '--yes', '--dry-run');
    expect(dry).toMatchObject({ code: 0, stderr: '' });
    expect(dry.stdout).toContain('drops the column gone of payments with its data');
    expect(dry.stdout.replace(/\s+/g, ' ')).toContain(
      'index, view or trigger of yours uses gone or status of payments:',
    );

    const made = await run(cwd, ...words, '--yes');
    expect(made).toMatchObject({ code: 0, stderr: '' });
    expect(made.stdout).toContain('changed payments');
    expect(readFileSync(first, 'utf8')).toBe(applied);
    const next = readFileSync(join(cwd, 'migrations/20260101000200_change_payments.up.sql'), 'utf8');
    expect(next).toContain('DROP COLUMN gone;');
    expect(readFileSync(join(cwd, 'src/models/payment.rs'), 'utf8')).toMatch(/pub note: .*\/\/ Ours\./s);
    expect(JSON.parse(readFileSync(join(cwd, LOCK_FILE), 'utf8')).answers.resources).toEqual([
      'payment amount_cents:i64 status:enum(open|paid) gone:bool',
      'payment amount_cents:i64 status:enum(open|paid|lost) note:text?',
    ]);
    commit(cwd);
    expect((await run(cwd, ...words)).stdout).toContain('nothing to change');
    expect(await read(cwd, 'check')).toMatchObject({ code: 0 });
    // A limit is no business of the table.
    expect(await run(cwd, ...words.with(3, 'amount_cents:i64:min=1'))).toMatchObject({ code: 0, stderr: '' });
    expect(readdirSync(join(cwd, 'migrations'))).toHaveLength(6);
    commit(cwd);
    expect(await run(cwd, 'set', 'database=postgres')).toMatchObject({ code: 0, stderr: '' });
    expect(readdirSync(join(cwd, 'migrations'))).toHaveLength(6);
  });

  test('is numbered after a migration of the owner, and so is authentication; only where no version is later it is refused, exit 3', async () => {
    const cwd = await project();
    await run(cwd, 'generate', 'resource', 'payment', 'amount_cents:i64');
    const versions = () =>
      readdirSync(join(cwd, 'migrations')).flatMap(
        (name) => /^(\d+)_(\w+)\.up\.sql/.exec(name)?.slice(1).join(' ') ?? [],
      );
    writeFileSync(join(cwd, 'migrations/20261127120000_count.up.sql'), '-- ours\n');
    commit(cwd);
    const words = ['generate', 'resource', 'payment', 'amount_cents:i64', 'note:text?'];
    expect(await run(cwd, ...words)).toMatchObject({ code: 0, stderr: '' });
    commit(cwd);
    expect(await run(cwd, 'add', 'session')).toMatchObject({ code: 0, stderr: '' });
    commit(cwd);
    expect(versions().slice(2)).toEqual([
      '20261127120000 count',
      '20261127120001 change_payments',
      '20261127120002 create_credentials',
      '20261127120003 create_sessions',
    ]);
    expect(JSON.parse(readFileSync(join(cwd, LOCK_FILE), 'utf8')).migrations).toEqual({
      '20260101000001': '20261127120002',
      '20260101000002': '20261127120003',
      '20260101000200': '20261127120001',
    });
    expect(await read(cwd, 'check')).toMatchObject({ code: 0 });
    expect((await run(cwd, 'update')).stdout).toContain('nothing to change');

    writeFileSync(join(cwd, 'migrations/99999999999999_count.up.sql'), '-- ours\n');
    commit(cwd);
    const refused = await run(cwd, ...words, 'day:date?');
    expect(refused).toMatchObject({ code: 3, stdout: '' });
    expect(refused.stderr.replace(/\s+/g, ' ')).toContain('has to run after migrations/99999999999999_count');
    expect(git(cwd, 'status', '--porcelain')).toBe('');
  });

  test('refuses what rows do not allow, and what cannot be a resource, exit 2', async () => {
    const cwd = await project();
    await run(cwd, 'generate', 'resource', 'payment', 'amount_cents:i64');
    commit(cwd);
    for (const words of [['payment', 'amount_cents:i32'], ['user', 'x:bool'], ['type', 'x:bool'], ['tea'], []]) {
      expect(await run(cwd, 'generate', 'resource', ...words)).toMatchObject({ code: 2, stdout: '' });
    }
    expect(await run(cwd, 'generate', 'route', 'x')).toMatchObject({ code: 2, stdout: '' });
  });

  test('does not trust a history in the record, exit 5', async () => {
    const cwd = await project();
    await run(cwd, 'generate', 'resource', 'payment', 'amount_cents:i64');
    edit(cwd, LOCK_FILE, (text) =>
      text.replace('"payment amount_cents:i64"', '"payment amount_cents:i64", "payment amount_cents:i32"'),
    );
    commit(cwd);
    const refused = await read(cwd, 'check');
    expect(refused).toMatchObject({ code: 5, stdout: '' });
    expect(refused.stderr.replace(/\s+/g, ' ')).toContain('amount_cents of payment cannot become amount_cents:i32');
  });
});

describe('update, diff and check', () => {
  /** A project as if another create-api had rendered it. */
  async function older(): Promise<string> {
    const cwd = await project();
    makeOlder(cwd);
    commit(cwd);
    return cwd;
  }

  test('bring a project to the templates of this create-api, once', async () => {
    const cwd = await older();
    edit(cwd, 'README.md', (text) => `${text}\n## Ours\n\nTea.\n`);
    commit(cwd);
    const shown = await read(cwd, 'diff');
    expect(shown).toMatchObject({ code: 0, stderr: '' });
    expect(shown.stdout).toMatch(/merge README\.md\n@@ .*\n(?: .*\n)*-You need .*\n\+To build it you need /);
    expect(shown.stdout).toContain('delete src/zzz.rs\n@@ -1,1 +0,0 @@\n-// Old.');
    const drift = await read(cwd, 'check', '--json');
    expect(drift.code).toBe(6);
    expect(JSON.parse(drift.stdout).findings).toMatchObject([{ rule: 'newer-standard', path: LOCK_FILE }]);
    const patch = await read(cwd, 'diff', '--patch');
    expect(await run(cwd, 'update')).toMatchObject({ code: 0, stderr: '' });
    const updated = hashesOf(cwd);
    expect(readFileSync(join(cwd, 'README.md'), 'utf8')).toMatch(/To build it you need[\s\S]*## Ours\n\nTea\.\n$/);
    expect(await read(cwd, 'check')).toMatchObject({ code: 0 });
    expect((await read(cwd, 'diff')).stdout).toBe('Nothing would change.\n');
    expect(await read(cwd, 'diff', '--patch')).toMatchObject({ code: 0, stdout: '' });
    expect((await run(cwd, 'update', '--dry-run')).stdout).toContain('nothing to change');
    expect((await run(cwd, 'update')).stdout).toContain('nothing to change');
    // The patch does the same to the files.
    git(cwd, 'reset', '--quiet', '--hard');
    writeFileSync(join(cwd, '../update.patch'), patch.stdout);
    git(cwd, 'apply', '../update.patch');
    const record = [LOCK_FILE, BASE_FILE];
    const files = (hashes: Record<string, string>) =>
      Object.fromEntries(Object.entries(hashes).filter(([path]) => !record.includes(path)));
    expect(files(hashesOf(cwd))).toEqual(files(updated));
  });

  test('one command makes one change: what is outdated is updated first, exit 2', async () => {
    const cwd = await older();
    const refused = await run(cwd, 'add', 'redis');
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain('create-api update'.replace('create-api', ''));
    expect(refused.stderr).toContain('README.md');
  });

  test('diff of a path that no file has is an error with the nearest one, exit 2', async () => {
    const cwd = await project();
    expect(await read(cwd, 'diff', 'src')).toMatchObject({ code: 0 });
    const { code, stderr } = await read(cwd, 'diff', 'READNE.md');
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/no file READNE\.md[\s\S]*did you mean README\.md\?/),
    });
  });

  test('only new lines of .env.example are to be taken over', async () => {
    const cwd = await project();
    expect((await run(cwd, 'add', 'redis')).stdout).toContain('.env.example to .env');
    commit(cwd);
    expect((await run(cwd, 'remove', 'redis')).stdout).not.toContain('.env.example to .env');
  });

  test('check reports edited, missing and unresolved files, exit 6, and writes nothing', async () => {
    const cwd = await project();
    edit(cwd, 'deny.toml', (text) => `${text}# Edited.\n`);
    edit(cwd, 'src/main.rs', (text) => `<<<<<<< ours\n${text}`);
    edit(cwd, 'src/app.rs', (text) => `${text}// Ours, which is fine.\n`);
    rmSync(join(cwd, 'justfile'));
    const before = hashesOf(cwd);
    const drift = await read(cwd, 'check', '--json');
    expect(drift).toMatchObject({ code: 6, stderr: '' });
    const { ok, exitCode, findings } = JSON.parse(drift.stdout);
    expect({ ok, exitCode }).toEqual({ ok: false, exitCode: 6 });
    expect(findings).toMatchObject([
      { rule: 'edited-file', path: 'deny.toml', line: expect.any(Number) },
      { rule: 'missing-file', path: 'justfile' },
      { rule: 'conflict-marker', path: 'src/main.rs', line: 1 },
    ]);
    const both = await read(cwd, 'check', '--sarif', '--json');
    expect(both).toMatchObject({ code: 2, stdout: expect.stringContaining('contradicting-flags') });
    const sarif = JSON.parse((await read(cwd, 'check', '--sarif')).stdout);
    expect(sarif).toMatchObject({ version: '2.1.0', runs: [{ tool: { driver: { name: 'create-api' } } }] });
    expect(sarif.runs[0].results.map(({ ruleId }: { ruleId: string }) => ruleId)).toEqual(
      findings.map(({ rule }: { rule: string }) => rule),
    );
    const { stdout } = await read(cwd, 'check');
    for (const part of ['deny.toml:', 'justfile is missing', 'src/main.rs:1']) expect(stdout).toContain(part);
    expect(hashesOf(cwd)).toEqual(before);
  });

  test('check reports a lock whose choices were edited by hand, exit 5, and update does what it says', async () => {
    const cwd = await project();
    edit(cwd, LOCK_FILE, (text) => text.replace(/"features": \[/, '"features": [\n      "redis",'));
    const found = await read(cwd, 'check', '--json');
    expect(found).toMatchObject({ code: 5, stderr: '' });
    const { exitCode, findings } = JSON.parse(found.stdout);
    expect(exitCode).toBe(5);
    expect(findings).toMatchObject([{ rule: 'mismatched-record', path: LOCK_FILE }]);
    expect(findings[0].message).toContain('Cargo.lock');
    commit(cwd);
    expect(await run(cwd, 'update')).toMatchObject({ code: 0 });
    expect(await read(cwd, 'check')).toMatchObject({ code: 0 });
    expect(existsSync(join(cwd, 'src/cache'))).toBe(true);
  });

  test('a file that was deleted on purpose stays deleted, and is no drift after the next change', async () => {
    const cwd = await project();
    rmSync(join(cwd, 'justfile'));
    commit(cwd);
    const added = await run(cwd, 'add', 'metrics');
    expect(added).toMatchObject({ code: 0 });
    expect(added.stdout).toMatch(/keep +justfile\n +You deleted it/);
    expect(existsSync(join(cwd, 'justfile'))).toBe(false);
    expect(await read(cwd, 'check')).toMatchObject({ code: 0 });
    commit(cwd);
    expect((await run(cwd, 'remove', 'metrics')).stdout).not.toContain('justfile');
  });
});
