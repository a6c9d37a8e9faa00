import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answers } from '../../src/model/answers.ts';
import { defineConformance } from '../conformance/suite.ts';
import type { Env, Target } from '../conformance/target.ts';
import { describeWith } from '../harness/describe-with.ts';
import { mariadb } from '../harness/mariadb.ts';
import { postgres } from '../harness/postgres.ts';
import { createDatabase, type Server } from '../harness/server.ts';
import { runService, startService } from '../harness/service.ts';
import { cargo, TARGET_DIR } from './cargo.ts';

const CLI = path.join(import.meta.dirname, '../../dist/cli.js');
const ENGINES = { postgres, mysql: mariadb };
const COLD_BUILD_MS = 20 * 60_000;

/** Registers the proof of one project: created by the command line, then built, tested, started and put through the contract. */
export function defineBuiltProject(answers: Answers): void {
  const title = titleOf(answers);
  const engine = ENGINES[answers.database as keyof typeof ENGINES];
  if (engine === undefined) describe(title, () => defineProof(answers, () => null));
  else describeWith(engine, title, (server) => defineProof(answers, server));
}

/** What makes the project special, in a line. */
export function titleOf(answers: Answers): string {
  const structure = [answers.framework, answers.dbLayer, answers.database].filter((id) => id !== null).join(' × ');
  return `${structure} with ${[...answers.middleware, ...answers.features].join(', ') || 'no extras'}`;
}

function defineProof(answers: Answers, server: () => Server | null): void {
  let home = '';
  let databases = 0;
  const project = () => path.join(home, answers.name);

  /** DATABASE_URL of a new, empty database, where there is a server; a file where the database is one. */
  const storage = async (): Promise<Env> => {
    databases += 1;
    const running = server();
    if (running !== null) return { DATABASE_URL: await createDatabase(running, `proof_${databases}`) };
    return answers.database === null ? {} : { DATABASE_URL: `${answers.database}://${home}/${databases}.db` };
  };

  beforeAll(async () => {
    home = await mkdtemp(path.join(tmpdir(), 'create-api-proof-'));
  });
  afterAll(() => rm(home, { recursive: true, force: true }));

  test('is created', () => {
    const list = (ids: readonly string[]) => ids.join(',') || 'none';
    const database = answers.database === null ? [] : ['--database', answers.database];
    const structure = [
      '--framework',
      answers.framework,
      '--db-layer',
      answers.dbLayer,
      ...database,
      '--auth',
      answers.auth,
    ];
    const lists = ['--middleware', list(answers.middleware), '--features', list(answers.features)];
    const args = [CLI, answers.name, '--yes', '--no-git', '--no-install', ...structure, ...lists];
    execFileSync(process.execPath, args, { cwd: home, stdio: 'pipe' });
    expect(existsSync(path.join(project(), 'Cargo.toml'))).toBe(true);
  });

  test('is formatted', () => cargo(['fmt', '--check'], project()), COLD_BUILD_MS);

  test(
    'has no warning, with the lock as it was shipped and no database at hand',
    () => cargo(['clippy', '--locked', '--all-targets', '--', '-D', 'warnings'], project()),
    COLD_BUILD_MS,
  );

  test('passes its own tests', async () => cargo(['test', '--locked'], project(), await storage()), COLD_BUILD_MS);

  if (answers.dbLayer === 'sqlx') {
    test(
      'ships the query data that sqlx itself would write',
      async () => {
        const env = await storage();
        await cargo(['sqlx', 'migrate', 'run'], project(), env).catch(async (error: Error) => {
          // A file database has to be made first; on a server the harness made it.
          if (server() !== null) throw error;
          await cargo(['sqlx', 'database', 'setup'], project(), env);
        });
        await cargo(['sqlx', 'prepare', '--check'], project(), { ...env, SQLX_OFFLINE: 'false' });
      },
      COLD_BUILD_MS,
    );
  }

  const binary = path.join(TARGET_DIR, 'debug', answers.name);
  const target: Target = {
    name: 'the running service',
    features: answers,
    launcher: {
      storage,
      start: (env) => startService({ binary, env, cwd: home }),
      run: (args, env) => runService({ binary, args, env, cwd: home }),
      ...(answers.database !== null && answers.database in ENGINES ? { outage: outageOf(server) } : {}),
    },
  };
  defineConformance(target);
}

/** The outage of a server that is started only when the tests run. */
function outageOf(server: () => Server | null) {
  const outage = () => {
    const found = server()?.outage;
    if (!found) throw new Error('a server that was given by URL cannot be taken away');
    return found;
  };
  return {
    stop: () => outage().stop(),
    start: () => outage().start(),
    pause: () => outage().pause(),
    resume: () => outage().resume(),
  };
}
