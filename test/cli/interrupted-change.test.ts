import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CLI, create, ENVIRONMENT, finish } from './support/command.ts';
import { emptyFolder, hashesOf } from './support/service-folder.ts';

async function project(): Promise<string> {
  const cwd = emptyFolder();
  await create(['orders', '--yes', '--no-install', '--no-git'], { cwd });
  return join(cwd, 'orders');
}

const add = (cwd: string, id: string) => create(['add', id, '--no-install'], { cwd });

test('of two commands at once in one project, each is done whole or refused, and at least one is done', {
  timeout: 120_000,
}, async () => {
  const cwd = await project();
  const [metrics, redis] = await Promise.all([add(cwd, 'metrics'), add(cwd, 'redis')]);
  const codes = [metrics.code, redis.code];
  expect(codes.filter((code) => code !== 0 && code !== 3)).toEqual([]);
  expect(codes).toContain(0);
  expect(await create(['check'], { cwd })).toMatchObject({ code: 0 });
  // What was refused can be done now, and both are as if they had been made one after the other.
  for (const id of ['metrics', 'redis']) expect(await add(cwd, id)).toMatchObject({ code: 0 });
  const other = await project();
  for (const id of ['metrics', 'redis']) await add(other, id);
  expect(hashesOf(cwd)).toEqual(hashesOf(other));
});

test.skipIf(process.platform === 'win32')(
  'a disk that takes no more leaves the project as it was, exit 1',
  async () => {
    const cwd = await project();
    const before = hashesOf(cwd);
    // Files of the shell's children may have 50 blocks, fewer than the base needs.
    const words = ['-c', 'ulimit -f 50; exec "$@"', 'sh', process.execPath, CLI, 'add', 'metrics', '--no-install'];
    const full = await finish(spawn('sh', words, { cwd, env: ENVIRONMENT, stdio: ['ignore', 'pipe', 'pipe'] }));
    expect(full).toMatchObject({ code: 1, stdout: '' });
    expect(full.stderr).toContain('error');
    expect(full.stderr).not.toContain('bug in create-api');
    expect(hashesOf(cwd)).toEqual(before);
    expect(await add(cwd, 'metrics')).toMatchObject({ code: 0 });
  },
);
