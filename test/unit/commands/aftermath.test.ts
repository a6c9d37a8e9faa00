import { describe, expect, test } from 'vitest';
import { problemsAfter, runCommandsOf } from '../../../src/commands/create/aftermath.ts';
import type { StepOutcome } from '../../../src/model/steps.ts';

const file = (path: string, text: string) => ({ path, text, executable: false });

describe('what to type next', () => {
  test('is what the README of the project says', () => {
    const readme = '# x\n\n## Run\n\n```sh\ncp .env.example .env\ncargo run\n```\n\n```sh\ncurl localhost\n```\n';
    expect(runCommandsOf([file('README.md', readme)])).toEqual(['cp .env.example .env', 'cargo run']);
  });

  test('is cargo run where there is no README', () => {
    expect(runCommandsOf([])).toEqual(['cargo run']);
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
