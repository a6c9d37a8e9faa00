import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { BASE_FILE, LOCK_FILE } from '../../src/model/project-record.ts';
import { CLI, create, ENVIRONMENT, finish } from './support/command.ts';
import { git } from './support/earlier-release.ts';
import { edit, makeOlder } from './support/older-project.ts';
import { emptyFolder, exactHashesOf, folderOfFile } from './support/service-folder.ts';

const BRANCH = 'create-api/update-0.2.0';

/** A project, and one that another create-api would have rendered; both without a repository. */
const rendered = join(folderOfFile(), 'current');
const older = join(rendered, '../older');

beforeAll(async () => {
  const flags = ['--name', 'orders', '--yes', '--no-install', '--no-git'];
  expect(await create([rendered, ...flags], { cwd: join(rendered, '..') })).toMatchObject({ code: 0 });
  cpSync(rendered, older, { recursive: true });
  makeOlder(older);
});

const commit = (folder: string): void => {
  git(folder, 'add', '--all', '--force');
  git(folder, 'commit', '--quiet', '--no-verify', '--message', 'As it is');
};

/** Makes a repository with a commit of a folder. */
function makeRepository(folder: string): string {
  git(folder, 'init', '--quiet', '--initial-branch', 'main');
  commit(folder);
  return folder;
}

/** A repository with a service in it. */
function service(parent: string, name: string, source = older): string {
  const folder = join(parent, name);
  cpSync(source, folder, { recursive: true });
  return makeRepository(folder);
}

/** Makes an update of a service a conflict. */
const conflictIn = (folder: string) => edit(folder, 'README.md', (text) => text.replace('You need', 'We need'));

const fleet = (cwd: string, ...args: readonly string[]) => create(['fleet', ...args], { cwd });
const update = (cwd: string, ...args: readonly string[]) => fleet(cwd, 'update', ...args, '--no-install', '--json');

interface Report {
  readonly exitCode: number;
  readonly services: readonly {
    readonly service: string;
    readonly exitCode: number;
    readonly result: string;
    readonly commit?: string;
    readonly problems: readonly { readonly code: string; readonly message: string; readonly paths?: string[] }[];
  }[];
}

const reportIn = ({ stdout }: { readonly stdout: string }): Report => JSON.parse(stdout);
const resultsIn = (output: { readonly stdout: string }) =>
  Object.fromEntries(reportIn(output).services.map(({ service, result }) => [service, result]));

/** Whether a process runs; one that has ended may wait for its parent to take note. */
function isRunning(pid: number): boolean {
  const status = `/proc/${pid}/status`;
  if (existsSync('/proc/self')) return existsSync(status) && !/^State:\s+[ZX]/m.test(readFileSync(status, 'utf8'));
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** What runs must not leave beside the services. */
const leftIn = (folder: string) => readdirSync(folder).filter((name) => name.startsWith('.create-api'));

test('20 services are updated, whatever four of them are, and no work tree changes', { timeout: 300_000 }, async () => {
  const cwd = emptyFolder();
  const names = Array.from({ length: 20 }, (_, index) => `service-${String(index + 1).padStart(2, '0')}`);
  const [inConflict = '', dirty = '', noProject = '', damaged = '', current = '', pushed = ''] = names;
  for (const name of names) service(cwd, name, name === current ? rendered : older);
  const at = (name: string) => join(cwd, name);
  conflictIn(at(inConflict));
  commit(at(inConflict));
  // Neither edits that are not committed nor the branch that is checked out make a difference.
  writeFileSync(join(at(dirty), 'README.md'), 'Dirty.\n');
  writeFileSync(join(at(dirty), 'new.txt'), 'New.\n');
  rmSync(join(at(noProject), '.create-api'), { recursive: true });
  commit(at(noProject));
  edit(at(damaged), BASE_FILE, (text) => text.replace('"sha256":"', '"sha256":"0'));
  commit(at(damaged));
  const remote = join(emptyFolder(), 'remote.git');
  git(cwd, 'clone', '--quiet', '--bare', at(pushed), remote);
  git(at(pushed), 'remote', 'add', 'origin', remote);
  git(at(pushed), 'fetch', '--quiet');
  git(at(pushed), 'remote', 'set-head', 'origin', 'main');
  git(at(pushed), 'switch', '--quiet', '--create', 'feature');
  writeFileSync(join(at(pushed), 'feature.txt'), 'A feature.\n');
  commit(at(pushed));
  writeFileSync(join(cwd, 'services.txt'), `# All of them\n${names.join('\n')}\n`);
  const hashes = () => names.map((name) => exactHashesOf(at(name)));
  const before = hashes();
  const state = (name: string) => [git(at(name), 'status', '--short'), git(at(name), 'rev-parse', 'HEAD')];
  const states = names.map(state);

  const some = names.slice(0, 6);
  const dry = await update(cwd, ...some, '--dry-run');
  expect(dry.code).toBe(5);
  for (const name of names) expect(git(at(name), 'branch', '--list', BRANCH)).toBe('');
  const done = await update(cwd, 'services.txt');
  // What is damaged is worse than what is in conflict.
  expect(done.code).toBe(5);
  const others = { [inConflict]: 'conflict', [noProject]: 'usage', [damaged]: 'integrity', [current]: 'up-to-date' };
  expect(resultsIn(done)).toEqual({ ...Object.fromEntries(names.map((name) => [name, 'updated'])), ...others });
  expect(resultsIn(dry)).toEqual({ ...Object.fromEntries(some.map((name) => [name, 'would-update'])), ...others });
  const { services } = reportIn(done);
  expect(services.map(({ service }) => service)).toEqual(names);
  expect(services.find(({ service }) => service === inConflict)).toMatchObject({
    exitCode: 3,
    problems: [{ code: 'conflict', paths: ['README.md'] }],
  });

  // Work trees, indexes and branches are what they were, and nothing is left over.
  expect(hashes()).toEqual(before);
  expect(names.map(state)).toEqual(states);
  expect(leftIn(cwd)).toEqual([]);
  for (const { service: name, commit, result } of services) {
    expect(git(at(name), 'worktree', 'list').split('\n')).toHaveLength(1);
    if (result !== 'updated') {
      expect(git(at(name), 'branch', '--list', BRANCH)).toBe('');
      continue;
    }
    expect(git(at(name), 'rev-parse', BRANCH)).toBe(commit);
    expect(git(at(name), 'log', '--format=%an <%ae>|%s', `main..${BRANCH}`)).toBe(
      'A Person <a.person@example.com>|Update to create-api 0.2.0',
    );
    expect(git(at(name), 'diff', '--name-status', 'main', BRANCH).split(/\s+/)).toEqual([
      'M',
      BASE_FILE,
      'M',
      LOCK_FILE,
      'M',
      'README.md',
      'D',
      'src/zzz.rs',
    ]);
  }
  // Nothing is pushed.
  expect(git(remote, 'for-each-ref', '--format=%(refname)')).toBe('refs/heads/main');
  // What the branches have is what this create-api renders.
  git(at(dirty), 'stash', '--quiet', '--include-untracked');
  git(at(dirty), 'switch', '--quiet', BRANCH);
  expect(await create(['check'], { cwd: at(dirty) })).toMatchObject({ code: 0 });

  // The same again finds the branches.
  const again = await update(cwd, ...some);
  const upToDate = Object.fromEntries(some.map((name) => [name, 'up-to-date']));
  expect(resultsIn(again)).toEqual({ ...upToDate, ...others });
  for (const { service: name, commit } of services)
    if (commit !== undefined) expect(git(at(name), 'rev-parse', BRANCH)).toBe(commit);
});

describe('fleet update', { timeout: 120_000 }, () => {
  test('commits each service of a repository, apart from those in conflict, on one branch', async () => {
    const cwd = emptyFolder();
    for (const name of ['one', 'two', 'three', 'a b/four'])
      cpSync(older, join(cwd, 'mono/services', name), { recursive: true });
    conflictIn(join(cwd, 'mono/services/two'));
    makeRepository(join(cwd, 'mono'));
    writeFileSync(
      join(cwd, 'list.json'),
      JSON.stringify(['one', 'two', 'three', 'a b/four'].map((n) => `mono/services/${n}`)),
    );
    const done = await update(cwd, 'list.json');
    expect(Object.values(resultsIn(done))).toEqual(['updated', 'conflict', 'updated', 'updated']);
    expect(done.code).toBe(3);
    expect(git(join(cwd, 'mono'), 'log', '--format=%s', '--reverse', `main..${BRANCH}`).split('\n')).toEqual([
      'Update services/one to create-api 0.2.0',
      'Update services/three to create-api 0.2.0',
      'Update services/a b/four to create-api 0.2.0',
    ]);
    expect(git(join(cwd, 'mono'), 'diff', '--name-only', 'main', BRANCH, '--', 'services/two')).toBe('');
    expect(git(join(cwd, 'mono'), 'status', '--short')).toBe('');
  });

  test('takes a branch, a start and a message, and refuses a branch that is something else', async () => {
    const cwd = emptyFolder();
    const orders = service(cwd, 'orders');
    const start = git(orders, 'rev-parse', 'HEAD');
    conflictIn(orders);
    commit(orders);
    const flags = ['orders', '--branch', 'std', '--from', start, '--message', '-m: update'];
    expect(resultsIn(await update(cwd, ...flags))).toEqual({ orders: 'updated' });
    expect(git(orders, 'log', '-1', '--format=%s %P', 'std')).toBe(`-m: update ${start}`);
    git(orders, 'branch', '--force', 'std', start);
    const refused = await update(cwd, ...flags);
    expect(reportIn(refused)).toMatchObject({ exitCode: 3, services: [{ problems: [{ code: 'existing-branch' }] }] });
    expect(git(orders, 'rev-parse', 'std')).toBe(start);
    for (const branch of ['a..b', 'x.lock', 'a b', 'HEAD']) {
      const wrong = await update(cwd, 'orders', '--branch', branch);
      expect(JSON.parse(wrong.stdout)).toMatchObject({ exitCode: 2, problems: [{ code: 'invalid-value' }] });
    }
    const absent = await update(cwd, 'orders', '--from', 'nowhere', '--branch', 'y');
    expect(reportIn(absent)).toMatchObject({ services: [{ exitCode: 2, problems: [{ code: 'no-start' }] }] });
  });

  test('starts at the default branch of origin, or else at what is checked out, and says where', async () => {
    const cwd = emptyFolder();
    const [orders, local] = [service(cwd, 'orders'), service(cwd, 'local')];
    // After `push -u`, older versions of git know no origin/HEAD.
    git(orders, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
    for (const folder of [orders, local]) {
      git(folder, 'switch', '--quiet', '--create', 'feature');
      git(folder, 'commit', '--quiet', '--allow-empty', '--message', 'A feature');
    }
    const done = await update(cwd, 'orders', 'local');
    const from = ['origin/main', 'feature'];
    expect(reportIn(done).services).toMatchObject(from.map((each) => ({ result: 'updated', from: each })));
    expect([orders, local].map((folder) => git(folder, 'rev-parse', `${BRANCH}^`))).toEqual([
      git(orders, 'rev-parse', 'main'),
      git(local, 'rev-parse', 'feature'),
    ]);
  });

  test('runs the hooks of the repository, signs nothing, and commits nothing that a hook refuses', async () => {
    const cwd = emptyFolder();
    const [signed, hooked] = [service(cwd, 'signed'), service(cwd, 'hooked')];
    git(signed, 'config', 'commit.gpgSign', 'true');
    git(signed, 'config', 'gpg.program', 'false');
    writeFileSync(
      join(hooked, '.git/hooks/commit-msg'),
      '#!/bin/sh\necho "error: no ticket in the message" >&2\nexit 1\n',
      {
        mode: 0o755,
      },
    );
    const done = await update(cwd, 'signed', 'hooked');
    expect(resultsIn(done)).toEqual({ signed: 'updated', hooked: 'failed' });
    expect(reportIn(done).services[1]?.problems[0]?.message).toContain('no ticket in the message');
    writeFileSync(join(hooked, '.git/hooks/commit-msg'), '#!/bin/sh\nexit 1\n');
    const silent = reportIn(await update(cwd, 'hooked'));
    expect(silent.services[0]?.problems[0]?.message).toBe('git commit: a hook refused the commit');
    expect(git(hooked, 'branch', '--list', BRANCH)).toBe('');
    expect(leftIn(cwd)).toEqual([]);
  });

  test('changes nothing at the end of a link in the commit, and says what the commit lacks', async () => {
    const repository = emptyFolder();
    for (const name of ['a', 'b', 'new']) cpSync(older, join(repository, name), { recursive: true });
    git(repository, 'init', '--quiet', '--initial-branch', 'main');
    // The commit has links where the work tree has folders, one to another repository.
    const other = service(repository, 'other');
    for (const name of ['evil', 'deep/er']) {
      mkdirSync(join(repository, name, '..'), { recursive: true });
      symlinkSync(name === 'evil' ? other : join(other, '..'), join(repository, name));
    }
    git(repository, 'add', 'a', 'evil', 'deep');
    git(repository, 'commit', '--quiet', '--message', 'Evil');
    for (const name of ['evil', 'deep/er']) rmSync(join(repository, name));
    cpSync(older, join(repository, 'evil'), { recursive: true });
    cpSync(older, join(repository, 'deep/er/other'), { recursive: true });
    const before = exactHashesOf(other);
    const done = await update(repository, 'evil', 'deep/er/other', 'new', 'a');
    expect(resultsIn(done)).toEqual({ evil: 'usage', 'deep/er/other': 'usage', new: 'usage', a: 'updated' });
    expect(reportIn(done).services.map(({ problems }) => problems[0]?.message)).toEqual([
      'the commit that the branch starts from has a link in place of the folder',
      'the commit that the branch starts from has a link in place of the folder',
      'the commit that the branch starts from has no such folder',
      undefined,
    ]);
    expect(exactHashesOf(other)).toEqual(before);
  });

  test('of a sparse checkout is about all files', async () => {
    const cwd = emptyFolder();
    const orders = service(cwd, 'orders');
    git(orders, 'sparse-checkout', 'set', '.create-api', 'tests');
    expect(existsSync(join(orders, 'src'))).toBe(false);
    expect(resultsIn(await update(cwd, 'orders'))).toEqual({ orders: 'updated' });
    expect(JSON.parse(git(orders, 'show', `${BRANCH}:${LOCK_FILE}`)).deleted ?? []).toEqual([]);
    expect(git(orders, 'diff', '--name-only', 'main', BRANCH).split('\n')).toContain('src/zzz.rs');
    expect(existsSync(join(orders, 'src'))).toBe(false);
  });

  test('takes a repository that two paths lead to for one', async () => {
    const cwd = emptyFolder();
    for (const name of ['one', 'two']) cpSync(older, join(cwd, 'mono', name), { recursive: true });
    makeRepository(join(cwd, 'mono'));
    symlinkSync('mono', join(cwd, 'link'));
    const done = await update(cwd, 'mono/one', 'link/two', 'link/one');
    expect(resultsIn(done)).toEqual({ 'mono/one': 'updated', 'link/two': 'updated' });
  });

  test('never reaches a repository around the worktree, nor takes what one service has left for another', async () => {
    const outer = service(emptyFolder(), 'outer');
    edit(outer, 'README.md', () => 'Not committed.\n');
    const inner = join(outer, 'inner');
    for (const name of ['one', 'two']) cpSync(older, join(inner, name), { recursive: true });
    makeRepository(inner);
    const hook = (script: string) => writeFileSync(join(inner, '.git/hooks/pre-commit'), script, { mode: 0o755 });
    hook('#!/bin/sh\nrm -f .git\nexit 1\n');
    const lost = await update(outer, 'inner/one', 'inner/two');
    expect(resultsIn(lost)).toEqual({ 'inner/one': 'failed', 'inner/two': 'failed' });
    expect(readFileSync(join(outer, 'README.md'), 'utf8')).toBe('Not committed.\n');
    expect(git(inner, 'worktree', 'list').split('\n')).toHaveLength(1);
    hook('#!/bin/sh\necho >> two/clippy.toml\n');
    expect(resultsIn(await update(outer, 'inner/one', 'inner/two'))).toMatchObject({ 'inner/two': 'updated' });
    expect(git(inner, 'diff', '--name-only', 'main', BRANCH)).not.toContain('two/clippy.toml');
  });

  test.skipIf(process.platform === 'win32')('that is stopped ends what it started, and leaves no branch', async () => {
    const cwd = emptyFolder();
    const slow = service(cwd, 'slow');
    const started = join(cwd, 'started');
    const hook = `#!/bin/sh\necho $$ > '${started}'\nsleep 300\n`;
    writeFileSync(join(slow, '.git/hooks/pre-commit'), hook, { mode: 0o755 });
    const args = [CLI, 'fleet', 'update', 'slow', '--no-install', '--json'];
    const child = spawn(process.execPath, args, { cwd, env: ENVIRONMENT, stdio: ['ignore', 'pipe', 'pipe'] });
    const finished = finish(child);
    while (!existsSync(started) || readFileSync(started, 'utf8') === '') await new Promise((r) => setTimeout(r, 50));
    expect(leftIn(cwd)).toHaveLength(1);
    child.kill('SIGINT');
    const ended = await finished;
    expect(ended.code).toBe(130);
    expect(resultsIn(ended)).toEqual({ slow: 'cancelled' });
    expect(isRunning(Number(readFileSync(started, 'utf8')))).toBe(false);
    expect(git(slow, 'branch', '--list', BRANCH)).toBe('');
    expect(git(slow, 'worktree', 'list').split('\n')).toHaveLength(1);
    expect(leftIn(cwd)).toEqual([]);
  });

  test('removes the worktree of a run that was killed, and no other', async () => {
    const cwd = emptyFolder();
    const orders = service(cwd, 'orders');
    const { pid } = spawnSync(process.execPath, ['-e', '0']);
    git(orders, 'worktree', 'add', '--quiet', '--detach', join(cwd, `.create-api-fleet-${pid}-abcdef`));
    mkdirSync(join(cwd, `.create-api-fleet-${pid}-ghijkl`));
    git(orders, 'worktree', 'add', '--quiet', '-b', 'mine', join(cwd, 'mine'));
    expect(resultsIn(await update(cwd, 'orders'))).toEqual({ orders: 'updated' });
    expect(leftIn(cwd)).toEqual([]);
    expect(git(orders, 'worktree', 'list').split('\n')).toHaveLength(2);
  });

  test('uses another version of a pack, beside the repositories or in one', async () => {
    const cwd = emptyFolder();
    const pack = join(cwd, 'pack');
    mkdirSync(join(pack, 'base/files'), { recursive: true });
    writeFileSync(join(pack, 'pack.json'), JSON.stringify({ formatVersion: 1, minCli: '0.2.0', name: 'acme' }));
    writeFileSync(join(pack, 'base/files/ACME.md'), 'Acme.\n');
    const [orders, own] = [service(cwd, 'orders', rendered), join(cwd, 'own')];
    cpSync(rendered, own, { recursive: true });
    cpSync(pack, join(own, 'pack'), { recursive: true });
    makeRepository(own);
    expect(resultsIn(await update(cwd, 'orders', '--pack', './pack'))).toEqual({ orders: 'updated' });
    expect(resultsIn(await update(cwd, 'own', '--pack', './own/pack'))).toEqual({ own: 'updated' });
    const sourceIn = (folder: string) => JSON.parse(git(folder, 'show', `${BRANCH}:${LOCK_FILE}`)).packs[0].source;
    expect([sourceIn(orders), sourceIn(own)]).toEqual(['../pack', './pack']);
    expect(git(orders, 'show', `${BRANCH}:ACME.md`)).toBe('Acme.');
  });
});

/** What a process says when it starts or ends. */
interface Note {
  readonly isChild: boolean;
  readonly change: number;
  readonly cpu?: number;
  readonly memory?: number;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;
}

describe('fleet check', { timeout: 120_000 }, () => {
  test('goes on after a service whose process is killed, and prints one document in each format', async () => {
    const cwd = emptyFolder();
    for (const name of ['killed', 'fine', '-x']) cpSync(rendered, join(cwd, name), { recursive: true });
    edit(join(cwd, 'fine'), 'clippy.toml', (text) => `${text}\n# Ours.\n`);
    cpSync(join(cwd, 'fine'), join(cwd, 'link'), { recursive: true });
    const hook = join(cwd, 'kill.cjs');
    writeFileSync(hook, `if (process.cwd().endsWith('killed')) process.kill(process.pid, 'SIGKILL');\n`);
    writeFileSync(join(cwd, 'list.txt'), 'killed\nfine\n-x\nlink\n');
    const env = { NODE_OPTIONS: `--require ${hook}` };
    const json = await create(['fleet', 'check', 'list.txt', '--json'], { cwd, env });
    expect(json.code).toBe(1);
    expect(resultsIn(json)).toEqual({ killed: 'failed', fine: 'drift', '-x': 'ok', link: 'drift' });
    expect(reportIn(json).services[0]?.problems[0]?.message).toContain('SIGKILL');
    const text = await create(['fleet', 'check', 'list.txt'], { cwd, env });
    expect(text).toMatchObject({ code: 1, stderr: '' });
    expect(text.stdout).toContain('4 services: 1 failed, 2 drift, 1 ok');
    const sarif = await create(['fleet', 'check', 'fine', 'link', '--sarif'], { cwd });
    expect(sarif.code).toBe(6);
    expect(JSON.parse(sarif.stdout).runs[0].results).toMatchObject([
      { locations: [{ physicalLocation: { artifactLocation: { uri: 'fine/clippy.toml' } } }] },
      { locations: [{ physicalLocation: { artifactLocation: { uri: 'link/clippy.toml' } } }] },
    ]);
    const html = await create(['fleet', 'check', '--html', '--', '-x'], { cwd });
    expect(html.code).toBe(0);
    expect(html.stdout).toMatch(/^<!doctype html>[\s\S]*<td>-x<\/td><td class="good">ok<\/td>[\s\S]*<\/html>\n$/);
  });

  test('of parts, merged, is the check of the whole list', async () => {
    const cwd = emptyFolder();
    const names = ['a', 'b', 'c', 'd', 'e'];
    for (const name of names) cpSync(rendered, join(cwd, name), { recursive: true });
    edit(join(cwd, 'd'), 'clippy.toml', (text) => `${text}\n# Ours.\n`);
    writeFileSync(join(cwd, 'list.txt'), names.join('\n'));
    for (const index of [1, 2, 3]) {
      const part = await fleet(cwd, 'check', 'list.txt', '--shard', `${index}/3`, '--json');
      writeFileSync(join(cwd, `part-${index}.json`), part.stdout);
    }
    const whole = await fleet(cwd, 'check', 'list.txt', '--json');
    const merged = await fleet(cwd, 'check', '--merge', 'part-3.json', 'part-1.json', 'part-2.json', '--json');
    expect(JSON.parse(merged.stdout)).toEqual(JSON.parse(whole.stdout));
    expect([whole.code, merged.code]).toEqual([6, 6]);
    const lost = await fleet(cwd, 'check', '--merge', 'part-1.json', 'part-3.json');
    expect(lost).toMatchObject({ code: 1 });
    expect(lost.stdout).toContain('shard 2/3');
  });

  test('knows a policy by a path that is relative to where it was started', async () => {
    const cwd = emptyFolder();
    cpSync(rendered, join(cwd, 'orders'), { recursive: true });
    writeFileSync(join(cwd, 'rules.json'), JSON.stringify({ require: { features: ['redis'] } }));
    const env = { CREATE_API_POLICY: './rules.json' };
    const checked = await create(['fleet', 'check', 'orders', '--json'], { cwd, env });
    expect([checked.code, resultsIn(checked)]).toEqual([4, { orders: 'policy' }]);
  });

  test('refuses a list that is missing or empty, exit 2', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'empty.txt'), '# Nobody yet\n');
    for (const [list, code] of [
      ['absent.txt', 'invalid-services'],
      ['empty.txt', 'no-services'],
    ] as const) {
      const refused = await fleet(cwd, 'check', list, '--json');
      expect(JSON.parse(refused.stdout)).toMatchObject({ exitCode: 2, problems: [{ code }] });
    }
  });

  test('starts at most so many processes at a time, and needs no more memory or time a service for more of them', {
    timeout: 300_000,
  }, async () => {
    const cwd = emptyFolder();
    for (let index = 0; index < 40; index++) cpSync(rendered, join(cwd, 'copies', `${index}`), { recursive: true });
    const log = join(cwd, 'log');
    const hook = join(cwd, 'log.cjs');
    writeFileSync(
      hook,
      `const { appendFileSync } = require('node:fs');
      const note = (what) => appendFileSync(${JSON.stringify(log)}, JSON.stringify(what) + '\\n');
      const isChild = !process.argv.includes('fleet');
      note({ isChild, change: 1 });
      process.on('exit', () => {
        const { userCPUTime, maxRSS } = process.resourceUsage();
        note({ isChild, change: -1, cpu: userCPUTime, memory: maxRSS });
      });\n`,
    );
    const run = async (count: number) => {
      rmSync(log, { force: true });
      writeFileSync(join(cwd, 'list.json'), JSON.stringify(Array.from({ length: count }, (_, n) => `copies/${n}`)));
      const env = { NODE_OPTIONS: `--require ${hook}` };
      const checked = await create(['fleet', 'check', 'list.json', '--jobs', '2', '--json'], { cwd, env });
      expect(checked.code).toBe(0);
      expect(reportIn(checked).services).toHaveLength(count);
      const notes = readFileSync(log, 'utf8').trim().split('\n');
      return notes.map((line): Note => JSON.parse(line));
    };
    const memoryOf = (notes: readonly Note[]) => notes.at(-1)?.memory ?? Number.NaN;
    const timeOf = (notes: readonly Note[]) =>
      median(notes.flatMap(({ isChild, cpu }) => (isChild ? (cpu ?? []) : [])));
    const few = await run(4);
    const many = await run(40);
    let running = 0;
    const counts = many.filter(({ isChild }) => isChild).map(({ change }) => (running += change));
    expect(counts).toHaveLength(80);
    expect(Math.max(...counts)).toBe(2);
    expect(memoryOf(many) / memoryOf(few)).toBeLessThan(1.3);
    expect(timeOf(many) / timeOf(few)).toBeLessThan(1.6);
  });
});
