import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { PlannedStep } from '../../../src/model/steps.ts';
import type { Environment } from '../../../src/post/environment.ts';
import { planSteps, runSteps } from '../../../src/post/steps.ts';
import { populate, temporaryFolder } from '../project/temporary-folder.ts';

const IDENTITY = {
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'A',
  GIT_COMMITTER_EMAIL: 'a@example.com',
};

/** A folder to run steps in and an environment whose PATH has the system's programs, no cargo but `cargo` if given. */
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
    run(planned: readonly PlannedStep[], signal = new AbortController().signal, insideGit = false, isLive = false) {
      const progress = (line: string) => void seen.push(line);
      return runSteps(planned, { path, insideGit }, { progress, isLive, signal, env: this.env });
    },
  };
}

function program(path: string, script: string): void {
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
}

const plan = (...steps: readonly ('install' | 'verify' | 'git')[]) =>
  planSteps(
    { install: steps.includes('install'), verify: steps.includes('verify'), git: steps.includes('git') },
    { insideGit: false },
  );

describe('planSteps', () => {
  test('names the commands as they are typed, git last', () => {
    expect(planSteps({ git: true, install: true, verify: true }, { insideGit: false })).toEqual([
      { step: 'install', commands: ['cargo update --workspace', 'cargo fetch'] },
      { step: 'verify', commands: ['cargo check'] },
      {
        step: 'git',
        commands: ['git init --initial-branch=main', 'git add --all', 'git commit --message "Initial commit"'],
      },
    ]);
  });

  test('has what is wanted only, and no command for git in a repository', () => {
    expect(planSteps({ git: true, install: false, verify: false }, { insideGit: true })).toEqual([
      { step: 'git', commands: [] },
    ]);
  });
});

describe('cargo', () => {
  test('runs in the project without a terminal, and its lines are passed on, bars too', async () => {
    const at = setUp({ cargo: 'tty >&2; pwd >&2; printf "one\\rtwo\\n\\n$*\\n" >&2' });
    expect(await at.run(plan('install'))).toEqual([{ step: 'install', status: 'done' }]);
    expect(at.seen).toEqual(
      ['update --workspace', 'fetch'].flatMap((args) => ['not a tty', at.path, 'one', 'two', args]),
    );
  });

  test.each([
    [false, ''],
    [true, 'always'],
  ])('draws its bar where lines are replaced (%j), not into a log', async (isLive, when) => {
    const at = setUp({ cargo: 'echo "when=$CARGO_TERM_PROGRESS_WHEN" >&2' });
    await at.run(plan('verify'), undefined, false, isLive);
    expect(at.seen).toEqual([`when=${when}`]);
  });

  test('that is missing is said, with what to run', async () => {
    expect(await setUp().run(plan('install', 'verify'))).toEqual([
      {
        step: 'install',
        status: 'failed',
        reason: 'cargo is not installed',
        run: 'cargo update --workspace && cargo fetch',
      },
      { step: 'verify', status: 'failed', reason: 'its dependencies are not there', run: 'cargo check' },
    ]);
  });

  test('that fails half way leaves what is still to run', async () => {
    const at = setUp({ cargo: '[ "$1" = update ] || { echo "error: spurious network error" >&2; exit 101; }' });
    expect(await at.run(plan('install'))).toEqual([
      {
        step: 'install',
        status: 'failed',
        reason: 'the crates could not be downloaded; is the network there?',
        run: 'cargo fetch',
      },
    ]);
  });

  test('is ended with its own children when the run is cancelled, and the rest is skipped', async () => {
    const at = setUp({ cargo: 'trap "" TERM; sh -c "echo started >&2; sleep 4; touch survived"' });
    const cancel = new AbortController();
    const running = at.run(plan('install', 'git'), cancel.signal);
    while (at.seen.length === 0) await setTimeout(10);
    cancel.abort();
    expect(await running).toEqual([
      {
        step: 'install',
        status: 'skipped',
        reason: 'it was cancelled',
        run: 'cargo update --workspace && cargo fetch',
      },
      { step: 'git', status: 'skipped', reason: 'it was cancelled', run: expect.stringContaining('git init') },
    ]);
    await setTimeout(4000);
    expect(existsSync(join(at.path, 'survived'))).toBe(false);
  });
});

describe('git', () => {
  const log = (path: string, format: string) =>
    execFileSync('git', ['log', `--format=${format}`, 'main'], { cwd: path, encoding: 'utf8' }).trim();

  test('commits everything to main, whatever hooks, signing and editor are set up', async () => {
    const at = setUp({ env: { ...IDENTITY, GIT_DIR: '/nowhere', GIT_EDITOR: 'false' } });
    populate(at.root, { 'project/Cargo.lock': '# lock\n' });
    mkdirSync(join(at.root, 'hooks'));
    for (const hook of ['pre-commit', 'prepare-commit-msg', 'commit-msg', 'post-commit']) {
      program(join(at.root, 'hooks', hook), 'touch hook-ran; exit 1');
    }
    populate(at.root, {
      'home/.gitconfig': `[core]\nhooksPath = ${join(at.root, 'hooks')}\n[commit]\ngpgSign = true\n[gpg]\nprogram = false\n[init]\ndefaultBranch = other\n`,
    });
    expect(await at.run(plan('git'))).toEqual([{ step: 'git', status: 'done' }]);
    expect(log(at.path, '%s by %an')).toBe('Initial commit by A');
    expect(execFileSync('git', ['status', '--porcelain', '--branch'], { cwd: at.path, encoding: 'utf8' })).toBe(
      '## main\n',
    );
    expect(existsSync(join(at.path, 'hook-ran'))).toBe(false);
  });

  test('without an identity says so, and the files and the repository are kept', async () => {
    const at = setUp();
    populate(at.root, { 'project/Cargo.toml': '', 'home/.gitconfig': '[user]\nuseConfigOnly = true\n' });
    expect(await at.run(plan('git'))).toEqual([
      {
        step: 'git',
        status: 'failed',
        reason: 'git does not know who you are; set user.name and user.email',
        run: 'git commit --message "Initial commit"',
      },
    ]);
    expect(existsSync(join(at.path, 'Cargo.toml'))).toBe(true);
  });

  test('is skipped in a repository', async () => {
    const at = setUp();
    expect(await at.run(plan('git'), undefined, true)).toEqual([
      { step: 'git', status: 'skipped', reason: 'the folder is in a git repository already' },
    ]);
    expect(existsSync(join(at.path, '.git'))).toBe(false);
  });
});
