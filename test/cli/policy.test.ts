import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LOCK_FILE } from '../../src/model/project-record.ts';
import { create } from './support/command.ts';
import { emptyFolder, hashesOf } from './support/service-folder.ts';
import { createInTerminal, KEY } from './support/terminal.ts';

const POLICY = '.create-api-policy.json';
const ALONE = ['--yes', '--no-install', '--no-git'];
const AUDIT = 'audit_event action:string(100)';

const lockOf = (project: string) => JSON.parse(readFileSync(join(project, LOCK_FILE), 'utf8'));
const write = (path: string, json: object) => writeFileSync(path, JSON.stringify(json));
const words = (text: string) => text.replace(/\s+/g, ' ');
const run = (cwd: string, ...args: readonly string[]) => create([...args, '--no-install', '--allow-dirty'], { cwd });
const check = async (cwd: string, env: NodeJS.ProcessEnv = {}) => {
  const { code, stdout } = await create(['check', '--json'], { cwd, env });
  return { code, ...JSON.parse(stdout) };
};

describe('creating a project', { timeout: 60_000 }, () => {
  test('is refused with every rule that flags break, exit 4, and nothing is written', async () => {
    const cwd = emptyFolder();
    write(join(cwd, POLICY), {
      lock: { framework: 'axum' },
      deny: { database: { mysql: 'we run PostgreSQL' } },
      require: { features: ['docker'] },
    });
    const args = ['orders', '--framework', 'poem', '--database', 'mysql', '--features', 'none', ...ALONE];
    const refused = await create(args, { cwd });
    expect(refused).toMatchObject({ code: 4, stdout: '' });
    const file = join(cwd, POLICY);
    for (const part of [
      `framework is poem, but locked to axum (rule lock.framework of ${file})`,
      `which is denied: we run PostgreSQL (rule deny.database.mysql of ${file})`,
      'features lacks docker, which is required',
    ])
      expect(words(refused.stderr)).toContain(words(part));
    // What is no question of policy comes first, together with it.
    const both = await create([...args, '--auth', 'x', '--json'], { cwd });
    expect([both.code, JSON.parse(both.stdout).problems.map(({ code }: { code: string }) => code)]).toEqual([
      2,
      ['unknown-value', 'policy', 'policy', 'policy'],
    ]);
    expect(Object.keys(hashesOf(cwd))).toEqual([POLICY]);
  });

  test('takes what policies set: the nearest file, those of presets, or that of the variable', async () => {
    const cwd = emptyFolder();
    mkdirSync(join(cwd, 'team/services'), { recursive: true });
    write(join(cwd, POLICY), { lock: { framework: 'loco' } });
    write(join(cwd, 'team', POLICY), { lock: { framework: 'poem' }, require: { resources: [AUDIT] } });
    write(join(cwd, 'preset.json'), {
      framework: 'axum',
      features: [],
      policy: { require: { features: ['openapi'] } },
    });
    const services = join(cwd, 'team/services');
    const args = [...ALONE, '--preset', '../../preset.json'];
    expect(await create(['orders', ...args], { cwd: services })).toMatchObject({ code: 0 });
    const lock = lockOf(join(services, 'orders'));
    expect(lock.answers).toMatchObject({ framework: 'poem', features: ['openapi'], resources: [AUDIT] });
    expect(lock.origins).toMatchObject({
      framework: 'policy',
      features: 'policy',
      resources: 'policy',
      auth: 'default',
    });
    expect(lock.policies.map(({ source }: { source: string }) => source)).toEqual(['preset.json', POLICY]);
    const env = { CREATE_API_POLICY: join(cwd, 'other.json') };
    write(join(cwd, 'other.json'), { lock: { database: 'postgres' } });
    expect(await create(['bills', ...ALONE], { cwd: services, env })).toMatchObject({ code: 0 });
    expect(lockOf(join(services, 'bills')).answers).toMatchObject({ framework: 'axum', database: 'postgres' });
  });

  test.each([
    ['{"lok":{}}', 'lok is not a known key; did you mean lock?'],
    ['[]', 'the manifest is []'],
  ])('with the policy %s is a usage error that names the file and the key', async (text, message) => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, POLICY), text);
    const refused = await create(['orders', ...ALONE], { cwd });
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(words(refused.stderr)).toContain(`${words(join(cwd, POLICY))}: ${message}`);
  });

  test('by an old create-api, or with an old crate, is refused', async () => {
    const cwd = emptyFolder();
    write(join(cwd, POLICY), { minVersions: { createApi: '99.0.0', crates: { axum: '99.0.0' } } });
    expect((await create(['orders', ...ALONE], { cwd })).stderr).toContain('minVersions.createApi');
    write(join(cwd, POLICY), { minVersions: { crates: { axum: '99.0.0' } } });
    const refused = await create(['orders', ...ALONE], { cwd });
    expect(refused.code).toBe(4);
    expect(words(refused.stderr)).toMatch(/Cargo\.lock has axum [\d.]+, which is older than 99\.0\.0/);
  });
});

test('prompts show what is locked, required and denied', { timeout: 60_000 }, async () => {
  const cwd = emptyFolder();
  write(join(cwd, POLICY), {
    about: 'Standard of Acme',
    lock: { framework: 'poem' },
    deny: { database: { mysql: 'we run PostgreSQL' } },
    require: { features: ['openapi'] },
  });
  const session = createInTerminal(['orders', '--no-install', '--no-git'], { cwd });
  await session.see('Standard of Acme');
  await session.see('Description');
  session.press(KEY.enter);
  await session.see('Use the defaults?');
  session.press(KEY.down + KEY.enter);
  await session.see('Web framework');
  await session.see('locked by');
  // The cursor is at the locked one; the others cannot be chosen.
  session.press(KEY.enter);
  await session.see('Database layer');
  session.press(KEY.enter);
  await session.see('we run PostgreSQL');
  session.press(KEY.enter);
  await session.see('Authentication');
  session.press(KEY.enter);
  await session.see('Middleware');
  session.press(KEY.enter);
  await session.see('required by');
  // All or none: what is required stays.
  session.press('a');
  session.press('a');
  session.press(KEY.enter);
  await session.see('Add a resource?');
  session.press(KEY.enter);
  await session.see('Create it?');
  session.press(KEY.enter);
  expect(await session.ended).toBe(0);
  const { answers, origins } = lockOf(join(cwd, 'orders'));
  expect(answers).toMatchObject({ framework: 'poem' });
  expect(answers.features).toContain('openapi');
  expect(origins).toMatchObject({ framework: 'policy', features: 'prompt' });
});

describe('an existing project', { timeout: 120_000 }, () => {
  const project = async (policy: object | null, ...flags: readonly string[]) => {
    const cwd = emptyFolder();
    if (policy !== null) write(join(cwd, POLICY), policy);
    expect(await create(['orders', ...ALONE, ...flags], { cwd })).toMatchObject({ code: 0 });
    return { folder: join(cwd, 'orders'), policy: (json: object) => write(join(cwd, POLICY), json), cwd };
  };

  test('is checked against the policy of its lock, offline and without the file, and that found now', async () => {
    const { folder, cwd, policy } = await project({ require: { features: ['docker'] }, managed: ['src/error.rs'] });
    expect(await check(folder)).toMatchObject({ code: 0, findings: [], policies: [join(cwd, POLICY)] });
    rmSync(join(cwd, POLICY));
    appendFileSync(join(folder, 'src/error.rs'), '// Mine.\n');
    expect(await check(folder)).toMatchObject({
      code: 4,
      policies: [POLICY],
      findings: [{ rule: 'policy', path: 'src/error.rs', policy: { rule: 'managed.src/error.rs', by: POLICY } }],
    });
    policy({ deny: { database: { sqlite: 'it has no replicas' } } });
    const found = await check(folder);
    expect(found).toMatchObject({
      code: 4,
      findings: [{ rule: 'policy', path: LOCK_FILE, policy: { rule: 'deny.database.sqlite', by: join(cwd, POLICY) } }],
    });
    expect(found.findings[0].message).toContain('it has no replicas');
    const sarif = JSON.parse((await create(['check', '--sarif'], { cwd: folder })).stdout);
    expect(sarif.runs[0].results).toMatchObject([{ ruleId: 'policy', level: 'error' }]);
  });

  test('may have waivers, which expire', async () => {
    const { folder, policy } = await project(null);
    const waived = (expires: string) => ({
      deny: { database: { sqlite: 'no' } },
      waivers: [{ rule: 'deny.database.sqlite', reason: 'moves in spring', expires, projects: ['orders'] }],
    });
    policy(waived('9999-12-31'));
    expect(await check(folder)).toMatchObject({
      code: 0,
      ok: true,
      findings: [{ isWaived: true, waiver: { reason: 'moves in spring' } }],
    });
    const sarif = JSON.parse((await create(['check', '--sarif'], { cwd: folder })).stdout);
    expect(sarif.runs[0].results).toMatchObject([
      { level: 'note', suppressions: [{ justification: expect.stringContaining('moves') }] },
    ]);
    const text = await create(['check'], { cwd: folder });
    expect(words(text.stdout)).toContain('waived until 9999-12-31 (moves in spring): database is sqlite');
    policy(waived('2020-01-01'));
    expect(await check(folder)).toMatchObject({
      code: 4,
      expiredWaivers: [{ rule: 'deny.database.sqlite', expires: '2020-01-01' }],
    });
    expect(words((await create(['check'], { cwd: folder })).stdout)).toContain('expired on 2020-01-01');
  });

  test('has drift, exit 6, if no rule is broken', async () => {
    const { folder } = await project({ lock: { framework: 'axum' } });
    appendFileSync(join(folder, 'deny.toml'), '# mine\n');
    expect(await check(folder)).toMatchObject({ code: 6, findings: [{ rule: 'edited-file' }] });
  });

  test('is changed only as the policy allows, and update brings what it requires', async () => {
    const { folder, policy } = await project(null);
    policy({
      lock: { database: 'sqlite' },
      deny: { features: { redis: 'we have no Redis' } },
      require: { features: ['openapi'], middleware: ['cors'], resources: [AUDIT] },
      minVersions: { crates: { jsonwebtoken: '99.0.0' } },
    });
    const before = hashesOf(folder);
    for (const [rule, ...args] of [
      ['deny.features.redis', 'add', 'redis'],
      ['lock.database', 'set', 'database=postgres'],
      ['minVersions.crates.jsonwebtoken', 'add', 'jwt'],
      ['require.middleware.cors', 'remove', 'cors'],
    ] as const) {
      const refused = await run(folder, ...args);
      expect([refused.code, refused.stdout]).toEqual([4, '']);
      expect(words(refused.stderr)).toContain(`rule ${rule} of`);
    }
    expect(hashesOf(folder)).toEqual(before);
    expect((await check(folder)).code).toBe(4);
    // It breaks no rule that was not broken before.
    expect(await run(folder, 'add', 'metrics')).toMatchObject({ code: 0 });
    expect(await run(folder, 'update')).toMatchObject({ code: 0 });
    expect(lockOf(folder).answers).toMatchObject({ resources: [AUDIT], features: expect.arrayContaining(['openapi']) });
    expect(lockOf(folder).origins).toMatchObject({ features: 'policy', resources: 'policy', middleware: 'flag' });
    expect(lockOf(folder).policies).toMatchObject([{ source: POLICY }]);
    expect(await check(folder)).toMatchObject({ code: 0 });
    const settled = hashesOf(folder);
    expect((await run(folder, 'update')).stdout).toContain('nothing to change');
    expect(hashesOf(folder)).toEqual(settled);
  });

  test('is not brought up to date while it breaks a rule that update cannot fulfil', async () => {
    const { folder, policy } = await project(null);
    policy({ deny: { database: { sqlite: 'it has no replicas' } } });
    const before = hashesOf(folder);
    const refused = await run(folder, 'update');
    expect(refused).toMatchObject({ code: 4, stdout: '' });
    expect(words(refused.stderr)).toContain('which is denied: it has no replicas (rule deny.database.sqlite of');
    expect(hashesOf(folder)).toEqual(before);
  });

  test('with a damaged policy in its lock is not trusted, exit 5', async () => {
    const { folder } = await project({ lock: { framework: 'axum' } });
    const lock = lockOf(folder);
    write(join(folder, LOCK_FILE), { ...lock, policies: [{ source: 'x', policy: { lok: 1 } }] });
    expect(await check(folder)).toMatchObject({
      code: 5,
      problems: [{ message: expect.stringContaining('policies[0].policy: lok') }],
    });
  });
});
