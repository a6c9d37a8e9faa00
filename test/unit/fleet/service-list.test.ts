import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { isAbandoned } from '../../../src/project/folder-beside.ts';
import { assertService, readServices } from '../../../src/project/service-list.ts';

const cwd = mkdtempSync(join(tmpdir(), 'create-api-test-'));
afterAll(() => rmSync(cwd, { recursive: true, force: true }));
for (const folder of ['pay', 'lists', '-x']) mkdirSync(join(cwd, folder));

function listed(name: string, text: string | Uint8Array) {
  writeFileSync(join(cwd, name), text);
  return readServices([name], cwd);
}

describe('services', () => {
  test('are folders, and those of lists, whose paths are relative to the list', () => {
    writeFileSync(join(cwd, 'lists/team.txt'), '# Ours\r\n\n  ../pay/ \r\n./a b\n../pay\n-y\n#5\n');
    expect(readServices(['pay', '-x', 'lists/team.txt'], cwd)).toEqual({
      services: [
        { service: 'pay', folder: join(cwd, 'pay') },
        { service: '-x', folder: join(cwd, '-x') },
        { service: 'a b', folder: join(cwd, 'lists/a b') },
        { service: '-y', folder: join(cwd, 'lists/-y') },
      ],
      problems: [],
    });
  });

  test('of a JSON list may have any name', () => {
    const names = ['#1', 'a\nb', '\u001b[31mred', '<script>', ' x'];
    const { services, problems } = listed('odd.json', JSON.stringify(names));
    expect(problems).toEqual([]);
    expect(services).toEqual(names.map((name) => ({ service: name, folder: join(cwd, name) })));
  });

  test.each([
    ['bad.json', '{"services": []}', 'it is not a JSON array of paths'],
    ['bad.json', '["a", 1]', 'it is not a JSON array of paths'],
    ['bad.json', '["a"', 'it is not a JSON array of paths'],
    ['bad.json', `${'['.repeat(200)}${']'.repeat(200)}`, 'it is not a JSON array of paths'],
    ['bad.json', '["a\\u0000b"]', '"a\\u0000b" is not a path'],
    ['bad.json', '["\\ud800"]', '"\\ud800" is not a path'],
    ['bad.json', '[""]', '"" is not a path'],
    ['bad.txt', 'x'.repeat(5000), `${JSON.stringify('x'.repeat(100))} is not a path`],
    ['bad.txt', new Uint8Array([0xff, 0xfe]), 'it is not UTF-8'],
    ['bad.txt', ' '.repeat(1_000_001), 'it has 1000001 bytes, and may have 1000000'],
  ])('cannot be read from %s with %j', (name, text, reason) => {
    expect(listed(name, text)).toMatchObject({ services: [], problems: [{ message: `${name}: ${reason}` }] });
  });

  test('are refused if a folder or list is missing, all of them at once', () => {
    const { problems } = readServices(['pay', 'a', 'b'], cwd);
    expect(problems.map(({ message }) => message)).toEqual([
      'a: there is no such folder or file',
      'b: there is no such folder or file',
    ]);
  });
});

test('services are one service if their paths lead to one folder', () => {
  symlinkSync('pay', join(cwd, 'link'));
  expect(readServices(['link', 'pay'], cwd).services).toEqual([{ service: 'link', folder: join(cwd, 'link') }]);
});

test('a service has a folder with a lock', () => {
  writeFileSync(join(cwd, 'file'), '');
  expect(() => assertService(join(cwd, 'pay'))).toThrow('it is not a project of create-api');
  expect(() => assertService(join(cwd, 'absent'))).toThrow('there is no such folder');
  expect(() => assertService(join(cwd, 'file'))).toThrow('it is not a folder');
  expect(() => assertService(join(cwd, 'file/x'))).toThrow();
  mkdirSync(join(cwd, 'pay/.create-api'));
  writeFileSync(join(cwd, 'pay/.create-api/lock.json'), '{}');
  expect(assertService(join(cwd, 'pay'))).toBeUndefined();
});

test('a worktree is abandoned once its process is gone', () => {
  expect(isAbandoned(`/a/.create-api-fleet-${process.pid}-abcdef`)).toBe(false);
  // No process has so high an id.
  expect(isAbandoned('/a/.create-api-fleet-99999999-abcdef')).toBe(true);
  for (const other of ['/a/pay', '/a/.create-api-fleet-', '/a/.create-api-fleet-99999999-abcdef/x'])
    expect(isAbandoned(other)).toBe(false);
});
