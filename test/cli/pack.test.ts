import { cpSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { create } from './support/command.ts';
import { emptyFolder, hashesOf } from './support/service-folder.ts';

const TEMPLATES = join(import.meta.dirname, '../../templates');

/** The built-in pack with two things wrong. */
function wrongPack(): string {
  const folder = join(emptyFolder(), 'pack');
  cpSync(TEMPLATES, folder, { recursive: true });
  symlinkSync('/etc/hostname', join(folder, 'base/files/hostname'));
  writeFileSync(join(folder, 'shared/client/part.json'), '{ "label": "Client" }');
  return folder;
}

describe('pack check', { timeout: 120_000 }, () => {
  test('finds nothing wrong in the built-in pack', async () => {
    const run = await create(['pack', 'check', TEMPLATES], { cwd: emptyFolder() });
    expect(run).toMatchObject({ code: 0, stderr: '', stdout: `${TEMPLATES}: nothing is wrong\n` });
  });

  test('reports everything that is wrong, changes nothing and exits with 1', async () => {
    const folder = wrongPack();
    const before = hashesOf(folder);
    const run = await create(['pack', 'check', 'pack'], { cwd: join(folder, '..') });
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('base/files/hostname is a link');
    expect(run.stderr).toMatch(
      /shared\/client\/part\.json: label is not a known key\n +allowed +\$schema, crates, env/,
    );
    expect(run.stderr).not.toContain('this is a bug in create-api');
    expect(hashesOf(folder)).toEqual(before);
  });

  test('--json has the file, the key and what is allowed', async () => {
    const folder = wrongPack();
    const run = await create(['pack', 'check', folder, '--json'], { cwd: emptyFolder() });
    expect(run).toMatchObject({ code: 1, stderr: '' });
    expect(JSON.parse(run.stdout)).toMatchObject({
      ...{ ok: false, exitCode: 1 },
      problems: [
        { code: 'special-file', file: 'base/files/hostname' },
        {
          code: 'unknown-key',
          file: 'shared/client/part.json',
          key: 'label',
          allowed: expect.stringMatching(/^\$schema/),
        },
      ],
    });
  });

  test.each([
    [['pack'], 'what to do is missing'],
    [['pack', 'check'], 'pack check: the folder is missing'],
    [['pack', 'render'], 'pack render: the folder is missing'],
    [['pack', 'check', '.', 'more'], 'pack takes no check . more'],
    [['pack', 'check', './nowhere'], './nowhere is not a folder'],
    [['pack', 'check', '.', '--framework', 'axum'], 'unknown flag: --framework'],
  ])('%s is a usage error', async (args, message) => {
    const run = await create(args, { cwd: emptyFolder() });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain(message);
  });
});
