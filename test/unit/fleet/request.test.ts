import { expect, test } from 'vitest';
import { readRequest } from '../../../src/commands/fleet/request.ts';

const read = (...argv: readonly string[]) => readRequest(argv, '1.2.3');
const codesOf = (...argv: readonly string[]) =>
  read(...argv).then(
    () => [],
    ({ exitCode, problems }) => [exitCode, ...problems.map(({ code }: { code: string }) => code)],
  );

test('a request has defaults', async () => {
  expect(await read('update', 'services.txt')).toMatchObject({
    action: 'update',
    operands: ['services.txt'],
    merges: false,
    shard: null,
    format: 'text',
    update: { branch: 'create-api/update-1.2.3', from: undefined, message: undefined, packs: [], install: true },
  });
});

test('a request has what is given, and folders that begin with a hyphen after --', async () => {
  const flags = ['--shard', '2/5', '--jobs', '3', '--branch', 'b', '--from', 'main', '--pack', './p', '--no-install'];
  expect(await read('update', ...flags, '--dry-run', '--html', '--', '-x')).toMatchObject({
    operands: ['-x'],
    jobs: 3,
    shard: { index: 2, of: 5 },
    format: 'html',
    update: { branch: 'b', from: 'main', packs: ['./p'], install: false, dryRun: true },
  });
});

test.each([
  [[], 2, 'fleet-usage', 'fleet-usage'],
  [['chek', 'a'], 2, 'fleet-usage'],
  [['check'], 2, 'fleet-usage'],
  [['check', 'a', '--jobs', '0'], 2, 'invalid-value'],
  [['check', 'a', '--jobs', 'many'], 2, 'invalid-value'],
  [['check', 'a', '--shard', '0/5'], 2, 'invalid-value'],
  [['check', 'a', '--shard', '6/5'], 2, 'invalid-value'],
  [['check', 'a', '--shard', '1'], 2, 'invalid-value'],
  [['update', 'a', '--from', '-x'], 2, 'invalid-value'],
  [['update', 'a', '--message', ' '], 2, 'invalid-value'],
  [['check', 'a', '--json', '--html'], 2, 'contradicting-flags'],
  [['check', 'a', '--branch', 'b', '--dry-run'], 2, 'needless-flag', 'needless-flag'],
  [['update', '--merge', 'a.json', '--shard', '1/2', '--no-install'], 2, 'needless-flag', 'needless-flag'],
  [['check', 'a', '--jobs', 'x', '--shard', 'y', '--unknown'], 2, 'unknown-flag', 'invalid-value', 'invalid-value'],
] as const)('%j is refused, with every problem at once', async (argv, ...expected) => {
  expect(await codesOf(...argv)).toEqual(expected);
});
