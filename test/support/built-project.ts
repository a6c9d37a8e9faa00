import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answers } from '../../src/model/answers.ts';
import { binaryLauncher } from '../conformance/binary-launcher.ts';
import type { Storage } from '../conformance/storage.ts';
import { defineConformance } from '../conformance/suite.ts';
import { cargo, LINTED, lint, removeArtifacts, TARGET_DIR } from './cargo.ts';
import { createProject } from './create-project.ts';
import { defineFuzzing } from './fuzz.ts';
import { defineGeneratedEntities } from './generated-entities.ts';
import { runTestsInHostileEnvironment } from './hostile-environment.ts';
import { provideStorage } from './storage-of.ts';

declare module 'vitest' {
  interface TaskMeta {
    /** How many tests of its own a generated project ran. */
    ownTests?: number;
  }
}

/**
 * Unlike the names in the README, so that somebody who ends their own service by name does not end this one. Unique per
 * process, so that runs that share a target folder do not take each other's binary.
 */
const NAME = `service-on-trial-${process.pid}`;
const COLD_BUILD_MS = 20 * 60_000;
/** A project may have been changed many times. */
const CREATION_MS = 5 * 60_000;

/** Makes a project with these answers in a folder of its name below `home`. */
type MakeProject = (answers: Answers, home: string) => void;

/**
 * Registers the proof of one project: the command line creates it, or `make` does; then it is built, tested, started and
 * put through the contract, to which its packs add `operations`.
 */
export function defineBuiltProject(
  answers: Answers,
  make: MakeProject = createProject,
  operations: readonly string[] = [],
): void {
  provideStorage(titleOf(answers), answers, (storage) =>
    defineProof({ ...answers, name: NAME }, storage, make, operations),
  );
}

/** The project's choices in one line. */
function titleOf(answers: Answers): string {
  const { framework, dbLayer, database, auth } = answers;
  const structure = [framework, dbLayer, database, auth].filter((id) => id !== null).join(' × ');
  const extras = [...answers.middleware, ...answers.features, ...answers.resources.map(({ plural }) => plural)];
  return `${structure} with ${extras.join(', ') || 'no extras'}`;
}

function defineProof(answers: Answers, storage: Storage, make: MakeProject, operations: readonly string[]): void {
  let home = '';
  const project = () => path.join(home, answers.name);
  const binary = path.join(TARGET_DIR, 'debug', answers.name);
  beforeAll(async () => {
    home = await mkdtemp(path.join(tmpdir(), 'create-api-proof-'));
    // If the build fails, no earlier binary may be left for the contract to be tested on.
    await removeArtifacts(answers.name);
  });
  afterAll(async () => {
    await removeArtifacts(answers.name);
    await rm(home, { recursive: true, force: true });
  });

  test('is created', { timeout: CREATION_MS }, () => {
    make(answers, home);
    expect(existsSync(path.join(project(), 'Cargo.toml'))).toBe(true);
  });

  test('is formatted', () => cargo(['fmt', '--check'], project()), COLD_BUILD_MS);

  test(
    'compiles without a warning of rustc or clippy, with the lock as it was shipped and no database at hand',
    () => lint(project()),
    COLD_BUILD_MS,
  );

  test(
    'passes its own tests',
    async ({ task }) => {
      const output = await cargo(['test', '--locked'], project(), { ...LINTED, ...(await storage.storage()) });
      const passed = [...output.matchAll(/^test result: ok\. (\d+) passed/gm)].map((match) => Number(match[1]));
      task.meta.ownTests = passed.reduce((sum, count) => sum + count, 0);
      expect(task.meta.ownTests).toBeGreaterThan(0);
    },
    COLD_BUILD_MS,
  );

  test(
    'passes them whatever the environment is',
    async () => runTestsInHostileEnvironment(project(), await storage.storage()),
    COLD_BUILD_MS,
  );

  const features = { ...answers, operations };
  const service = { name: 'the running service', features, launcher: binaryLauncher(binary, storage) };
  defineConformance(service);
  defineGeneratedEntities(answers, service.launcher);
  if (answers.features.includes('openapi')) defineFuzzing(service);
}
