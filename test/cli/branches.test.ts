import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LOCK_FILE } from '../../src/model/project-record.ts';
import { create, ENVIRONMENT } from './support/command.ts';
import { edit, makeOlder } from './support/older-project.ts';
import { emptyFolder, exactHashesOf, hashesOf } from './support/service-folder.ts';

const git = (cwd: string, ...args: readonly string[]) =>
  execFileSync('git', args, { cwd, env: ENVIRONMENT, encoding: 'utf8' }).trim();

/** Creates a project called `orders` with a first commit on the branch `main`; returns its folder. */
async function project(...flags: readonly string[]): Promise<string> {
  const cwd = emptyFolder();
  expect(await create(['orders', '--yes', '--no-install', ...flags], { cwd })).toMatchObject({ code: 0 });
  return join(cwd, 'orders');
}

const run = (cwd: string, ...args: readonly string[]) => create([...args, '--no-install'], { cwd });

function commit(cwd: string): void {
  git(cwd, 'add', '--all');
  git(cwd, 'commit', '--quiet', '--message', 'change');
}

/** A command, or an edit, of a project. */
type Step = readonly string[] | ((cwd: string) => void);

/** Does something in a project and commits each step. */
async function work(cwd: string, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    if (typeof step === 'function') step(cwd);
    else expect(await run(cwd, ...step)).toMatchObject({ code: 0, stderr: '' });
    commit(cwd);
  }
}

/** A project in which two branches, `main` and `other`, did something; `main` is checked out. */
async function branched(ours: readonly Step[], theirs: readonly Step[], before: readonly Step[] = []) {
  const cwd = await project();
  await work(cwd, before);
  git(cwd, 'branch', 'other');
  await work(cwd, ours);
  git(cwd, 'checkout', '--quiet', 'other');
  await work(cwd, theirs);
  git(cwd, 'checkout', '--quiet', 'main');
  return cwd;
}

/** Runs a git command that stops because of conflicts. */
function conflict(cwd: string, ...args: readonly string[]): void {
  expect(spawnSync('git', args, { cwd, env: { ...ENVIRONMENT, GIT_EDITOR: 'true' }, encoding: 'utf8' })).toMatchObject({
    status: 1,
  });
  expect(git(cwd, 'ls-files', '--unmerged', '.create-api')).not.toBe('');
}

const PAYMENT = ['generate', 'resource', 'payment', 'amount_cents:i64:min=1', 'user:ref(user)'];
const TEA = ['generate', 'resource', 'tea', 'name:string(100)'];

const reword =
  (words: string): Step =>
  (cwd) =>
    edit(cwd, 'README.md', (text) => text.replace('An HTTP API', words));

describe('two branches that both changed a project', { timeout: 120_000 }, () => {
  test.each<[string, readonly Step[], readonly Step[]]>([
    ['a resource and a feature', [PAYMENT], [['add', 'metrics']]],
    ['a feature and a resource', [['add', 'metrics', 'openapi']], [PAYMENT]],
    ['two resources', [PAYMENT], [TEA]],
    ['another database, and a resource', [['set', 'database=postgres']], [TEA]],
    ['a resource, and what removes', [TEA, ['add', 'redis']], [['remove', 'cors', 'compression'], PAYMENT]],
  ])('are what both changes, one after the other, make of it: %s', async (_, ours, theirs) => {
    const cwd = await branched(ours, theirs);
    conflict(cwd, 'merge', 'other');
    expect(await run(cwd, 'add', 'redis')).toMatchObject({
      code: 3,
      stdout: '',
      stderr: expect.stringContaining('continue'),
    });
    const joined = await run(cwd, 'continue');
    expect(joined).toMatchObject({ code: 0, stderr: '' });
    expect(await create(['check'], { cwd })).toMatchObject({ code: 0 });
    const twin = await project();
    await work(twin, [...ours, ...theirs]);
    expect(hashesOf(cwd)).toEqual(hashesOf(twin));
    commit(cwd);
    expect(git(cwd, 'log', '-1', '--format=%p').split(' ')).toHaveLength(2);
    expect((await run(cwd, 'update')).stdout).toContain('nothing to change');
  });

  test('keep the edits of both owners, and what one of them resolved before; their own files are left to git', async () => {
    const ours: Step = (cwd) => {
      edit(cwd, 'src/state.rs', (text) => text.replace('pub struct AppState {', '$&\n    // Ours.'));
      edit(cwd, 'src/app.rs', (text) => `${text}\n// Ours, too.\n`);
      appendFileSync(join(cwd, 'README.md'), '\n## Our notes\n');
      writeFileSync(join(cwd, 'notes.md'), 'Ours.\n');
    };
    const theirs: Step = (cwd) => {
      edit(cwd, 'src/models/payment.rs', (text) => `${text}\n// Theirs.\n`);
      edit(cwd, 'src/app.rs', (text) => `// Theirs, too.\n${text}`);
      edit(cwd, 'README.md', (text) => text.replace('An HTTP API', 'Sells tea'));
      writeFileSync(join(cwd, 'notes.md'), 'Theirs.\n');
    };
    const cwd = await branched([['add', 'metrics', 'openapi'], ours], [PAYMENT, theirs]);
    conflict(cwd, 'merge', 'other');
    const textOf = (path: string) => readFileSync(join(cwd, path), 'utf8');
    expect(textOf('src/routes/mod.rs')).toContain('<<<<<<<');
    const resolved = `${textOf('src/routes/mod.rs').replace(/^(?:<{7}|={7}|>{7}).*\n/gm, '')}// Resolved.\n`;
    writeFileSync(join(cwd, 'src/routes/mod.rs'), resolved);
    // What git could merge may have been edited since.
    appendFileSync(join(cwd, 'src/state.rs'), '// Since.\n');
    const joined = await run(cwd, 'continue');
    expect(joined).toMatchObject({ code: 0, stderr: '' });
    expect(joined.stdout).toContain('# resolve notes.md, which is yours');
    expect(joined.stdout).toMatch(/git add --all \.\n +git commit\n/);
    expect(textOf('src/routes/mod.rs')).toBe(resolved);
    expect(textOf('src/state.rs')).toMatch(/AppState \{\n {4}\/\/ Ours\.\n[\s\S]*\/\/ Since\.\n$/);
    expect(textOf('src/app.rs')).toMatch(/^\/\/ Theirs, too\.\n[\s\S]*\/\/ Ours, too\.\n$/);
    expect(textOf('src/models/payment.rs')).toMatch(/\/\/ Theirs\.\n$/);
    expect(textOf('README.md')).toMatch(/Sells tea[\s\S]*payments[\s\S]*## Our notes\n$/);
    expect(textOf('notes.md')).toContain('<<<<<<<');
    expect(await create(['check'], { cwd })).toMatchObject({ code: 0 });
    const again = await run(cwd, 'continue');
    expect(again).toMatchObject({ code: 0, stderr: '' });
    expect(again.stdout).not.toMatch(/changed|merged/);
  });

  test('keep what a person resolved by taking one side, of a file or of some conflicts in it', async () => {
    const end =
      (whose: string): Step =>
      (cwd) => {
        appendFileSync(join(cwd, 'README.md'), `\n## ${whose} end\n`);
        edit(cwd, 'src/app.rs', (text) => `// ${whose}.\n${text}`);
      };
    const cwd = await branched([['add', 'metrics'], end('Our')], [PAYMENT, ['add', 'redis'], end('Their')]);
    git(cwd, 'config', 'merge.conflictStyle', 'diff3');
    conflict(cwd, 'merge', 'other');
    git(cwd, 'checkout', '--ours', '--', 'src/app.rs');
    const app = readFileSync(join(cwd, 'src/app.rs'), 'utf8');
    edit(cwd, 'README.md', (text) => text.replace(/^<{7} .*\n(\n?## Our end\n)[\s\S]*$/m, '$1'));
    const readme = readFileSync(join(cwd, 'README.md'), 'utf8');
    expect(readme).toMatch(/^<{7} /m);
    const stopped = await run(cwd, 'continue', '--json');
    expect(stopped).toMatchObject({ code: 3, stderr: '' });
    expect(JSON.parse(stopped.stdout).problems).toMatchObject([{ code: 'conflict', paths: ['README.md'] }]);
    expect(readFileSync(join(cwd, 'README.md'), 'utf8')).toBe(readme);
    expect(readFileSync(join(cwd, 'src/app.rs'), 'utf8')).toBe(app);
    expect(readFileSync(join(cwd, 'src/routes/mod.rs'), 'utf8')).toMatch(
      /metrics[\s\S]*payments|payments[\s\S]*metrics/,
    );
  });

  test('wait for a person where both owners edited the same line, and end with continue', async () => {
    const cwd = await branched([['add', 'metrics'], reword('Sells tea')], [['add', 'redis'], reword('Sells cups')]);
    conflict(cwd, 'merge', 'other');
    const lock = exactHashesOf(cwd)[LOCK_FILE];
    const stopped = await run(cwd, 'continue', '--json');
    expect(stopped).toMatchObject({ code: 3, stderr: '' });
    expect(JSON.parse(stopped.stdout).problems).toMatchObject([{ code: 'conflict', paths: ['README.md'] }]);
    expect(readFileSync(join(cwd, 'README.md'), 'utf8').match(/^<{7} /gm)).toHaveLength(1);
    expect(exactHashesOf(cwd)[LOCK_FILE]).toBe(lock);
    edit(cwd, 'README.md', (text) => text.replace(/^<{7} [\s\S]*^>{7} .*$/m, 'Sells tea and cups'));
    const finished = await run(cwd, 'continue');
    expect(finished).toMatchObject({ code: 0, stderr: '' });
    expect(finished.stdout).toMatch(/cargo test\n +git add --all \.\n +git commit\n/);
    expect(finished.stdout).not.toContain('# resolve');
    expect(await create(['check'], { cwd })).toMatchObject({ code: 0 });
    expect(JSON.parse(readFileSync(join(cwd, LOCK_FILE), 'utf8')).answers).toMatchObject({
      middleware: expect.arrayContaining(['metrics']),
      features: expect.arrayContaining(['redis']),
    });
  });

  test('wait no longer once git has ended the merge, also on another branch', async () => {
    const cwd = await branched([['add', 'metrics'], reword('Sells tea')], [['add', 'redis'], reword('Sells cups')]);
    conflict(cwd, 'merge', 'other');
    expect(await run(cwd, 'continue')).toMatchObject({ code: 3 });
    git(cwd, 'merge', '--abort');
    git(cwd, 'checkout', '--quiet', '--force', 'other');
    expect(await create(['check'], { cwd })).toMatchObject({ code: 0, stderr: '' });
    const refused = await run(cwd, 'continue');
    expect(refused).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('gone from the files') });
    expect(git(cwd, 'status', '--short', '--untracked-files=no')).toBe('');
    expect(await create(['abort'], { cwd })).toMatchObject({ code: 2, stdout: '' });
  });

  test('and brought it up to date do so together', async () => {
    const cwd = await branched([['update'], ['add', 'metrics']], [['update'], PAYMENT], [makeOlder]);
    conflict(cwd, 'merge', 'other');
    expect(await run(cwd, 'continue')).toMatchObject({ code: 0, stderr: '' });
    expect(await create(['check'], { cwd })).toMatchObject({ code: 0 });
    const twin = await project();
    await work(twin, [['add', 'metrics'], PAYMENT]);
    expect(hashesOf(cwd)).toEqual(hashesOf(twin));
  });

  test('number the migrations of one after those of the other, also where an owner has a later one', async () => {
    const own: Step = (cwd) => writeFileSync(join(cwd, 'migrations/20261127120000_count.up.sql'), 'SELECT 1;\n');
    const cwd = await branched([TEA], [own, PAYMENT]);
    const before = 'migrations/20261127120001_create_payments.up.sql';
    expect(git(cwd, 'ls-tree', '--name-only', 'other', before)).toBe(before);
    conflict(cwd, 'merge', 'other');
    expect(await run(cwd, 'continue')).toMatchObject({ code: 0, stderr: '' });
    expect(await create(['check'], { cwd })).toMatchObject({ code: 0 });
    const versions = readdirSync(join(cwd, 'migrations')).filter((name) => name.endsWith('.up.sql'));
    // That of the other branch may have run, and comes after all others.
    expect(versions).toEqual([
      '20260101000000_create_users.up.sql',
      '20260101000100_create_teas.up.sql',
      '20261127120000_count.up.sql',
      '20261127120001_create_payments.up.sql',
    ]);
    expect(JSON.parse(readFileSync(join(cwd, LOCK_FILE), 'utf8')).migrations).toEqual({
      '20260101000200': '20261127120001',
    });
  });

  test.each([
    ['feature', 'main'],
    ['main', 'feature'],
  ])('never number what is on the default branch of a remote anew: on %s, merging %s', async (on, from) => {
    const cwd = await branched([TEA], []);
    const bare = emptyFolder();
    git(bare, 'init', '--quiet', '--bare', '--initial-branch=main');
    git(cwd, 'remote', 'add', 'origin', bare);
    git(cwd, 'push', '--quiet', '--set-upstream', 'origin', 'main');
    // Git 2.48 and later sets it.
    spawnSync('git', ['symbolic-ref', '--delete', 'refs/remotes/origin/HEAD'], { cwd, env: ENVIRONMENT });
    git(cwd, 'checkout', '--quiet', '-b', 'feature', 'other');
    await work(cwd, [PAYMENT]);
    git(cwd, 'checkout', '--quiet', on);
    conflict(cwd, 'merge', from);
    const joined = await run(cwd, 'continue', '--json');
    expect(joined).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(joined.stdout).effects).toMatchObject([
      {
        text: expect.stringMatching(
          /^renames migrations\/20260101000100_create_payments to migrations\/20260101000200_.*recreate/,
        ),
      },
    ]);
    expect(readdirSync(join(cwd, 'migrations')).filter((name) => name.endsWith('.up.sql'))).toEqual([
      '20260101000000_create_users.up.sql',
      '20260101000100_create_teas.up.sql',
      '20260101000200_create_payments.up.sql',
    ]);
  });

  test('keep the packs that both have', async () => {
    const cwd = emptyFolder();
    expect(await create(['pack', 'init', 'acme'], { cwd })).toMatchObject({ code: 0 });
    const flags = ['--yes', '--no-install', '--pack', 'acme', '--features', 'default,+about'];
    expect(await create(['orders', ...flags], { cwd })).toMatchObject({ code: 0, stderr: '' });
    const root = join(cwd, 'orders');
    git(root, 'branch', 'other');
    await work(root, [['add', 'metrics']]);
    git(root, 'checkout', '--quiet', 'other');
    await work(root, [PAYMENT]);
    conflict(root, 'merge', 'main');
    expect(await run(root, 'continue')).toMatchObject({ code: 0, stderr: '' });
    expect(await create(['check'], { cwd: root })).toMatchObject({ code: 0 });
  });

  test('can be rebased, commit by commit', async () => {
    const cwd = await branched([TEA], [PAYMENT, ['add', 'metrics']]);
    git(cwd, 'checkout', '--quiet', 'other');
    conflict(cwd, 'rebase', 'main');
    for (let stops = 0; git(cwd, 'status').includes('rebase in progress'); stops++) {
      expect(stops).toBeLessThan(2);
      const joined = await run(cwd, 'continue');
      expect(joined).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('git rebase --continue') });
      git(cwd, 'add', '--all');
      spawnSync('git', ['rebase', '--continue'], { cwd, env: { ...ENVIRONMENT, GIT_EDITOR: 'true' } });
    }
    const twin = await project();
    await work(twin, [TEA, PAYMENT, ['add', 'metrics']]);
    expect(hashesOf(cwd)).toEqual(hashesOf(twin));
    expect(git(cwd, 'log', '--oneline').split('\n')).toHaveLength(4);
  });

  test('keep the versions of migrations where git reverts what was before them', async () => {
    const dog = ['generate', 'resource', 'dog', 'name:string(100)'];
    const cwd = await project();
    await work(cwd, [TEA, ['add', 'openapi'], dog]);
    const before = git(cwd, 'ls-tree', '-r', 'HEAD', '--', 'migrations/20260101000200_create_dogs.up.sql');
    conflict(cwd, 'revert', '--no-edit', 'HEAD~2');
    expect(await run(cwd, 'continue')).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.not.stringContaining('migrations/'),
    });
    git(cwd, 'add', '--all');
    git(cwd, '-c', 'core.editor=true', 'revert', '--continue');
    expect(git(cwd, 'ls-tree', '-r', 'HEAD', '--', 'migrations').split('\n')).toContain(before);
    expect(await create(['check'], { cwd })).toMatchObject({ code: 0 });
    // Nothing gets the version that the entry would have now.
    await work(cwd, [PAYMENT]);
    expect(readdirSync(join(cwd, 'migrations')).filter((name) => name.endsWith('.up.sql'))).toEqual([
      '20260101000000_create_users.up.sql',
      '20260101000200_create_dogs.up.sql',
      '20260101000201_create_payments.up.sql',
    ]);
    expect(await create(['check'], { cwd })).toMatchObject({ code: 0 });
  });

  test('can be picked from one another', async () => {
    const cwd = await branched([TEA], [['add', 'metrics'], PAYMENT]);
    conflict(cwd, 'cherry-pick', 'other');
    const joined = await run(cwd, 'continue');
    expect(joined).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringContaining('git cherry-pick --continue'),
    });
    git(cwd, 'add', '--all');
    git(cwd, '-c', 'core.editor=true', 'cherry-pick', '--continue');
    const twin = await project();
    await work(twin, [TEA, PAYMENT]);
    expect(hashesOf(cwd)).toEqual(hashesOf(twin));
  });

  test('change the fields of one resource, although git takes some files for renamed by both, and end as they began', async () => {
    const tea = (...fields: readonly string[]) => [...TEA, ...fields];
    const cwd = await branched([tea('grams:i32?')], [tea('price:i32?')], [TEA]);
    conflict(cwd, 'merge', 'other');
    const [renamed = ''] = readdirSync(join(cwd, '.sqlx')).filter((name) =>
      readFileSync(join(cwd, '.sqlx', name), 'utf8').includes('<<<<<<<< '),
    );
    // A person has begun with it.
    appendFileSync(join(cwd, '.sqlx', renamed), '\n');
    for (const code of ['conflict', 'conflict-marker']) {
      const stopped = await run(cwd, 'continue', '--json');
      expect(stopped).toMatchObject({ code: 3, stderr: '' });
      expect(JSON.parse(stopped.stdout).problems).toMatchObject([{ code }]);
    }
    expect(await create(['abort'], { cwd })).toMatchObject({ code: 0 });
    git(cwd, 'merge', '--abort');
    expect(git(cwd, 'status', '--porcelain')).toBe('');
    conflict(cwd, 'merge', 'other');
    expect(await run(cwd, 'continue')).toMatchObject({ code: 0, stderr: '' });
    expect(await create(['check'], { cwd })).toMatchObject({ code: 0 });
    const twin = await project();
    await work(twin, [TEA, tea('grams:i32?'), tea('grams:i32?', 'price:i32?')]);
    expect(hashesOf(cwd)).toEqual(hashesOf(twin));
    const refused = await create(['abort'], { cwd });
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('git merge --abort') });
    git(cwd, 'merge', '--abort');
    expect(git(cwd, 'status', '--porcelain')).toBe('');
  });

  test('are only what git is merging: not what it picked last in a rebase that is done', async () => {
    const cwd = await branched([TEA, ['add', 'redis']], [PAYMENT]);
    git(cwd, 'checkout', '--quiet', 'other');
    conflict(cwd, 'rebase', 'main');
    expect(await run(cwd, 'continue')).toMatchObject({ code: 0 });
    git(cwd, 'add', '--all');
    execFileSync('git', ['rebase', '--continue'], {
      cwd,
      env: { ...ENVIRONMENT, GIT_EDITOR: 'true' },
      stdio: 'ignore',
    });
    // Git 2.39 leaves it, as here.
    git(cwd, 'update-ref', 'REBASE_HEAD', 'HEAD');
    expect(await run(cwd, 'add', 'metrics')).toMatchObject({ code: 0 });
    git(cwd, 'stash', '--quiet');
    await work(cwd, [['remove', 'redis']]);
    conflict(cwd, 'stash', 'pop');
    const before = exactHashesOf(cwd);
    const refused = await run(cwd, 'continue', '--json');
    expect(refused).toMatchObject({ code: 3, stderr: '' });
    expect(JSON.parse(refused.stdout).problems).toMatchObject([
      { code: 'no-merge', hint: expect.stringContaining('git stash branch') },
    ]);
    expect(exactHashesOf(cwd)).toEqual(before);
  });

  test('that chose differently are a decision for a person, exit 3, and nothing is written', async () => {
    const cwd = await branched([['set', 'database=postgres']], [['set', 'database=mysql']]);
    conflict(cwd, 'merge', 'other');
    const before = git(cwd, 'status', '--porcelain');
    const refused = await run(cwd, 'continue');
    expect(refused).toMatchObject({ code: 3, stdout: '' });
    const text = refused.stderr.replace(/\s+/g, ' ');
    expect(text).toContain('answers.database is "postgres" on one branch and "mysql" on the other');
    expect(text).toContain('git merge --abort');
    expect(git(cwd, 'status', '--porcelain')).toBe(before);
  });
});
