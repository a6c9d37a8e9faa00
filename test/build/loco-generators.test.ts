import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { Answers } from '../../src/model/answers.ts';
import { startService } from '../harness/service.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';
import { paymentOf } from '../support/build-resources.ts';
import { BUILD_ENV, cargo, LINTED, lint, removeArtifacts, TARGET_DIR } from '../support/cargo.ts';
import { createProject } from '../support/create-project.ts';
import { answersFor } from '../support/projects.ts';
import { sampled } from '../support/sample.ts';
import { describeWithTools } from '../support/tools.ts';

const BUILD_MS = 20 * 60_000;
const NAME = `service-on-trial-${process.pid}`;
const ID = '0197a3f0-0000-7000-8000-000000000000';
const SEA_ORM = { name: 'sea-orm-cli', install: 'cargo install sea-orm-cli' };

/** What a generator adds, and the tests that come with it. */
interface Generator {
  readonly command: readonly string[];
  readonly files: readonly string[];
  readonly tests: readonly string[];
}

const GENERATORS: readonly Generator[] = [
  {
    command: ['controller', 'guide', 'index', 'show_all', 'create'],
    files: ['src/controllers/guide.rs', 'tests/api/guide.rs'],
    tests: ['guide::the_index_responds', 'guide::show_all_responds', 'guide::create_responds'],
  },
  {
    command: ['task', 'clean_up'],
    files: ['src/tasks/clean_up.rs', 'tests/api/clean_up_task.rs'],
    tests: ['clean_up_task::the_task_runs'],
  },
  {
    command: ['worker', 'thumbnail'],
    files: ['src/workers/thumbnail.rs', 'tests/api/thumbnail_worker.rs'],
    tests: ['thumbnail_worker::the_job_succeeds'],
  },
  {
    command: ['mailer', 'invitation'],
    files: ['src/mailers/invitation.rs', 'src/mailers/invitation/welcome/html.t'],
    tests: [],
  },
  {
    command: ['data', 'country'],
    files: ['src/data/country.rs', 'data/country/data.json'],
    tests: ['data::country::tests::test_access'],
  },
  { command: ['scheduler'], files: ['config/scheduler.yaml'], tests: [] },
  { command: ['deployment', 'nginx'], files: ['nginx/default.conf'], tests: [] },
  { command: ['deployment', 'docker'], files: ['Dockerfile'], tests: [] },
];

/** A field of every type with a format or a module of its own. */
const TYPES = [
  ...['due:date_time', 'at:tstz!', 'on:date', 'open:time', 'price:decimal!', 'token:uuid!', 'meta:json!'],
  'state:enum:draft,done!',
];

/** Those for tables, which also migrate the database and generate its entities. */
const DATABASE_GENERATORS: readonly Generator[] = [
  {
    command: ['model', 'posts', 'title:string!', 'hits:int'],
    files: ['src/models/_entities/posts.rs', 'src/models/posts.rs', 'tests/api/posts_model.rs'],
    tests: ['posts_model::the_entity_matches_its_table'],
  },
  {
    command: ['migration', 'AddBodyToPosts', 'body:text'],
    files: ['migration/src/lib.rs'],
    tests: ['posts_model::the_entity_matches_its_table'],
  },
  {
    command: ['scaffold', 'notes', 'text:string!', 'rating:int', ...TYPES],
    files: ['src/dtos/notes.rs', 'src/controllers/notes.rs', 'src/models/_entities/notes.rs'],
    tests: ['notes_model::the_entity_matches_its_table'],
  },
];

/** Two of each, since the second is added to a file that has one. */
const AGAIN = [
  ['controller', 'orders'],
  ['task', 'warm_up'],
  ['worker', 'report'],
];

const none = { framework: 'loco', dbLayer: 'none', database: null, auth: 'none' };
const database = { framework: 'loco', dbLayer: 'sea-orm', database: 'sqlite', auth: 'jwt' };

const projects = [
  {
    title: 'no database',
    answers: answersFor(none, { middleware: [], features: [] }),
    tools: [],
    generators: GENERATORS,
  },
  {
    title: 'a database, sign-in and a document',
    answers: answersFor(database, { middleware: [], features: ['openapi'], resources: [paymentOf('jwt')] }),
    tools: [SEA_ORM],
    // Those for tables compile the project, which then must not have a crate that is not in its lock.
    generators: [...DATABASE_GENERATORS, ...GENERATORS],
  },
];
const sample = sampled(projects);
// Also a sample has one of them.
const chosen = sample.length > 0 ? sample : projects.slice(-1);

for (const { title, answers, tools, generators } of chosen) {
  describeWithTools(tools, `in a project with ${title}, what the generators of Loco add`, () =>
    defineProject(answers, generators),
  );
}

function defineProject(answers: Answers, generators: readonly Generator[]): void {
  let project = '';
  const environment = { JWT_KEYS: `a:${'x'.repeat(32)}`, DATABASE_URL: 'sqlite://app.db' };
  const generate = (...command: readonly string[]) =>
    execFileSync(path.join(TARGET_DIR, 'debug', NAME), ['generate', ...command], {
      cwd: project,
      env: { ...process.env, ...BUILD_ENV, ...LINTED, ...environment },
      encoding: 'utf8',
    });

  beforeAll(async () => {
    await removeArtifacts(NAME);
    project = createProject({ ...answers, name: NAME } satisfies Answers, temporaryFolder('generators'));
    await cargo(['build', '--locked'], project, LINTED);
    for (const { command } of generators) generate(...command);
    for (const command of AGAIN) generate(...command);
    // The generator of mailers adds a crate that Loco has, too.
    await cargo(['update', '--workspace', '--offline'], project);
  }, BUILD_MS);

  test.each(generators)('$command is complete', ({ files }) => {
    for (const file of files) expect(readFileSync(path.join(project, file), 'utf8')).not.toBe('');
  });

  test('is formatted', () => cargo(['fmt', '--all', '--check'], project));

  test('compiles without a warning of rustc or clippy', () => lint(project), BUILD_MS);

  test(
    'passes its tests',
    async () => {
      const output = await cargo(['test', '--locked'], project, { ...LINTED, ...environment });
      for (const name of generators.flatMap(({ tests }) => tests)) expect(output).toContain(`test ${name} ... ok`);
    },
    BUILD_MS,
  );

  test(
    'runs',
    async () => {
      const run = (...words: readonly string[]) => cargo(['loco', ...words], project, { ...LINTED, ...environment });
      expect(await run('routes')).toMatch(/\/api\/v1\/guides\/show_all/);
      expect(await run('task', 'clean_up')).toMatch(/^clean_up$/m);
      if (answers.database !== null) {
        await run('db', 'seed');
        await expect(run('db', 'seed')).rejects.toThrow(/conflicts with existing data/);
      }
      expect(await run('scheduler', '--config', 'config/scheduler.yaml', '--list')).toMatch(/greet/);
    },
    BUILD_MS,
  );

  if (answers.database !== null) {
    test('serves the rows of a scaffolded table', async () => {
      const cwd = temporaryFolder('scaffolded');
      const service = await startService({ binary: path.join(TARGET_DIR, 'debug', NAME), env: environment, cwd });
      const send = async (method: string, target: string, body?: unknown, token = '') => {
        const response = await fetch(`${service.baseUrl}/api/v1${target}`, {
          method,
          headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        });
        return { status: response.status, body: await response.json() };
      };
      try {
        const signIn = { email: 'ada@example.com', password: 'correct horse battery' };
        await send('POST', '/auth/register', { ...signIn, name: 'Ada' });
        const login = await send('POST', '/auth/login', signIn);
        const { access_token: token } = login.body as { access_token: string };
        const values = { price: '1.50', token: ID, meta: {}, state: 'draft' };
        const note = { text: 'Tea at four', at: '2026-01-01T16:00:00Z', ...values };
        expect(await send('POST', '/notes', note)).toMatchObject({ status: 401 });
        expect(await send('POST', '/notes', note, token)).toMatchObject({
          status: 201,
          body: { id: 1, state: 'draft' },
        });
        const list = { data: [{ id: 1, text: 'Tea at four' }], total: 1 };
        expect(await send('GET', '/notes', undefined, token)).toMatchObject({ status: 200, body: list });
        // Its ids are numbers, so they are not among those after which a list may start.
        const refused = { status: 400, body: { detail: 'after is unknown' } };
        expect(await send('GET', `/notes?after=${ID}`, undefined, token)).toMatchObject(refused);
      } finally {
        await service.stop();
      }
    }, 60_000);
  }
}
