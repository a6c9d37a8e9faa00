import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { LOCK_FILE } from '../../src/model/project-record.ts';
import { create } from './support/command.ts';
import { emptyFolder, hashesOf } from './support/service-folder.ts';

const ALONE = ['--yes', '--no-install', '--no-git'];
const SCHEMA = JSON.parse(readFileSync(join(import.meta.dirname, '../../schemas/preset.schema.json'), 'utf8'));

describe('preset save', () => {
  test.each([
    ['the defaults', []],
    [
      'everything else',
      [
        ...[
          '--framework',
          'poem',
          '--db-layer',
          'sea-orm',
          '--database',
          'postgres',
          '--auth',
          'jwt',
          '--middleware',
          'none',
        ],
        ...[
          '--features',
          'all',
          '--resource',
          'payment amount_cents:i64:min=1 user:ref(user):owner',
          '--description',
          'Takes "money"',
        ],
      ],
    ],
    ['no database', ['--db-layer', 'none', '--features', 'none']],
  ])('of a project with %s makes the same project again', async (_, flags) => {
    const cwd = emptyFolder();
    expect(await create(['orders', ...flags, ...ALONE], { cwd })).toMatchObject({ code: 0 });
    const project = join(cwd, 'orders');
    const saved = await create(['preset', 'save', '../team.json'], { cwd: project });
    expect(saved).toMatchObject({ code: 0, stderr: '' });
    const preset = JSON.parse(readFileSync(join(cwd, 'team.json'), 'utf8'));
    const accepts = new Ajv2020({ strict: false }).compile(SCHEMA);
    expect(accepts(preset), JSON.stringify(accepts.errors)).toBe(true);
    expect(preset).not.toHaveProperty('name');

    const again = emptyFolder();
    expect(await create(['orders', '--preset', join(cwd, 'team.json'), ...ALONE], { cwd: again })).toMatchObject({
      code: 0,
    });
    expect(hashesOf(join(again, 'orders'))).toEqual(hashesOf(project));
    const { origins, presets } = JSON.parse(readFileSync(join(again, 'orders', LOCK_FILE), 'utf8'));
    expect(origins).toMatchObject({ framework: 'preset', features: 'preset' });
    expect(presets).toMatchObject([{ source: 'team.json' }]);
  });

  test('has resources as they are after their changes', async () => {
    const cwd = emptyFolder();
    await create(['orders', '--resource', 'tea name:text', ...ALONE], { cwd });
    const project = join(cwd, 'orders');
    const changed = ['generate', 'resource', 'tea', 'name:text', 'note:text?', '--no-install'];
    expect(await create(changed, { cwd: project })).toMatchObject({ code: 0 });
    await create(['preset', 'save', '../team.json'], { cwd: project });
    const { resources } = JSON.parse(readFileSync(join(cwd, 'team.json'), 'utf8'));
    expect(resources).toEqual(['tea name:text note:text?']);
    expect(await create(['twin', '--preset', 'team.json', ...ALONE], { cwd })).toMatchObject({ code: 0 });
  });

  test('replaces no file, and is nothing without a project', async () => {
    const cwd = emptyFolder();
    expect(await create(['preset', 'save'], { cwd })).toMatchObject({ code: 2, stdout: '' });
    await create(['orders', ...ALONE], { cwd });
    const project = join(cwd, 'orders');
    writeFileSync(join(project, 'preset.json'), 'mine');
    const refused = await create(['preset', 'save', '--json'], { cwd: project });
    expect(refused.code).toBe(3);
    expect(JSON.parse(refused.stdout).problems).toMatchObject([{ code: 'existing-file' }]);
    expect(readFileSync(join(project, 'preset.json'), 'utf8')).toBe('mine');
  });

  test.each([[[]], [['load']], [['save', 'a', 'b']]])('with the words %j is a usage error', async (words) => {
    expect(await create(['preset', ...words], { cwd: emptyFolder() })).toMatchObject({ code: 2, stdout: '' });
  });
});
