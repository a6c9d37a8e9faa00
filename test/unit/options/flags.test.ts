import { describe, expect, test } from 'vitest';
import { readFlags } from '../../../src/options/flags.ts';
import { options } from '../fixtures/rules.ts';

const read = (line: string) => readFlags(options, line === '' ? [] : line.split(' '));

describe('readFlags', () => {
  test.each([
    ['', {}, {}, []],
    ['svc', {}, {}, ['svc']],
    ['svc --framework wren', { framework: ['wren'] }, {}, ['svc']],
    ['--framework=wren svc', { framework: ['wren'] }, {}, ['svc']],
    ['--middleware -trace svc', { middleware: ['-trace'] }, {}, ['svc']],
    ['--middleware a --middleware b', { middleware: ['a', 'b'] }, {}, []],
    ['-y --no-git --install', {}, { yes: true, git: false, install: true }, []],
    ['--git --no-git', {}, { git: false }, []],
    ['--dry-run --on-conflict skip', { onConflict: ['skip'] }, { dryRun: true }, []],
    ['-- --odd', {}, {}, ['--odd']],
  ])('%j', (line, values, switches, operands) => {
    expect(read(line)).toEqual({ values, switches, operands, problems: [] });
  });

  test.each([
    ['--framwork wren', ['there is no flag --framwork', 'did you mean --framework?']],
    ['--framwork=wren', ['there is no flag --framwork', 'did you mean --framework?']],
    ['--zzz', ['there is no flag --zzz', 'create-api --help lists every flag']],
    ['-q', ['there is no flag -q', 'create-api --help lists every flag']],
    ['--no-instal', ['there is no flag --no-instal', 'did you mean --no-install?']],
    ['--framework', ['--framework needs a value', 'for example: --framework kite']],
    ['svc --name', ['--name needs a value', 'for example: --name my-service']],
  ])('%j is refused', (line, [message, hint]) => {
    expect(read(line).problems).toMatchObject([{ message, hint }]);
  });

  test('a flag is not the value of the flag before it', () => {
    expect(read('--framework --yes')).toMatchObject({
      values: { framework: [] },
      problems: [{ message: '--framework needs a value' }],
    });
  });

  test('every problem is told, the value that lacks at the end too', () => {
    const { problems } = read('--zzz --framework --git --database');
    expect(problems.map((problem) => problem.message)).toEqual([
      'there is no flag --zzz',
      '--database needs a value',
      '--framework needs a value',
    ]);
  });
});
