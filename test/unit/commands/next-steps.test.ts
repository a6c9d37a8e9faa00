import { describe, expect, test } from 'vitest';
import { nextCommands, problemsAfter } from '../../../src/commands/create/next-steps.ts';
import type { StepOutcome } from '../../../src/model/steps.ts';

describe('what to type next', () => {
  const at = { cwd: '/work', version: '1.2.3', isWindows: false };
  const target = {
    path: '/work/x',
    kind: 'absent',
    insideGit: false,
    insideWorkspace: null,
    isWorkspaceMember: false,
  } as const;

  test.each([
    ['svc', ['cd svc', 'cargo run']],
    ['my svc', ["cd 'my svc'", 'cargo run']],
    ['-svc', ['cd ./-svc', 'cargo run']],
    ['.', ['cargo run']],
  ])('in %j', (directory, commands) => {
    expect(nextCommands({ directory, target, runCommands: ['cargo run'] }, at)).toEqual(commands);
  });
});

describe('a step that was not done', () => {
  const failed: StepOutcome = { step: 'install', status: 'failed', reason: 'no network', run: 'cargo fetch' };
  const needless: StepOutcome = { step: 'git', status: 'skipped', reason: 'in a repository already' };

  test('is a problem only where it was asked for', () => {
    expect(problemsAfter([failed], [])).toEqual([]);
    expect(problemsAfter([failed], ['install'])).toMatchObject([
      {
        code: 'step-failed',
        message: expect.stringContaining('no network'),
        hint: expect.stringContaining('cargo fetch'),
      },
    ]);
  });

  test('is no problem where there was nothing to do', () => {
    expect(problemsAfter([needless, { step: 'verify', status: 'done' }], ['git', 'verify'])).toEqual([]);
  });
});
