import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { BASE_FILE, LOCK_FILE, PACKS_FILE } from '../../src/model/project-record.ts';
import { guideSteps } from '../support/pack-guide.ts';
import { npmEnvironment } from '../support/registry.ts';
import { create } from './support/command.ts';
import { emptyFolder } from './support/service-folder.ts';

/** The pack of an example organisation. */
const ACME = join(import.meta.dirname, '../organisation/pack');

const git = (cwd: string, ...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.com', ...args], {
    cwd,
    encoding: 'utf8',
  }).trim();

/** A folder with a copy of the organisation's pack, in `acme`. */
function workplace(): string {
  const cwd = emptyFolder();
  cpSync(ACME, join(cwd, 'acme'), { recursive: true });
  return cwd;
}

/** A repository with the organisation's pack and other files, and the source of the pack in its commit. */
function published(cwd: string, files: Readonly<Record<string, string>> = {}) {
  const repository = join(cwd, 'standards');
  cpSync(ACME, join(repository, 'packs/acme'), { recursive: true });
  write(repository, files);
  git(repository, 'init', '--quiet');
  git(repository, 'add', '--all');
  git(repository, 'commit', '--quiet', '--message', 'The pack');
  const commit = git(repository, 'rev-parse', 'HEAD');
  return { repository, source: `git+${pathToFileURL(repository)}#${commit}:packs/acme` };
}

function write(folder: string, files: Readonly<Record<string, string | object>>): string {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}

const service = (cwd: string, ...flags: readonly string[]) =>
  create(['orders', '--yes', '--no-install', '--no-git', ...flags], { cwd });
const text = (...path: readonly string[]) => readFileSync(join(...path), 'utf8');
const lockOf = (project: string) => JSON.parse(text(project, LOCK_FILE));
const manifest = (name: string, more: object = {}) => ({ formatVersion: 1, minCli: '0.2.0', name, ...more });

describe('a service of an organisation', { timeout: 600_000 }, () => {
  test('has what its pack brings, and can be changed, checked and brought to the next version', async () => {
    const cwd = workplace();
    expect(await service(cwd, '--pack', 'acme')).toMatchObject({ code: 0 });
    const project = join(cwd, 'orders');
    expect(text(project, 'LICENSE')).toBe('orders: Copyright ACME GmbH. All rights reserved.\n');
    expect(text(project, 'AGENTS.md')).toContain('Ask the platform team');
    expect(text(project, 'src/routes/mod.rs')).toContain('from_fn(middleware::company_log::write)');
    expect(text(project, 'src/models/audit_event.rs')).toContain('actor');
    expect(text(project, 'docs/runbook.md')).toContain('# Runbook of orders');
    expect(lockOf(project)).toMatchObject({
      formatVersion: 2,
      packs: [{ name: 'acme', source: '../acme', integrity: expect.stringMatching(/^sha256-/) }],
      answers: { resources: ['audit_event action:string(100) actor:string(100):index'] },
    });
    expect(await create(['check'], { cwd: project })).toMatchObject({ code: 0 });

    // A required feature that is removed, and edits.
    expect(await create(['remove', 'runbook', '--no-install'], { cwd: project })).toMatchObject({ code: 0 });
    expect(await create(['add', 'runbook', '--no-install'], { cwd: project })).toMatchObject({ code: 0 });
    appendFileSync(join(project, 'src/middleware/company_log.rs'), '// Ours.\n');
    writeFileSync(join(project, 'LICENSE'), 'MIT\n');
    const drift = await create(['check', '--json'], { cwd: project });
    expect(drift.code).toBe(6);
    expect(JSON.parse(drift.stdout).findings).toMatchObject([{ rule: 'edited-file', path: 'LICENSE' }]);
    writeFileSync(join(project, 'LICENSE'), 'orders: Copyright ACME GmbH. All rights reserved.\n');

    // The next version of the pack: nobody gets it unasked.
    const acme = join(cwd, 'acme');
    const next = { ...JSON.parse(text(acme, 'pack.json')) };
    next.resources = ['tenant name:string(50):unique', ...next.resources];
    write(acme, {
      'pack.json': next,
      'base/files/LICENSE.hbs': '{{project.name}}: Copyright ACME SE. All rights reserved.\n',
    });
    for (const command of [['check'], ['diff'], ['update', '--no-install']])
      expect(await create(command, { cwd: project }), command.join(' ')).toMatchObject({ code: 0 });
    expect(text(project, 'LICENSE')).toContain('ACME GmbH');
    cpSync(acme, join(cwd, 'acme-2'), { recursive: true });
    const both = await create(['update', '--pack', '../acme', '--pack', '../acme-2', '--json'], { cwd: project });
    expect(both.code).toBe(2);
    expect(JSON.parse(both.stdout).problems).toMatchObject([{ code: 'repeated-pack' }]);
    const updated = await create(['update', '--pack', '../acme', '--no-install'], { cwd: project });
    expect(updated).toMatchObject({ code: 0 });
    expect(text(project, 'LICENSE')).toContain('ACME SE');
    expect(text(project, 'src/middleware/company_log.rs')).toContain('// Ours.');
    // What is new comes last, so that no migration changes its place.
    expect(lockOf(project).answers.resources).toEqual([
      'audit_event action:string(100) actor:string(100):index',
      'tenant name:string(50):unique',
    ]);
    expect(await create(['check'], { cwd: project })).toMatchObject({ code: 0 });
  });

  test('is created from a preset that names the pack, and from the command that was shown', async () => {
    const cwd = workplace();
    write(cwd, { 'standard/preset.json': { framework: 'poem', packs: ['../acme'] } });
    const created = await service(cwd, '--preset', 'standard', '--json');
    expect(created.code).toBe(0);
    const { equivalent, next } = JSON.parse(created.stdout);
    expect(next).toContain('cargo run');
    expect(equivalent).toContain('--preset standard/preset.json --db-layer');
    expect(equivalent).not.toContain('--pack');
    const before = lockOf(join(cwd, 'orders'));
    rmSync(join(cwd, 'orders'), { recursive: true });
    execFileSync('sh', ['-c', equivalent], { cwd, stdio: 'pipe' });
    const again = lockOf(join(cwd, 'orders'));
    expect(again).toMatchObject({ answers: before.answers, packs: before.packs, presets: before.presets });
    expect(again.origins).toMatchObject({ framework: 'preset', dbLayer: 'flag' });
    expect(await create(['preset', 'save'], { cwd: join(cwd, 'orders') })).toMatchObject({ code: 0 });
    const saved = JSON.parse(text(cwd, 'orders/preset.json'));
    expect(saved.packs).toEqual(['../acme']);
    expect(saved.framework).toBe('poem');
    rmSync(join(cwd, 'orders', 'preset.json'));
    rmSync(join(cwd, 'orders'), { recursive: true });
    write(cwd, { 'saved.json': { ...saved, packs: ['./acme'] } });
    expect(await service(cwd, '--preset', 'saved.json')).toMatchObject({ code: 0 });
    expect(lockOf(join(cwd, 'orders'))).toMatchObject({ packs: before.packs, answers: before.answers });
  });

  test('can come from a commit, of which it has what it needs afterwards', async () => {
    const cwd = workplace();
    const { repository, source } = published(cwd);
    expect(await service(cwd, '--pack', source)).toMatchObject({ code: 0 });
    const project = join(cwd, 'orders');
    expect(lockOf(project).packs).toMatchObject([{ name: 'acme', source }]);
    rmSync(repository, { recursive: true });
    // Whoever wrote the lock may want others to call a host.
    let calls = 0;
    const host = createServer((_, response) => void response.end(`${calls++}`));
    await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void host.close());
    const env = npmEnvironment(`http://127.0.0.1:${(host.address() as AddressInfo).port}/`, join(cwd, 'cache'));
    const named = text(project, LOCK_FILE).replace(source, 'npm:@acme/pack@1.0.0');
    writeFileSync(join(project, LOCK_FILE), named);
    const commands = [
      ...[['check'], ['diff'], ['add', 'redis'], ['remove', 'redis'], ['set', 'auth=jwt'], ['update']],
      ['generate', 'resource', 'product', 'name:string(9)'],
    ];
    const run = async ([name = '', ...words]: readonly string[]) => {
      const flags = ['check', 'diff'].includes(name) ? [] : ['--no-install'];
      return { name, ...(await create([name, ...words, ...flags, '--json'], { cwd: project, env })) };
    };
    for (const command of commands) expect(await run(command)).toMatchObject({ code: 0 });
    expect(lockOf(project).packs).toMatchObject([{ name: 'acme', source: 'npm:@acme/pack@1.0.0' }]);

    const recorded = text(project, PACKS_FILE);
    writeFileSync(join(project, PACKS_FILE), recorded.replace('ACME GmbH', 'Evil GmbH'));
    for (const command of commands) {
      const refused = await run(command);
      expect(refused).toMatchObject({ code: 5 });
      expect(JSON.parse(refused.stdout).problems).toMatchObject([{ code: 'changed-pack' }]);
    }
    rmSync(join(project, PACKS_FILE));
    expect(await run(['check'])).toMatchObject({ code: 5 });
    expect(calls).toBe(0);

    // A pack that is given needs no record, and writes it.
    expect(await create(['update', '--pack', '../acme', '--no-install'], { cwd: project })).toMatchObject({ code: 0 });
    expect(text(project, PACKS_FILE)).toBe(recorded);
  });

  test('is pinned to the files of the pack, and not to those of systems and editors', async () => {
    const cwd = workplace();
    expect(await service(cwd, '--pack', 'acme')).toMatchObject({ code: 0 });
    const { integrity } = lockOf(join(cwd, 'orders')).packs[0];
    rmSync(join(cwd, 'orders'), { recursive: true });
    write(join(cwd, 'acme'), {
      ...{ 'README.md': 'Ours', '.DS_Store': '\0', 'base/.DS_Store': '\0', 'base/files/Thumbs.db': '\0' },
      ...{ 'base/files/.AGENTS.md.swp': '\0', 'features/runbook/part.json~': '{}' },
    });
    expect(await service(cwd, '--pack', 'acme')).toMatchObject({ code: 0 });
    const project = join(cwd, 'orders');
    expect(lockOf(project).packs[0].integrity).toBe(integrity);
    expect(text(project, PACKS_FILE)).not.toMatch(/README|DS_Store|Thumbs|swp|~/);
  });

  test('keeps what it has chosen of a pack, until it is removed', async () => {
    const cwd = workplace();
    const lean = join(cwd, 'lean');
    cpSync(ACME, lean, { recursive: true });
    rmSync(join(lean, 'features'), { recursive: true });
    expect(await service(cwd, '--pack', 'acme')).toMatchObject({ code: 0 });
    const project = join(cwd, 'orders');
    const run = async (...words: readonly string[]) => {
      const { code, stdout } = await create([...words, '--no-install', '--json'], { cwd: project });
      return { code, problems: JSON.parse(stdout).problems };
    };
    const before = text(project, LOCK_FILE);
    expect(await run('update', '--pack', '../lean')).toMatchObject({
      code: 2,
      problems: [{ code: 'lost-choice', hint: expect.stringMatching(/^first .* remove runbook$/) }],
    });
    expect(await run('remove', '--pack', 'acme')).toMatchObject({
      code: 2,
      problems: [
        { code: 'lost-choice', hint: expect.stringMatching(/ remove company-log runbook$/) },
        { code: 'lost-choice', message: expect.stringContaining('runbook') },
      ],
    });
    expect(await run('remove', '--pack', 'ops')).toMatchObject({
      code: 2,
      problems: [{ code: 'unknown-pack', allowed: 'acme' }],
    });
    expect(await run('remove', 'acme')).toMatchObject({
      code: 2,
      problems: [{ hint: expect.stringMatching(/^acme is a pack: .* remove --pack acme$/) }],
    });
    expect(text(project, LOCK_FILE)).toBe(before);
    expect(await run('remove', 'runbook')).toMatchObject({ code: 0 });
    expect(await run('update', '--pack', '../lean')).toMatchObject({ code: 0 });
    expect(await run('remove', 'company-log')).toMatchObject({ code: 0 });
    expect(await run('remove', '--pack', 'acme')).toMatchObject({ code: 0 });
    expect(existsSync(join(project, PACKS_FILE))).toBe(false);
    expect(existsSync(join(project, 'LICENSE'))).toBe(false);
    expect(text(project, 'AGENTS.md')).not.toContain('Ask the platform team');
    expect(lockOf(project)).not.toHaveProperty('packs');
    // Its table may have rows, so the resource is the project's own from now on.
    expect(lockOf(project).answers.resources).toHaveLength(1);
    expect(await create(['check'], { cwd: project })).toMatchObject({ code: 0 });
    // As if it had never had the pack.
    const [resource = ''] = lockOf(project).answers.resources;
    expect(await service(join(cwd, 'lean'), '--resource', resource)).toMatchObject({ code: 0 });
    expect(text(project, BASE_FILE)).toBe(text(cwd, 'lean/orders', BASE_FILE));
  });

  test('has at most twenty packs, which is said before any is fetched', async () => {
    const flags = Array.from({ length: 21 }, (_, index) => ['--pack', `npm:@acme/pack-${index}@1.0.0`]).flat();
    const refused = await service(emptyFolder(), ...flags, '--json');
    expect(refused.code).toBe(2);
    expect(JSON.parse(refused.stdout).problems).toMatchObject([{ code: 'too-many-packs' }]);
  });

  test('fetches a preset, its policy and a pack of the same commit once', async () => {
    const cwd = workplace();
    const policy = { require: { features: ['runbook'] } };
    const preset = JSON.stringify({ packs: ['./packs/acme'], policy });
    const { source } = published(cwd, { 'preset.json': preset });
    const programs = join(cwd, 'bin');
    const log = join(cwd, 'log');
    const real = execFileSync('which', ['git'], { encoding: 'utf8' }).trim();
    write(programs, { git: `#!/bin/sh\necho "$*" >> '${log}'\nexec '${real}' "$@"\n` });
    chmodSync(join(programs, 'git'), 0o755);
    const created = await create(
      ['orders', '--yes', '--no-install', '--no-git', '--preset', source.replace(/:packs\/acme$/, '')],
      { cwd, env: { PATH: `${programs}:${process.env['PATH']}` } },
    );
    expect(created).toMatchObject({ code: 0 });
    expect(lockOf(join(cwd, 'orders'))).toMatchObject({ packs: [{ source }], policies: [{ policy }] });
    const fetches = text(log)
      .split('\n')
      .filter((line) => / fetch /.test(line));
    expect(fetches).toHaveLength(1);
  });
});

describe('several packs', { timeout: 600_000 }, () => {
  test('that want the same path are refused, naming both, unless one says what it replaces', async () => {
    const cwd = workplace();
    write(join(cwd, 'legal'), { 'pack.json': manifest('legal'), 'base/files/LICENSE': 'Ask legal.\n' });
    const refused = await service(cwd, '--pack', 'acme', '--pack', 'legal', '--json');
    expect(refused.code).toBe(5);
    expect(JSON.parse(refused.stdout).problems[0].message).toBe(
      'legal:base/part.json: replaces.LICENSE is missing: acme:base brings it too; to take its place, write "replaces": {"LICENSE": "acme:base"}',
    );
    write(join(cwd, 'legal'), { 'base/part.json': { replaces: { LICENSE: 'acme:base' } } });
    expect(await service(cwd, '--pack', 'acme', '--pack', 'legal')).toMatchObject({ code: 0 });
    expect(text(cwd, 'orders/LICENSE')).toBe('Ask legal.\n');
    expect(lockOf(join(cwd, 'orders')).packs.map(({ name }: { name: string }) => name)).toEqual(['acme', 'legal']);
  });

  test('cannot have one id twice', async () => {
    const cwd = workplace();
    const part = { label: 'Runbook', hint: 'Another one', order: 1 };
    write(join(cwd, 'ops'), {
      'pack.json': manifest('ops'),
      'middleware/runbook/part.json': part,
      'features/docker/part.json': part,
    });
    const refused = await service(cwd, '--pack', 'acme', '--pack', 'ops', '--json');
    expect(refused.code).toBe(5);
    const messages = JSON.parse(refused.stdout).problems.map(({ message }: { message: string }) => message);
    expect(messages).toContain(
      '--pack ops: ops:middleware/runbook: runbook is the name of acme:features/runbook already',
    );
    expect(messages).toContainEqual(expect.stringContaining('a pack can add only cells to features/docker'));
  });
});

describe('pack', { timeout: 600_000 }, () => {
  test('check finds nothing wrong in the pack of the organisation', async () => {
    expect(await create(['pack', 'check', ACME], { cwd: emptyFolder() })).toMatchObject({ code: 0 });
  });

  test('init starts a pack that is right, renders, and is never written over', async () => {
    const cwd = emptyFolder();
    const started = await create(['pack', 'init', 'House Rules'], { cwd });
    expect(started.stdout).toContain("my-service --pack 'House Rules' --features default,+about");
    expect(JSON.parse(text(cwd, 'House Rules/pack.json')).name).toBe('house-rules');
    expect(await create(['pack', 'init', 'House Rules'], { cwd })).toMatchObject({ code: 3 });
    expect(await create(['pack', 'check', 'House Rules'], { cwd })).toMatchObject({ code: 0 });
    const rendered = await create(['pack', 'render', 'House Rules', '--framework', 'loco'], { cwd });
    expect(rendered).toMatchObject({ code: 0 });
    expect(rendered.stdout).toContain('+ src/controllers/about.rs\n');
    expect(rendered.stdout).toContain('~ src/app.rs\n');
    expect(rendered.stdout).not.toContain('Cargo.toml');
    const file = await create(['pack', 'render', 'House Rules', 'src/routes/about.rs'], { cwd });
    expect(file.stdout).toContain('Router::new().route("/about", get(about))');
    const other = await create(['pack', 'render', 'House Rules', 'src/main.rs'], { cwd });
    expect(other).toMatchObject({ code: 2 });
    const two = await create(['pack', 'render', 'House Rules', 'src/routes/about.rs', 'src/app.rs'], { cwd });
    expect(two).toMatchObject({ code: 2, stdout: '' });
    const listed = await create(['list', '--pack', 'House Rules'], { cwd });
    expect(listed.stdout).toContain('GET /about says what the service is');
  });
});

test('the guide for authors of packs works to the letter', { timeout: 600_000 }, async () => {
  const cwd = emptyFolder();
  const steps = guideSteps();
  expect(steps.filter(({ path }) => path !== null)).toHaveLength(4);
  expect(steps.filter(({ path }) => path === null)).toHaveLength(6);
  for (const { path, text } of steps) {
    if (path !== null) {
      write(cwd, { [path]: text });
      continue;
    }
    const [program, ...words] = text.split(' ');
    expect(program).toBe('create-api');
    const isProject = words[0] === 'orders';
    const { code, stderr } = await create([...words, ...(isProject ? ['--no-install', '--no-git'] : [])], { cwd });
    expect({ code, stderr }, text).toEqual({ code: 0, stderr: '' });
  }
  const rendered = await create(['pack', 'render', 'acme'], { cwd });
  for (const line of ['+ LICENSE', '~ rust-toolchain.toml', '+ src/models/audit_event.rs', '+ src/routes/about.rs'])
    expect(rendered.stdout).toContain(line);
});
