import { describe, expect, test } from 'vitest';
import { equivalentArguments, shellLine } from '../../../src/options/equivalent.ts';
import { readFlags } from '../../../src/options/flags.ts';
import { completeAnswers, readRequest } from '../../../src/options/resolve.ts';
import { axes, options, rules } from '../fixtures/rules.ts';

async function equivalentOf(argv: readonly string[]) {
  const { request, problems } = readRequest(await readFlags(options, argv), options, rules);
  expect(problems).toEqual([]);
  const directory = request.directory ?? '';
  const completed = completeAnswers({ name: directory, ...request.chosen }, axes, rules);
  if (!('answers' in completed)) throw new Error('not supported');
  const isDescribed = request.chosen.description !== undefined;
  const { answers } = completed;
  const { settings } = request;
  const words = equivalentArguments(
    { directory, directoryName: directory, answers, origins: {}, preset: null, packs: [], isDescribed, settings },
    axes,
  );
  return { words, answers, settings };
}

describe('the equivalent command', () => {
  test('has a choice on every axis', async () => {
    expect((await equivalentOf(['svc'])).words.join(' ')).toBe(
      'svc --framework kite --db-layer query --database file --auth none --middleware default --features default --yes',
    );
  });

  test.each([
    [['svc']],
    [['svc', '--db-layer', 'memory', '--middleware', 'none']],
    [['svc', '--framework', 'wren', '--middleware', 'trace,meter', '--features', 'all', '--no-git']],
    [['svc', '--git', '--install']],
    [['svc', '--name', 'other', '--description', 'it\'s a "test"', '--verify', '--no-install']],
    [['svc', '--resource', 'person/people name:string(9)', '--resource', 'pet state:enum(a|b)? owner:ref(person)']],
    [['svc', '--on-conflict', 'skip', '--workspace', 'join', '--middleware', '-trace']],
  ])('%j: reproduces the same answers and settings', async (argv) => {
    const first = await equivalentOf(argv);
    const again = await equivalentOf(first.words);
    expect(again.answers).toEqual(first.answers);
    const ignoring = { yes: true };
    expect({ ...again.settings, ...ignoring }).toEqual({ ...first.settings, ...ignoring });
  });
});

test.each([
  [['a', 'b c'], "a 'b c'", 'a "b c"'],
  [["it's"], "'it'\\''s'", '"it\'s"'],
  [['C:\\x', '50%'], "'C:\\x' 50%", 'C:\\x "50%"'],
  [['$HOME'], "'$HOME'", '"$HOME"'],
  [['pet state:enum(a|b)?'], "'pet state:enum(a|b)?'", '"pet state:enum(a|b)?"'],
  [[''], "''", '""'],
  [['default,+a,-b'], 'default,+a,-b', 'default,+a,-b'],
])('%j in a shell', async (words, posix, windows) => {
  expect(shellLine(words, false)).toBe(posix);
  expect(shellLine(words, true)).toBe(windows);
});
