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
    ['--resource a --resource=b', { resources: ['a', 'b'] }, {}, []],
    ['-y --no-git --install', {}, { yes: true, git: false, install: true }, []],
    ['--no-git --no-git', {}, { git: false }, []],
    ['--dry-run --on-conflict skip', { onConflict: ['skip'] }, { dryRun: true }, []],
    ['-- --odd', {}, {}, ['--odd']],
    ['--name=--odd svc', { name: ['--odd'] }, {}, ['svc']],
    ['--name= svc', { name: [''] }, {}, ['svc']],
  ])('%j', async (line, values, switches, operands) => {
    expect(await read(line)).toEqual({ values, switches, operands, problems: [] });
  });

  test.each(['--git --no-git', '--no-install svc --install'])('%j contradicts itself', async (line) => {
    expect((await read(line)).problems).toMatchObject([{ code: 'contradicting-flags' }]);
  });

  test.each([
    ['--framwork wren', ['unknown flag: --framwork', 'did you mean --framework?']],
    ['--framwork=wren', ['unknown flag: --framwork', 'did you mean --framework?']],
    ['--zzz', ['unknown flag: --zzz', 'create-api --help lists every flag']],
    ['-q', ['unknown flag: -q', 'create-api --help lists every flag']],
    ['--no-instal', ['unknown flag: --no-instal', 'did you mean --no-install?']],
    ['--framework', ['--framework needs a value', 'for example: --framework kite']],
    ['--resource', ['--resource needs a value', 'for example: --resource "product name:string(100)"']],
    ['svc --name', ['--name needs a value', 'for example: --name my-service']],
    ['svc --name -- x', ['--name needs a value', 'for example: --name my-service']],
  ])('%j is refused', async (line, [message, hint]) => {
    expect((await read(line)).problems).toMatchObject([{ message, hint }]);
  });

  test('a flag is not the value of the flag before it', async () => {
    expect(await read('--framework --yes')).toMatchObject({
      values: {},
      switches: { yes: true },
      problems: [{ message: '--framework needs a value' }],
    });
  });

  test('every problem is reported, including a missing value at the end', async () => {
    const { problems } = await read('--zzz --framework --git --database');
    expect(problems.map((problem) => problem.message)).toEqual([
      'unknown flag: --zzz',
      '--framework needs a value',
      '--database needs a value',
    ]);
  });

  test.each([
    ['--yes=true svc', '--yes takes no value, but was given =true', '--yes'],
    ['-y=true svc', '-y takes no value, but was given =true', '--yes'],
    ['--no-git=1 svc', '--no-git takes no value, but was given =1', '--git or --no-git'],
  ])('%j: a switch takes no value', async (line, message, allowed) => {
    expect(await read(line)).toMatchObject({ switches: {}, operands: ['svc'], problems: [{ message, allowed }] });
  });

  test.each([
    ['svc --zzz', ['svc']],
    ['--zzz svc', []],
    ['--zzz=1 svc', ['svc']],
    ['--zzz --yes -- --odd', ['--odd']],
  ])('%j: a possible value of an unknown flag is not an operand, everything else is', async (line, operands) => {
    expect(await read(line)).toMatchObject({ operands, problems: [{ message: 'unknown flag: --zzz' }] });
  });
});
