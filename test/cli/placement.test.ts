import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { create } from './support/command.ts';
import { emptyFolder } from './support/service-folder.ts';

describe('a project in a subfolder of a repository', () => {
  const inRepository = (...existing: readonly string[]) => {
    const cwd = emptyFolder();
    mkdirSync(join(cwd, '.git'));
    mkdirSync(join(cwd, '.github'));
    for (const file of existing) writeFileSync(join(cwd, file), 'theirs');
    return cwd;
  };
  const WITH_CI = ['--features', 'docker,github-actions', '--no-install', '--yes'];

  test('has its workflow and Dependabot at the root, pointed at its folder', async () => {
    const cwd = inRepository();
    expect(await create(['services/orders', ...WITH_CI], { cwd })).toMatchObject({ code: 0 });
    const workflow = parse(readFileSync(join(cwd, '.github/workflows/orders.yml'), 'utf8'));
    expect(workflow.defaults.run['working-directory']).toBe('services/orders');
    expect(workflow.on.push.paths).toEqual(['services/orders/**', '.github/workflows/orders.yml']);
    const dependabot = parse(readFileSync(join(cwd, '.github/dependabot.yml'), 'utf8'));
    const folders = dependabot.updates.map((update: { directory: string }) => update.directory);
    expect(folders).toEqual(['/services/orders', '/', '/services/orders', '/services/orders']);
    expect(existsSync(join(cwd, 'services/orders/.github'))).toBe(false);
  });

  test('can have a pack, also as a member of a workspace, and be brought up to date with it', async () => {
    const cwd = inRepository();
    expect(await create(['pack', 'init', 'acme'], { cwd })).toMatchObject({ code: 0 });
    const withPack = ['--pack', 'acme', '--features', 'default,+about', '--no-install', '--yes'];
    expect(await create(['services/orders', ...withPack], { cwd })).toMatchObject({ code: 0 });
    expect(existsSync(join(cwd, '.github/workflows/orders.yml'))).toBe(true);
    const update = ['update', '--pack', '../../acme', '--no-install'];
    expect(await create(update, { cwd: join(cwd, 'services/orders') })).toMatchObject({ code: 0 });
    writeFileSync(join(cwd, 'Cargo.toml'), '[workspace]\nresolver = "3"\nmembers = []\n');
    const joining = ['crates/invoices', '--workspace', 'join', ...withPack];
    expect(await create(joining, { cwd })).toMatchObject({ code: 0 });
  });

  test('replaces no existing file there, and reports it before and after', async () => {
    const cwd = inRepository('.github/dependabot.yml');
    const foreseen = await create(['services/orders', ...WITH_CI, '--dry-run', '--json'], { cwd });
    expect(JSON.parse(foreseen.stdout).repositoryFiles).toMatchObject([
      { path: '.github/dependabot.yml', action: 'keep' },
      { path: '.github/workflows/orders.yml', action: 'write' },
    ]);
    expect(existsSync(join(cwd, '.github/workflows'))).toBe(false);
    const run = await create(['services/orders', ...WITH_CI], { cwd });
    expect(run.code).toBe(0);
    const said = run.stdout.replace(/\s+/g, ' ');
    expect(said).toContain(`also wrote ${cwd}/.github/workflows/orders.yml, which takes effect only at the root`);
    expect(said).toContain('.github/dependabot.yml was kept; unless it has them, add these entries below "updates:"');
    expect(readFileSync(join(cwd, '.github/dependabot.yml'), 'utf8')).toBe('theirs');
  });

  test('prints lines that make an existing dependabot.yml complete, and then asks for nothing', async () => {
    const cwd = inRepository();
    const path = join(cwd, '.github/dependabot.yml');
    await create(['services/invoices', ...WITH_CI], { cwd });
    const theirs = parse(readFileSync(path, 'utf8')).updates;
    const { stdout } = await create(['services/orders', ...WITH_CI], { cwd });
    const [, lines = ''] = /below "updates:"\n\n([\s\S]*?)\n\n/.exec(stdout) ?? [];
    appendFileSync(path, `${lines}\n`);
    const { updates } = parse(readFileSync(path, 'utf8'));
    expect(updates.slice(0, theirs.length)).toEqual(theirs);
    const keys = updates.map((update: Record<string, string>) => [update['package-ecosystem'], update['directory']]);
    expect(keys).toContainEqual(['cargo', '/services/orders']);
    // Dependabot refuses a file with two entries for one folder.
    expect(new Set(keys.map(String)).size).toBe(keys.length);
    const again = await create(['services/orders', ...WITH_CI, '--on-conflict', 'skip'], { cwd });
    expect(again.code).toBe(0);
    expect(again.stdout).not.toContain('dependabot.yml');
  });

  test('gets its workflow from a second run once a file of that name is moved away', async () => {
    const cwd = inRepository();
    const path = join(cwd, '.github/workflows/orders.yml');
    mkdirSync(dirname(path));
    writeFileSync(path, 'theirs');
    const run = await create(['services/orders', ...WITH_CI], { cwd });
    expect(run.stdout.replace(/\s+/g, ' ')).toContain('orders.yml was kept; move it away and run the same command');
    rmSync(path);
    expect((await create(['services/orders', ...WITH_CI, '--on-conflict', 'skip'], { cwd })).code).toBe(0);
    expect(parse(readFileSync(path, 'utf8')).defaults.run['working-directory']).toBe('services/orders');
  });

  test('as a member of a workspace has only files that take effect there, and names those it leaves out', async () => {
    const cwd = inRepository();
    writeFileSync(join(cwd, 'Cargo.toml'), '[workspace]\nresolver = "3"\nmembers = []\n');
    const joining = ['--workspace', 'join', ...WITH_CI];
    const foreseen = await create(['crates/orders', ...joining, '--dry-run'], { cwd });
    expect(foreseen.stdout).toMatch(/^Left out:\n {2}Cargo\.lock: .*\n {2}rust-toolchain\.toml: /m);
    const run = await create(['crates/orders', ...joining, '--json'], { cwd });
    const { files, leftOut } = JSON.parse(run.stdout);
    expect(leftOut.map(({ path }: { path: string }) => path)).toEqual(['Cargo.lock', 'rust-toolchain.toml']);
    expect(files.written).toContain('Dockerfile.dockerignore');
    for (const path of ['Cargo.lock', 'rust-toolchain.toml', '.dockerignore', '.cargo/config.toml'])
      expect(files.written).not.toContain(path);
    expect(parse(readFileSync(join(cwd, '.github/workflows/orders.yml'), 'utf8')).on.push).toEqual({
      branches: ['main'],
    });
    const compose = parse(readFileSync(join(cwd, 'crates/orders/compose.yaml'), 'utf8'));
    expect(compose.services.api.build).toEqual({ context: '../..', dockerfile: './crates/orders/Dockerfile' });
  });
});
