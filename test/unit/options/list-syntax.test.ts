import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readList, writeList } from '../../../src/options/list-syntax.ts';
import type { ListOption } from '../../../src/options/schema.ts';

const option: ListOption = {
  kind: 'list',
  key: 'middleware',
  flag: '--middleware',
  label: 'Middleware',
  help: 'Middleware',
  choices: ['trace', 'limit', 'meter', 'cache'].map((id, index) => ({ id, label: id, hint: '', default: index < 2 })),
};

describe('readList', () => {
  test.each([
    [['default'], ['trace', 'limit']],
    [['all'], ['trace', 'limit', 'meter', 'cache']],
    [['none'], []],
    [['meter'], ['meter']],
    [['cache,trace'], ['trace', 'cache']],
    [
      ['trace', 'meter'],
      ['trace', 'meter'],
    ],
    [['+meter'], ['trace', 'limit', 'meter']],
    [['-trace'], ['limit']],
    [['+meter,-trace'], ['limit', 'meter']],
    [
      ['+meter', '-limit'],
      ['trace', 'meter'],
    ],
    [['all,-cache'], ['trace', 'limit', 'meter']],
    [['none,+meter'], ['meter']],
    [['default,cache'], ['trace', 'limit', 'cache']],
    [['meter,meter'], ['meter']],
    [[' meter , cache '], ['meter', 'cache']],
  ])('%j is %j', (given, ids) => {
    expect(readList(option, given)).toEqual({ ids, problems: [] });
  });

  test('reports every error at once, with suggestions', () => {
    const { problems } = readList(option, ['metre,nope,-trcae,+cahce']);
    expect(problems.map(({ code, message, hint }) => [code, message, hint])).toEqual([
      ['unknown-value', '--middleware has no choice "metre"', 'did you mean meter?'],
      ['unknown-value', '--middleware has no choice "nope"', undefined],
      ['unknown-value', '--middleware has no choice "trcae" to remove', 'did you mean -trace?'],
      ['unknown-value', '--middleware has no choice "cahce" to add', 'did you mean +cache?'],
    ]);
    expect(problems[0]?.allowed).toContain('trace, limit, meter, cache; default, all or none');
  });

  test.each([[['none,meter']], [['none', 'all']]])('%j contradicts itself', (given) => {
    expect(readList(option, given).problems.map((problem) => problem.code)).toEqual(['contradicting-value']);
  });

  test.each([[['']], [[' , ']]])('%j is empty', (given) => {
    expect(readList(option, given).problems.map((problem) => problem.code)).toEqual(['missing-value']);
  });

  test.each([[['+all']], [['-default']], [['+none']]])('%j: names of sets take no sign', (given) => {
    expect(readList(option, given).problems.map((problem) => problem.code)).toEqual(['unknown-value']);
  });
});

test('what writeList writes, readList reads back', () => {
  const ids = option.choices.map((choice) => choice.id);
  fc.assert(
    fc.property(fc.subarray(ids), (chosen) => {
      expect(readList(option, [writeList(option, chosen)])).toEqual({ ids: chosen, problems: [] });
    }),
  );
});
