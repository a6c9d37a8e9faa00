import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { ENVIRONMENT } from './command.ts';
import { emptyFolder, folderOfFile } from './service-folder.ts';

/** The package of release 0.1.0. */
export const TARBALL = join(import.meta.dirname, '../../releases/create-api-0.1.0.tgz');

/** An earlier release, unpacked for all tests of a file. */
export interface EarlierRelease {
  /** The folder of its package. */
  readonly folder: string;
  /** Creates a project called `orders` in a folder. */
  render(cwd: string, ...flags: readonly string[]): void;
  /** A new project called `orders`, committed, in an empty folder; returns its folder. */
  project(...flags: readonly string[]): string;
}

/** Unpacks release 0.1.0. A project with the same flags is rendered once and copied. */
export function unpackRelease(): EarlierRelease {
  const root = folderOfFile();
  execFileSync('tar', ['-xzf', TARBALL, '-C', root]);
  const folder = join(root, 'package');
  const rendered = new Map<string, string>();
  const render = (cwd: string, ...flags: readonly string[]): void => {
    const args = [join(folder, 'dist/cli.js'), cwd, '--name', 'orders', ...flags, '--yes', '--no-install', '--no-git'];
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, env: ENVIRONMENT, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  };
  const committed = (flags: readonly string[]): string => {
    const cwd = join(root, `rendered-${rendered.size}`);
    render(cwd, ...flags);
    git(cwd, 'init', '--quiet');
    git(cwd, 'add', '--all');
    git(cwd, 'commit', '--quiet', '--message', 'Created');
    return cwd;
  };
  return {
    folder,
    render,
    project(...flags) {
      const key = flags.join(' ');
      const original = rendered.get(key) ?? committed(flags);
      rendered.set(key, original);
      const cwd = join(emptyFolder(), 'orders');
      cpSync(original, cwd, { recursive: true });
      return cwd;
    },
  };
}

/** Runs git in a folder; returns what it prints. */
export function git(cwd: string, ...args: readonly string[]): string {
  return execFileSync('git', args, { cwd, env: ENVIRONMENT, encoding: 'utf8' }).trim();
}
