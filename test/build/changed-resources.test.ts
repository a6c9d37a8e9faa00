import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answers } from '../../src/model/answers.ts';
import { columnOf, type Field, type Resource } from '../../src/model/resource.ts';
import { currentResources } from '../../src/model/resource-history.ts';
import { printResource } from '../../src/model/resource-syntax.ts';
import { samplesOf } from '../../src/model/samples.ts';
import { supportedCombinations } from '../../src/plan/compatibility.ts';
import { binaryLauncher } from '../conformance/binary-launcher.ts';
import type { Storage } from '../conformance/storage.ts';
import type { Env } from '../conformance/target.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';
import { changedResourcesFor } from '../support/build-resources.ts';
import { cargo, LINTED, lint, removeArtifacts, TARGET_DIR } from '../support/cargo.ts';
import { createProject } from '../support/create-project.ts';
import { defineGeneratedEntities } from '../support/generated-entities.ts';
import { layoutOf, ownMigration } from '../support/own-migration.ts';
import { answersFor, catalog, renderProject } from '../support/projects.ts';
import { oneInTurn } from '../support/sample.ts';
import { provideStorage } from '../support/storage-of.ts';

const CLI = path.join(import.meta.dirname, '../../dist/cli.js');
const BUILD_MS = 20 * 60_000;
const NAME = `changes-on-trial-${process.pid}`;

// Layers do not know frameworks, but one has a layout of its own with a layer.
const [framework] = catalog.parts.framework.map((part) => part.id);
const projects = supportedCombinations(catalog)
  .filter(({ auth }) => auth === 'none')
  .filter(
    (combination) =>
      combination.framework === framework ||
      (combination.framework === 'loco' && combination.dbLayer === 'sea-orm' && combination.database === 'sqlite'),
  )
  .map((combination) =>
    answersFor(combination, { name: NAME, resources: changedResourcesFor(combination).slice(0, 2) }),
  );

for (const answers of oneInTurn(projects)) {
  const title = `changed resources in ${[answers.framework, answers.dbLayer, answers.database].filter(Boolean).join(' × ')}`;
  provideStorage(title, answers, (storage) => defineProof(answers, storage));
}

/** A row as the service shows it. */
type Row = Readonly<Record<string, unknown>>;

function defineProof(answers: Answers, storage: Storage): void {
  const home = temporaryFolder('changes');
  const project = path.join(home, NAME);
  const launcher = binaryLauncher(path.join(TARGET_DIR, 'debug', NAME), storage);
  const history = changedResourcesFor(answers);
  const [first, second] = [history.slice(0, 2), history.slice(2)];
  const rows = new Map<string, Row>();
  let env: Env = {};
  beforeAll(() => removeArtifacts(NAME));
  afterAll(() => removeArtifacts(NAME));

  test(
    'have rows before they are changed',
    async () => {
      createProject(answers, home);
      if (answers.database !== null) writeOwnMigration();
      await cargo(['build', '--locked'], project, LINTED);
      env = await storage.storage();
      await withService(async (url) => {
        rows.set('user', await send(url, 'POST', '/users', { name: 'Ada', email: 'ada@example.com' }, 201));
        for (const resource of first)
          rows.set(resource.singular, await send(url, 'POST', `/${resource.plural}`, bodyOf(resource), 201));
      });
    },
    BUILD_MS,
  );

  test('are changed by the command', () => {
    run('git', ['init', '--quiet']);
    for (const resource of second) {
      commit();
      const words = printResource(resource).split(' ');
      run(process.execPath, [CLI, 'generate', 'resource', ...words, '--yes', '--no-install']);
    }
    commit();
    run(process.execPath, [CLI, 'check']);
    expect(existsSync(path.join(project, 'src/models/specimen.rs'))).toBe(true);
    const lock = JSON.parse(readFileSync(path.join(project, '.create-api/lock.json'), 'utf8'));
    const versions = { '20260101000300': '20261127120001', '20260101000400': '20261127120002' };
    expect(lock.migrations).toEqual(answers.database === null ? undefined : versions);
  }, 60_000);

  test('are formatted', () => cargo(['fmt', '--all', '--check'], project), BUILD_MS);

  test('compile without a warning of rustc or clippy', () => lint(project), BUILD_MS);

  // A service without a database has none left.
  if (answers.database !== null) test('keep their rows, which have what is new', keepTheirRows, 120_000);

  test(
    'pass their tests, which also revert the migrations',
    async () => {
      const output = await cargo(['test', '--locked'], project, { ...LINTED, ...(await storage.storage()) });
      for (const { plural } of second) expect(output).toMatch(new RegExp(`^test ${plural}::.* \\.\\.\\. ok$`, 'm'));
    },
    BUILD_MS,
  );

  defineGeneratedEntities({ ...answers, resources: history }, launcher);

  async function keepTheirRows(): Promise<void> {
    await withService(async (url) => {
      for (const now of currentResources(history)) {
        const before = rows.get(now.singular) ?? {};
        const place = `/${now.plural}/${before['id']}`;
        const kept = Object.fromEntries(
          now.fields.map((field) => [columnOf(field), before[columnOf(field)] ?? null] as const),
        );
        expect(await send(url, 'GET', place)).toEqual({
          ...{ id: before['id'], created_at: before['created_at'], updated_at: before['updated_at'] },
          ...kept,
        });
        // The last sample is the last value of an enum, which it did not have before.
        const body = bodyOf(now, -1);
        expect(await send(url, 'PATCH', place, body)).toMatchObject(body);
        const optional = now.fields.filter((field) => field.optional);
        const cleared = Object.fromEntries(optional.map((field) => [columnOf(field), null]));
        expect(await send(url, 'PATCH', place, cleared)).toMatchObject(cleared);
      }
      const [payment, specimen] = ['payment', 'specimen'].map((singular) => rows.get(singular)?.['id']);
      // A row of which others are a part takes them along, still.
      await send(url, 'DELETE', `/payments/${payment}`, undefined, 204);
      await send(url, 'GET', `/specimens/${specimen}`, undefined, 404);
    });
  }

  /** The owner's, which is applied with the first resources: what changes them comes after it. */
  function writeOwnMigration(): void {
    const down = answers.database === 'mysql' ? 'DROP INDEX own ON payments;' : 'DROP INDEX own;';
    const sql = { up: 'CREATE INDEX own ON payments (currency);', down };
    const paths = renderProject(answers).map((file) => file.path);
    const textOf = (file: string) => readFileSync(path.join(project, file), 'utf8');
    for (const [file, text] of Object.entries(ownMigration(layoutOf(paths), '20261127120000', textOf, sql))) {
      mkdirSync(path.dirname(path.join(project, file)), { recursive: true });
      writeFileSync(path.join(project, file), text);
    }
  }

  async function withService(use: (url: string) => Promise<void>): Promise<void> {
    const service = await launcher.start(env);
    try {
      await use(`${service.baseUrl}/api/v1`);
    } finally {
      await service.stop();
    }
  }

  /** The body of a row with one of the samples of each field; references are to the rows that are there. */
  function bodyOf({ singular, fields }: Resource, sample = 0): Row {
    const valueFor = (field: Field): unknown => {
      if (field.type.kind !== 'ref') {
        const value = samplesOf(field).values.at(sample);
        return typeof value === 'bigint' ? Number(value) : value;
      }
      return field.type.resource === singular
        ? (rows.get(singular)?.['id'] ?? null)
        : rows.get(field.type.resource)?.['id'];
    };
    return Object.fromEntries(fields.map((field) => [columnOf(field), valueFor(field)]));
  }

  function run(program: string, args: readonly string[]): void {
    const env = { ...process.env, CI: 'true' };
    const { status, stdout, stderr } = spawnSync(program, [...args], { cwd: project, encoding: 'utf8', env });
    if (status !== 0) throw new Error(`${program} ${args.join(' ')} exited ${status}:\n${stdout}${stderr}`);
  }

  function commit(): void {
    run('git', ['add', '--all']);
    run('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.com', 'commit', '--quiet', '--message', 'Change']);
  }
}

/** Sends a request. Returns the body of the response; throws with it if the status is another one. */
async function send(url: string, method: string, target: string, body?: Row, status = 200): Promise<Row> {
  const response = await fetch(url + target, {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (response.status !== status) throw new Error(`${method} ${target} got ${response.status}: ${text}`);
  return text === '' ? {} : JSON.parse(text);
}
