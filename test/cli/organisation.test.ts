import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { LOCK_FILE } from '../../src/model/project-record.ts';
import { create } from './support/command.ts';
import { git } from './support/earlier-release.ts';
import { exactHashesOf, folderOfFile } from './support/service-folder.ts';

/**
 * What a platform team goes through with its services, in this order: each test starts where the one before it ended.
 *
 *     acme/.create-api-policy.json   the policy of all that is below
 *     acme/standard/                 a repository with the preset and the pack
 *     acme/services/                 a repository for each service
 */
const acme = join(folderOfFile(), 'acme');
const standard = join(acme, 'standard');
const services = join(acme, 'services');
const orders = join(services, 'orders');

const FRAMEWORKS = ['axum', 'actix-web', 'poem', 'loco'];
const MIDDLEWARE = 'src/middleware/company_log.rs';
const BRANCH = 'standard-2';

const text = (...path: readonly string[]) => readFileSync(join(...path), 'utf8');
const run = (cwd: string, ...args: readonly string[]) => create(args, { cwd });
const json = async (cwd: string, ...args: readonly string[]) => {
  const { code, stdout } = await create([...args, '--json'], { cwd });
  return { code, ...JSON.parse(stdout) };
};

function commit(repository: string, message: string): string {
  git(repository, 'add', '--all');
  git(repository, 'commit', '--quiet', '--message', message);
  return git(repository, 'rev-parse', 'HEAD').trim();
}

/** The source of something in the repository of the standard, at a commit. */
const source = (hash: string, path: string) => `git+${pathToFileURL(standard)}#${hash}:${path}`;
const sources = { preset: '' };

describe('an organisation', { timeout: 1_200_000 }, () => {
  const names = Array.from({ length: 20 }, (_, index) => `service-${String(index + 1).padStart(2, '0')}`);
  const own = 'service-07';
  let next = '';

  test('publishes its standard', async () => {
    cpSync(join(import.meta.dirname, '../organisation'), standard, { recursive: true });
    mkdirSync(services);
    renameSync(join(standard, '.create-api-policy.json'), join(acme, '.create-api-policy.json'));
    git(standard, 'init', '--quiet');
    const hash = commit(standard, 'The standard');
    Object.assign(sources, { preset: source(hash, 'preset.json') });
    expect(await run(acme, 'pack', 'check', 'standard/pack')).toMatchObject({ code: 0 });
  });

  test('creates a service, which has everything that the standard brings', async () => {
    expect(await run(services, 'orders', '--preset', sources.preset, '--yes', '--no-install')).toMatchObject({
      code: 0,
    });
    expect(text(orders, 'LICENSE')).toContain('orders: Copyright ACME GmbH');
    expect(text(orders, 'src/routes/mod.rs')).toContain('from_fn(middleware::company_log::write)');
    expect(text(orders, 'docs/runbook.md')).toContain('# Runbook of orders');
    expect(text(orders, 'src/models/audit_event.rs')).toContain('pub struct AuditEvent');
    const { answers, origins, packs, presets, policies } = JSON.parse(text(orders, LOCK_FILE));
    expect(answers).toMatchObject({ database: 'postgres', features: expect.arrayContaining(['openapi', 'runbook']) });
    expect(origins).toMatchObject({ database: 'preset', dbLayer: 'policy', auth: 'default' });
    expect([packs.length, presets.length, policies.length]).toEqual([1, 1, 1]);
  });

  test('refuses flags that break a rule, and says who set it', async () => {
    const flags = ['--database', 'mysql', '--features', 'none', '--yes', '--no-install'];
    const refused = await json(services, 'refunds', '--preset', sources.preset, ...flags);
    expect(refused.code).toBe(4);
    const rules = refused.problems.map(({ message }: { message: string }) =>
      /rule (\S+) of (\S+)\)/.exec(message)?.slice(1),
    );
    const by = join(acme, '.create-api-policy.json');
    expect(rules).toEqual([
      ['deny.database.mysql', by],
      ['require.features.runbook', by],
    ]);
    expect(existsSync(join(services, 'refunds'))).toBe(false);
  });

  test('detects drift', async () => {
    expect(await json(orders, 'check')).toMatchObject({ code: 0, findings: [] });
    writeFileSync(join(orders, 'LICENSE'), 'MIT\n');
    expect(await json(orders, 'check')).toMatchObject({
      code: 6,
      findings: [{ rule: 'edited-file', path: 'LICENSE' }],
    });
    writeFileSync(join(orders, 'deny.toml'), '# Allows everything.\n');
    expect(await json(orders, 'check')).toMatchObject({
      code: 4,
      findings: expect.arrayContaining([
        expect.objectContaining({ policy: expect.objectContaining({ rule: 'managed.deny.toml' }) }),
      ]),
    });
    git(orders, 'restore', '.');
  });

  test('creates 20 services in all of its frameworks', async () => {
    for (const [index, name] of names.entries()) {
      const framework = FRAMEWORKS[index % FRAMEWORKS.length] ?? '';
      const flags = ['--preset', sources.preset, '--framework', framework, '--yes', '--no-install'];
      expect(await run(services, name, ...flags), name).toMatchObject({ code: 0 });
      expect(text(services, name, MIDDLEWARE)).toContain('env!("CARGO_PKG_NAME")');
    }
    writeFileSync(join(services, 'services.txt'), `${names.join('\n')}\n`);
    expect(await json(services, 'fleet', 'check', 'services.txt')).toMatchObject({ code: 0, ok: true });
  });

  test('upgrades its pack, which changes no service by itself', async () => {
    replace(join(standard, 'pack/base/files/LICENSE.hbs'), 'ACME GmbH', 'ACME SE');
    replace(join(standard, 'pack/base/files/AGENTS.md'), 'Ask the platform team', 'Ask in #platform');
    next = source(commit(standard, 'The next standard'), 'pack');
    expect(await json(services, 'fleet', 'check', 'services.txt')).toMatchObject({ code: 0 });
  });

  test('updates all of them but one in conflict, on a branch of each', async () => {
    // What the owners of two of them edited: somewhere else, and in the same place.
    writeFileSync(join(services, 'service-01', MIDDLEWARE), `${text(services, 'service-01', MIDDLEWARE)}// Ours.\n`);
    commit(join(services, 'service-01'), 'Our middleware');
    replace(join(services, own, 'AGENTS.md'), 'Ask the platform team', 'Ask us');
    commit(join(services, own), 'Our agents');
    const workTrees = () => names.map((name) => exactHashesOf(join(services, name)));
    const before = workTrees();
    const update = ['fleet', 'update', 'services.txt', '--pack', next, '--branch', BRANCH, '--no-install'];
    const updated = await json(services, ...update);
    expect(updated.code).toBe(3);
    const results = updated.services.map(({ service, result }: { service: string; result: string }) => [
      service,
      result,
    ]);
    expect(results).toEqual(names.map((name) => [name, name === own ? 'conflict' : 'updated']));
    expect(JSON.stringify(updated.services.find(({ service }: { service: string }) => service === own))).toContain(
      'AGENTS.md',
    );
    expect(workTrees()).toEqual(before);
    for (const name of names.filter((each) => each !== own)) {
      const repository = join(services, name);
      expect(git(repository, 'rev-list', '--count', `HEAD..${BRANCH}`)).toBe('1');
      expect(git(repository, 'show', `${BRANCH}:LICENSE`)).toBe(`${name}: Copyright ACME SE. All rights reserved.`);
    }
    expect(git(join(services, 'service-01'), 'show', `${BRANCH}:${MIDDLEWARE}`)).toContain('// Ours.');
    expect((await run(services, ...update)).stdout).toContain('up to date');
  });

  test('settles the conflict by hand, and all services follow the new standard', async () => {
    const flags = ['--pack', next, '--mark-conflicts', '--no-install'];
    expect(await run(join(services, own), 'update', ...flags)).toMatchObject({ code: 3 });
    writeFileSync(join(services, own, 'AGENTS.md'), '# For agents\n\nAsk us, or in #platform.\n');
    expect(await run(join(services, own), 'continue', '--no-install')).toMatchObject({ code: 0 });
    for (const name of names.filter((each) => each !== own)) git(join(services, name), 'merge', '--quiet', BRANCH);
    expect(await json(services, 'fleet', 'check', 'services.txt')).toMatchObject({ code: 0, ok: true });
    const versions = names.map((name) => JSON.parse(text(services, name, LOCK_FILE)).packs[0].source);
    expect(new Set(versions)).toEqual(new Set([next]));
  });
});

function replace(file: string, from: string, to: string): void {
  writeFileSync(file, text(file).replace(from, to));
}
