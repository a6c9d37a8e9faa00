import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { CLI, create, ENVIRONMENT } from './support/command.ts';
import { emptyFolder, hashesOf } from './support/service-folder.ts';

/** How many commands are killed. */
const KILLS = Number(process.env['KILLS'] ?? 6);

const IDS = ['redis', 'openapi', 'jwt', 'metrics', 'cors', 'docker', 'kubernetes', 'rate-limit'];

function pick<T>(list: readonly [T, ...T[]] | readonly T[]): T {
  return list[Math.floor(Math.random() * list.length)] as T;
}

function randomCommand(): readonly string[] {
  const verb = pick(['add', 'add', 'remove', 'set', 'update']);
  if (verb === 'update') return [verb];
  return verb === 'set' ? ['set', `database=${pick(['sqlite', 'postgres', 'mysql'])}`] : [verb, pick(IDS), pick(IDS)];
}

/** Starts a command and kills it: mostly while it writes, sometimes at any moment. */
async function kill(project: string, command: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [CLI, ...command, '--no-install'], {
    cwd: project,
    env: ENVIRONMENT,
    stdio: 'ignore',
  });
  const closed = once(child, 'close');
  const moment = pick(['new', 'journal.json', 'committed.json', null]);
  if (moment === null) await setTimeout(Math.random() * 500);
  else {
    const sign = join(project, '.create-api-writing', moment);
    while (child.exitCode === null && !existsSync(sign)) await setImmediate();
  }
  child.kill('SIGKILL');
  await closed;
}

test(`commands that are killed, one after the other, leave the project before or after each (${KILLS} times)`, async () => {
  const cwd = emptyFolder();
  const project = join(cwd, 'orders');
  await create(['orders', '--yes', '--no-install', '--no-git'], { cwd });
  for (let count = 0; count < KILLS; count++) {
    const command = randomCommand();
    const whole = join(cwd, 'whole');
    rmSync(whole, { recursive: true, force: true });
    cpSync(project, whole, { recursive: true });
    const before = hashesOf(project);
    await create([...command, '--no-install'], { cwd: whole });
    await kill(project, command);
    // Has nothing to change, but recovers what was interrupted.
    expect(await create(['update', '--no-install'], { cwd: project })).toMatchObject({ code: 0 });
    expect(await create(['check'], { cwd: project })).toMatchObject({ code: 0 });
    for (const name of readdirSync(project)) {
      if (name.startsWith('.create-api-stage-')) rmSync(join(project, name), { recursive: true });
    }
    expect([before, hashesOf(whole)]).toContainEqual(hashesOf(project));
  }
}, 600_000);
