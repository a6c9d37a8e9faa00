import { describe, expect, test } from 'vitest';
import { checkNode, checkRequirement } from '../../../src/commands/doctor/check-requirement.ts';
import { requirements } from '../../../src/commands/doctor/requirements.ts';
import { isOlder } from '../../../src/model/version.ts';

test.each([
  ['1.94.0', '1.94', false],
  ['1.93.9', '1.94', true],
  ['1.100.0', '1.94', false],
  ['2.0.0', '1.94', false],
  ['1.94', '1.94.1', true],
  ['1.94.0', '1.94.1-rc.1', true],
  ['1.94.1-rc.1', '1.94.1', false],
])('%s is older than %s: %j', (version, needed, expected) => {
  expect(isOlder(version, needed)).toBe(expected);
});

test.each([
  ['20.18.3', 'old'],
  ['20.19.0', 'ok'],
  ['24.1.0', 'ok'],
])('node %s is %s', (version, status) => {
  expect(checkNode(version).status).toBe(status);
});

describe('checkRequirement', () => {
  const need = {
    id: 'rustc',
    needed: true,
    why: 'compiles',
    command: ['rustc', '--version'],
    atLeast: '1.94',
    fix: 'rustup update',
  } as const;

  test.each([
    ['rustc 1.95.0 (f2d3ce0bd 2026-03-21)\n', 'ok', '1.95.0', null],
    ['rustc 1.80.1 (3f5fd8dd4 2024-08-06)\n', 'old', '1.80.1', 'rustup update'],
    [null, 'missing', null, 'rustup update'],
    ['', 'missing', null, 'rustup update'],
  ])('%j is %s', async (printed, status, found, fix) => {
    expect(await checkRequirement(need, async () => printed)).toMatchObject({ status, found, fix });
  });

  test('runs the command of the requirement', async () => {
    const asked: unknown[] = [];
    await checkRequirement(need, async (...command) => {
      asked.push(command);
      return null;
    });
    expect(asked).toEqual([['rustc', ['--version']]]);
  });
});

test('the linker is checked, except on Windows, where it is not on the search path', () => {
  const idsOn = (isWindows: boolean) => requirements({ msrv: '1.94' }, isWindows).map((need) => need.id);
  expect(idsOn(false)).toContain('cc');
  expect(idsOn(true)).not.toContain('cc');
});

test('the oldest Rust is that of the generated projects, not the newest they were made with', () => {
  const rustc = requirements({ rust: '1.95', msrv: '1.94' }, false).find((need) => need.id === 'rustc');
  expect(rustc?.atLeast).toBe('1.94');
  expect(() => requirements({ rust: '1.95' }, false)).toThrow('msrv');
});
