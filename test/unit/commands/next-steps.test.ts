import { describe, expect, test } from 'vitest';
import { nextCommands, problemsOfSteps } from '../../../src/commands/create/next-steps.ts';
import type { Prepared } from '../../../src/commands/create/prepare.ts';
import type { Check } from '../../../src/model/check.ts';
import type { StepOutcome } from '../../../src/model/steps.ts';

const failed: StepOutcome = { step: 'install', status: 'failed', reason: 'offline', run: ['cargo fetch'] };
const cancelled: StepOutcome = { step: 'git', status: 'skipped', reason: 'cancelled', run: ['git init', 'git add x'] };
const needless: StepOutcome = { step: 'git', status: 'skipped', reason: 'inside a repository' };

const NOTHING_KEPT = { buildInputs: [] };

describe('the commands to type next', () => {
  const at = { cwd: '/work', isWindows: false };
  const target = {
    path: '/work/x',
    kind: 'absent',
    insideGit: false,
    repositoryRoot: null,
    insideWorkspace: null,
    isWorkspaceMember: false,
  } as const;
  const runCommands = ['cargo run'];

  test.each([
    ['svc', ['cd svc', 'cargo run']],
    ['my svc', ["cd 'my svc'", 'cargo run']],
    ['-svc', ['cd ./-svc', 'cargo run']],
    ['.', ['cargo run']],
  ])('in %j', (directory, commands) => {
    expect(nextCommands({ directory, target, runCommands }, NOTHING_KEPT, [], null, at)).toEqual(commands);
  });

  test('come in order: Rust, the folder, the remaining steps, the service', () => {
    const rust: Check = {
      id: 'cargo',
      status: 'missing',
      needed: true,
      why: 'builds',
      found: null,
      atLeast: '1.94',
      fix: 'install Rust 1.94 or later',
    };
    const done: StepOutcome = { step: 'verify', status: 'done' };
    expect(
      nextCommands({ directory: 'svc', target, runCommands }, NOTHING_KEPT, [failed, done, cancelled], rust, at),
    ).toEqual(['# install Rust 1.94 or later', 'cd svc', 'cargo fetch', 'git init', 'git add x', 'cargo run']);
  });
});

test('a project that may not build is not run next', () => {
  const prepared = { directory: '.', target: { path: '/work' }, runCommands: ['cargo run'] } as unknown as Prepared;
  const kept = { buildInputs: ['Cargo.toml'] };
  expect(nextCommands(prepared, kept, [], null, { cwd: '/work', isWindows: false })).toEqual([
    "# merge the kept files that Cargo reads with the project's",
  ]);
});

describe('a step that was not done', () => {
  test('is a problem only if it was requested', () => {
    expect(problemsOfSteps([failed], [])).toEqual([]);
    expect(problemsOfSteps([failed], ['install'])).toMatchObject([
      { code: 'step-failed', message: expect.stringContaining('offline'), hint: expect.stringContaining('Next') },
    ]);
  });

  test('is a problem even if there was nothing to do, when a requested repository is missing', () => {
    expect(problemsOfSteps([needless, { step: 'verify', status: 'done' }], ['git', 'verify'])).toMatchObject([
      { code: 'step-failed', hint: 'leave out --git' },
    ]);
  });
});
