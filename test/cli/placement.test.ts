import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
    expect((run.stdout + run.stderr).replace(/\s+/g, ' ')).toContain('.github/dependabot.yml is left as it is');
    expect(readFileSync(join(cwd, '.github/dependabot.yml'), 'utf8')).toBe('theirs');
  });

  test('as a member of a workspace has only files that take effect there, and names those it leaves out', async () => {
    const cwd = inRepository();
    writeFileSync(join(cwd, 'Cargo.toml'), '[workspace]\nresolver = "3"\nmembers = []\n');
    const joining = ['--workspace', 'join', ...WITH_CI];
    const foreseen = await create(['crates/orders', ...joining, '--dry-run'], { cwd });
    for (const line of ['no Cargo.lock:', 'no rust-toolchain.toml:']) expect(foreseen.stdout).toContain(line);
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
