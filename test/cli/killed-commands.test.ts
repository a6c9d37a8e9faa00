import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Answers } from '../../src/model/answers.ts';
import { LOCK_FILE } from '../../src/model/project-record.ts';
import { CLI, create, ENVIRONMENT } from './support/command.ts';
import { emptyFolder, hashesOf } from './support/service-folder.ts';

/** How many commands are killed with each seed. */
const KILLS = Number(process.env['KILLS'] ?? 6);

/** Decides on commands and moments. The title of a failed test has it: `KILL_SEED=<seed>` runs the same again. */
const SEED = Number(process.env['KILL_SEED'] ?? Date.now() % 2 ** 31);

/** Seeds that once found a failure: add each with its fix. */
const SEEDS: readonly number[] = [];

/** Phases of writing, the last one first, by what is in the staging folder. */
const PHASES = ['committed.json', 'journal.json', 'new'] as const;
type Phase = (typeof PHASES)[number];

interface Kill {
  /** What is added, or removed if the project has it, or set unless the project has it. */
  readonly id: string;
  /** The phase to wait for; `null` for a number of milliseconds. */
  readonly phase: Phase | null;
  readonly delay: number;
}

const kills: fc.Arbitrary<Kill> = fc.record({
  id: fc.constantFrom(...['redis', 'openapi', 'jwt', 'metrics', 'cors', 'kubernetes', 'postgres', 'mysql']),
  phase: fc.constantFrom(...PHASES, null),
  delay: fc.integer({ min: 0, max: 500 }),
});

/** A command that changes a project as it is now. */
function commandFor(project: string, id: string): readonly string[] {
  const { answers }: { answers: Answers } = JSON.parse(readFileSync(join(project, LOCK_FILE), 'utf8'));
  const isChosen = [answers.auth, answers.middleware, answers.features].flat().includes(id);
  if (!['postgres', 'mysql'].includes(id)) return [isChosen ? 'remove' : 'add', id];
  return ['set', `database=${answers.database === id ? 'sqlite' : id}`];
}

/** Starts a command, kills it, and returns the phase of writing that it was in; `null` if it was not writing. */
async function kill(project: string, command: readonly string[], { phase, delay }: Kill): Promise<Phase | null> {
  const child = spawn(process.execPath, [CLI, ...command, '--no-install'], {
    cwd: project,
    env: ENVIRONMENT,
    stdio: 'ignore',
  });
  const closed = once(child, 'close');
  const stage = join(project, '.create-api-writing');
  if (phase === null) await setTimeout(delay);
  else while (child.exitCode === null && !existsSync(join(stage, phase))) await setImmediate();
  child.kill('SIGKILL');
  await closed;
  return PHASES.find((each) => existsSync(join(stage, each))) ?? null;
}

describe('commands that are killed, one after the other, leave the project before or after each', () => {
  test.each([...SEEDS, SEED])(
    `(${KILLS} times, KILL_SEED=%i)`,
    async (seed) => {
      const cwd = emptyFolder();
      const project = join(cwd, 'orders');
      await create(['orders', '--yes', '--no-install', '--no-git'], { cwd });
      const landed = new Map<Phase | null, number>();
      for (const each of fc.sample(kills, { numRuns: KILLS, seed })) {
        const command = commandFor(project, each.id);
        const whole = join(cwd, 'whole');
        rmSync(whole, { recursive: true, force: true });
        cpSync(project, whole, { recursive: true });
        const before = hashesOf(project);
        await create([...command, '--no-install'], { cwd: whole });
        const phase = await kill(project, command, each);
        landed.set(phase, (landed.get(phase) ?? 0) + 1);
        // Has nothing to change, but recovers what was interrupted.
        expect(await create(['update', '--no-install'], { cwd: project })).toMatchObject({ code: 0 });
        expect(await create(['check'], { cwd: project })).toMatchObject({ code: 0 });
        for (const name of readdirSync(project)) {
          if (name.startsWith('.create-api-stage-')) rmSync(join(project, name), { recursive: true });
        }
        expect([before, hashesOf(whole)]).toContainEqual(hashesOf(project));
      }
      // Otherwise nothing was tested.
      const inWriting = PHASES.reduce((sum, phase) => sum + (landed.get(phase) ?? 0), 0);
      expect(inWriting, `kills by phase: ${JSON.stringify([...landed])}`).toBeGreaterThan(0);
      if (KILLS >= 100) for (const phase of PHASES) expect(landed.get(phase) ?? 0, phase).toBeGreaterThan(0);
    },
    Math.max(600_000, KILLS * 10_000),
  );
});
