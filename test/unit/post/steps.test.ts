import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { commandLine, type PlannedStep } from '../../../src/model/steps.ts';
import type { Environment } from '../../../src/post/environment.ts';
import { planSteps, runSteps } from '../../../src/post/steps.ts';
import { populate, temporaryFolder } from '../project/temporary-folder.ts';

const IDENTITY = {
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'A',
  GIT_COMMITTER_EMAIL: 'a@example.com',
};

/** A folder to run steps in, and an environment whose PATH has the system's programs and no cargo except `cargo`, if given. */
function setUp({ cargo, env = {} }: { cargo?: string; env?: Environment } = {}) {
  const root = temporaryFolder();
  const path = join(root, 'project');
  mkdirSync(path);
  mkdirSync(join(root, 'programs'));
  mkdirSync(join(root, 'home'));
  if (cargo !== undefined) program(join(root, 'programs/cargo'), cargo);
  const seen: string[] = [];
  return {
    root,
    path,
    seen,
    env: {
      PATH: `${join(root, 'programs')}:/usr/bin:/bin`,
      HOME: join(root, 'home'),
      GIT_CONFIG_NOSYSTEM: '1',
      ...env,
    },
    run(
      planned: readonly PlannedStep[],
      { written = [], signal = new AbortController().signal, isLive = false }: RunOptions = {},
    ) {
      const progress = (line: string) => void seen.push(line);
      return runSteps(planned, path, written, { progress, isLive, signal, env: this.env });
    },
  };
}

function program(path: string, script: string): void {
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
}

interface RunOptions {
  readonly written?: readonly string[];
  readonly signal?: AbortSignal;
  readonly isLive?: boolean;
}

const NOTHING = { inRepository: 'none', isManifestKept: false, areBuildInputsKept: false, paths: ['src'] } as const;

const wanted = (...steps: readonly ('install' | 'verify' | 'git')[]) => ({
  install: steps.includes('install'),
  verify: steps.includes('verify'),
  git: steps.includes('git'),
});

const plan = (...steps: readonly ('install' | 'verify' | 'git')[]) =>
  planSteps({ ...NOTHING, wanted: wanted(...steps) });

/** The first commit of these paths. */
const commit = (...paths: readonly string[]) => planSteps({ ...NOTHING, wanted: wanted('git'), paths });

describe('planSteps', () => {
  test('has git last, and adds only the written files', () => {
    const steps = planSteps({ ...NOTHING, wanted: wanted('git', 'install', 'verify'), paths: ['.env.example', 'src'] });
    expect(steps.map(({ step, commands }) => [step, commands.map(commandLine)])).toEqual([
      ['install', ['cargo update --workspace', 'cargo fetch']],
      ['verify', ['cargo check']],
      [
        'git',
        [
          'git init --initial-branch=main',
          'git add --force -- .env.example src',
          'git commit --message "Initial commit"',
        ],
      ],
    ]);
  });

  test('skips git inside a repository, and cargo beside another Cargo.toml', () => {
    const inside = planSteps({ ...NOTHING, wanted: wanted('git', 'install'), inRepository: 'below' });
    expect(inside).toMatchObject([
      { step: 'install', skipReason: null },
      { step: 'git', commands: [], skipReason: 'the folder is inside a git repository' },
    ]);
    const beside = planSteps({ ...NOTHING, wanted: wanted('git', 'install', 'verify'), isManifestKept: true });
    const skipReason = 'the existing Cargo.toml was kept';
    expect(beside).toMatchObject([{ skipReason, commands: [] }, { skipReason, commands: [] }, { skipReason: null }]);
  });

  test('commits nothing if no file was written', () => {
    const [step] = planSteps({ ...NOTHING, wanted: wanted('git'), inRepository: 'root', paths: [] });
    expect(step).toEqual({ step: 'git', commands: [], skipReason: 'no file was written' });
  });

  test('commits nothing that may not build', () => {
    const [step] = planSteps({ ...NOTHING, wanted: wanted('git'), areBuildInputsKept: true });
    expect(step).toMatchObject({ commands: [], skipReason: 'existing files that Cargo reads were kept' });
    expect(step).not.toHaveProperty('byHand');
  });
});

describe('cargo', () => {
  test('runs in the project without a terminal, and its output is passed on, progress bars included', async () => {
    const at = setUp({ cargo: 'tty >&2; pwd >&2; printf "one\\rtwo\\n\\n$*\\n" >&2' });
    expect(await at.run(plan('install'))).toEqual([{ step: 'install', status: 'done' }]);
    expect(at.seen).toEqual(
      ['update --workspace --quiet', 'fetch --quiet'].flatMap((args) => ['not a tty', at.path, 'one', 'two', args]),
    );
  });

  test.each([
    [false, '', 'check --quiet'],
    [true, 'always', 'check'],
  ])('draws its progress bar only if lines can be replaced (%j)', async (isLive, when, words) => {
    const at = setUp({ cargo: 'echo "when=$CARGO_TERM_PROGRESS_WHEN $*" >&2' });
    await at.run(plan('verify'), { isLive });
    expect(at.seen).toEqual([`when=${when} ${words}`]);
  });

  test('that is missing is reported, with the command to run', async () => {
    expect(await setUp().run(plan('install', 'verify'))).toEqual([
      {
        step: 'install',
        status: 'failed',
        reason: 'cargo is not installed',
        run: ['cargo update --workspace', 'cargo fetch'],
      },
      { step: 'verify', status: 'failed', reason: 'the dependencies are missing', run: ['cargo check'] },
    ]);
  });

  test('that fails half way leaves the remaining commands to run', async () => {
    const at = setUp({ cargo: '[ "$1" = update ] || { echo "error: spurious network error" >&2; exit 101; }' });
    expect(await at.run(plan('install'))).toEqual([
      {
        step: 'install',
        status: 'failed',
        reason: 'offline: the crates could not be downloaded; check the network or the proxy',
        run: ['cargo fetch'],
      },
    ]);
  });

  test('is killed with its children when the run is cancelled, and the rest is skipped', async () => {
    const at = setUp({ cargo: 'trap "" TERM; sh -c "echo started >&2; sleep 4; touch survived"' });
    const cancel = new AbortController();
    const running = at.run(plan('install', 'git'), { signal: cancel.signal });
    while (at.seen.length === 0) await setTimeout(10);
    cancel.abort();
    expect(await running).toEqual([
      {
        step: 'install',
        status: 'skipped',
        reason: 'cancelled',
        run: ['cargo update --workspace', 'cargo fetch'],
      },
      {
        step: 'git',
        status: 'skipped',
        reason: 'cancelled',
        run: expect.arrayContaining(['git init --initial-branch=main']),
      },
    ]);
    await setTimeout(4000);
    expect(existsSync(join(at.path, 'survived'))).toBe(false);
  });
});

describe('git', () => {
  const git = (path: string, ...args: readonly string[]) =>
    execFileSync('git', args, { cwd: path, encoding: 'utf8' }).trim();
  const committed = (path: string) => git(path, 'ls-tree', '-r', '--name-only', 'main').split('\n');

  test('commits to main as the user, whatever hooks, signing, editor and template are configured', async () => {
    const at = setUp({ env: { ...IDENTITY, GIT_EDITOR: 'false' } });
    populate(at.root, { 'project/Cargo.lock': '# lock\n', 'template/info/exclude': '*\n' });
    for (const folder of ['hooks', 'template/hooks']) {
      mkdirSync(join(at.root, folder), { recursive: true });
      for (const hook of ['pre-commit', 'prepare-commit-msg', 'commit-msg', 'post-commit']) {
        program(join(at.root, folder, hook), 'touch hook-ran; exit 1');
      }
    }
    populate(at.root, {
      'home/.gitconfig': `[core]
hooksPath = ${join(at.root, 'hooks')}
[commit]
gpgSign = true
[gpg]
program = false
[init]
defaultBranch = other
templateDir = ${join(at.root, 'template')}
`,
    });
    expect(await at.run(commit('Cargo.lock'), { written: ['Cargo.lock'] })).toEqual([{ step: 'git', status: 'done' }]);
    expect(git(at.path, 'log', '--format=%s by %an', 'main')).toBe('Initial commit by A');
    expect(committed(at.path)).toEqual(['Cargo.lock']);
    expect(existsSync(join(at.path, 'hook-ran'))).toBe(false);
  });

  test('commits files that a global ignore file excludes, byte for byte, whatever line endings and filters are configured', async () => {
    const at = setUp({ env: IDENTITY });
    const written = ['.env.example', '.sqlx/query.json', 'Cargo.lock'];
    populate(at.root, Object.fromEntries(written.map((path) => [`project/${path}`, 'a\nb\r\n'])));
    populate(at.root, {
      'home/.gitconfig': `[core]
autocrlf = true
safecrlf = true
excludesFile = ${join(at.root, 'ignore')}
attributesFile = ${join(at.root, 'attributes')}
[filter "shout"]
clean = tr a-z A-Z
`,
      ignore: 'Cargo.lock\n.env*\n.sqlx\n',
      attributes: '* filter=shout\n',
    });
    expect(await at.run(commit('.env.example', '.sqlx', 'Cargo.lock'), { written })).toEqual([
      { step: 'git', status: 'done' },
    ]);
    expect(committed(at.path)).toEqual(written);
    for (const path of written)
      expect(execFileSync('git', ['show', `main:${path}`], { cwd: at.path }).toString()).toBe('a\nb\r\n');
  });

  test('commits no file that was not written', async () => {
    const at = setUp({ env: IDENTITY });
    populate(at.root, { 'project/src/main.rs': '', 'project/.env': 'SECRET=1', 'project/src/notes': '' });
    expect(await at.run(commit('src/main.rs'), { written: ['src/main.rs'] })).toEqual([
      { step: 'git', status: 'done' },
    ]);
    expect(committed(at.path)).toEqual(['src/main.rs']);
  });

  test('reports how a commit differs from the written files', async () => {
    const at = setUp({ env: IDENTITY });
    populate(at.root, { 'project/src/main.rs': '', 'project/src/notes': '', 'project/README.md': '' });
    const reason = 'the first commit is not what was written: + src/notes, - README.md';
    expect(await at.run(commit('src'), { written: ['README.md', 'src/main.rs'] })).toMatchObject([
      { step: 'git', status: 'failed', reason },
    ]);
  });

  test('ignores the variables of a hook of another repository', async () => {
    const at = setUp();
    populate(at.root, { 'project/Cargo.toml': '', 'other/theirs': '' });
    const other = join(at.root, 'other');
    git(other, 'init', '--quiet');
    Object.assign(at.env, IDENTITY, {
      GIT_DIR: join(other, '.git'),
      GIT_INDEX_FILE: join(other, '.git/index'),
      GIT_WORK_TREE: other,
      GIT_PREFIX: 'x/',
      GIT_OBJECT_DIRECTORY: join(other, '.git/objects'),
    });
    expect(await at.run(commit('Cargo.toml'), { written: ['Cargo.toml'] })).toEqual([{ step: 'git', status: 'done' }]);
    expect(committed(at.path)).toEqual(['Cargo.toml']);
    expect(git(other, 'status', '--porcelain')).toBe('?? theirs');
  });

  test('without an identity prints how to set one, and invents no author', async () => {
    const at = setUp();
    populate(at.root, { 'project/Cargo.toml': '' });
    expect(await at.run(commit('Cargo.toml'), { written: ['Cargo.toml'] })).toEqual([
      {
        step: 'git',
        status: 'failed',
        reason: 'git does not know who you are',
        run: [
          'git config --global user.name "Your Name"',
          'git config --global user.email you@example.com',
          'git commit --message "Initial commit"',
        ],
      },
    ]);
    expect(existsSync(join(at.path, 'Cargo.toml'))).toBe(true);
  });

  test('is left to the person at the root of a repository, with the commands to type', async () => {
    const at = setUp();
    const planned = planSteps({ ...NOTHING, wanted: wanted('git'), inRepository: 'root', paths: ['src'] });
    expect(await at.run(planned)).toEqual([
      {
        step: 'git',
        status: 'skipped',
        reason: 'the folder is a git repository already',
        run: ['git add --force -- src', 'git commit --message "Initial commit"'],
      },
    ]);
  });

  test('is skipped inside a repository', async () => {
    const at = setUp();
    const planned = planSteps({ ...NOTHING, wanted: wanted('git'), inRepository: 'below' });
    expect(await at.run(planned)).toEqual([
      { step: 'git', status: 'skipped', reason: 'the folder is inside a git repository' },
    ]);
    expect(existsSync(join(at.path, '.git'))).toBe(false);
  });
});
