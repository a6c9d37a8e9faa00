import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { build } from 'esbuild';
import { beforeAll, expect, test } from 'vitest';
import { holdFolder } from '../../src/project/transaction.ts';
import { contentsOf, temporaryFolder } from '../unit/project/temporary-folder.ts';

/** How many processes are killed. */
const KILLS = Number(process.env['KILLS'] ?? 12);

let code = '';
beforeAll(async () => {
  const entryPoints = [join(import.meta.dirname, 'counting-process.ts')];
  const bundle = await build({ entryPoints, bundle: true, write: false, platform: 'node', format: 'esm' });
  code = bundle.outputFiles[0]?.text ?? '';
});

function count(root: string, times: number): ChildProcess {
  const words = ['--input-type=module', '--eval', code, '--', root, `${times}`];
  return spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** The number that every file of the project has; fails if they differ. */
function numberIn(root: string): number {
  const { a = '0', 'g/h': other = null, ...rest } = contentsOf(root);
  const number = Number(a);
  const files = number === 0 ? {} : { b: '<folder>', 'b/c': a, d: '<folder>', 'd/e': '<folder>', 'd/e/f': a };
  const isThere = number > 0 && number % 2 === 0;
  expect({ ...rest, other }).toEqual({ ...files, ...(isThere && { g: '<folder>' }), other: isThere ? a : null });
  return number;
}

/** Removes what killed processes left before they held the folder, as a run does ten minutes later. */
function sweep(root: string): void {
  for (const name of readdirSync(root)) {
    if (name.startsWith('.create-api-stage-')) rmSync(join(root, name), { recursive: true });
  }
}

test(`a process that is killed at any moment leaves the project before or after its change (${KILLS} times)`, async () => {
  const root = temporaryFolder();
  for (let kill = 0; kill < KILLS; kill++) {
    const before = numberIn(root);
    const child = count(root, 1_000_000);
    let done = 0;
    child.stdout?.on('data', (dots: Buffer) => {
      done += dots.length;
    });
    await once(child.stdout as NonNullable<ChildProcess['stdout']>, 'data');
    await setTimeout(Math.random() * 30);
    child.kill('SIGKILL');
    await once(child, 'close');
    holdFolder(root).release();
    sweep(root);
    // The last change may have been made and not been told.
    expect([before + done, before + done + 1]).toContain(numberIn(root));
  }
});

test('of processes that change a project at once, each has its turn, and no change is lost', async () => {
  const root = temporaryFolder();
  const children = [1, 2, 3].map(() => count(root, 10));
  const ends = await Promise.all(children.map((child) => once(child, 'close')));
  expect(ends.map(([exit]) => exit)).toEqual([0, 0, 0]);
  sweep(root);
  expect(numberIn(root)).toBe(30);
});
