import { spawnSync } from 'node:child_process';
import { statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, relative, sep } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CLI, ENVIRONMENT } from './support/command.ts';
import { emptyFolder } from './support/service-folder.ts';

const DIST = dirname(CLI);
const HOOK = join(import.meta.dirname, 'support/report-loaded.cjs');

/** What takes time to load: a module of Node that starts or talks to something, or hashes. */
const SLOW = /^(?:child_process|crypto|dns|http|https|readline|tls|worker_threads|zlib)$/;

/** Runs the command where rustup is installed; returns the files of dist/ that it loads, and the modules of Node. */
function loadedBy(...args: readonly string[]) {
  const bin = emptyFolder();
  for (const name of ['rustup', 'rustup.exe']) writeFileSync(join(bin, name), '', { mode: 0o755 });
  const { status, output } = spawnSync(process.execPath, ['--require', HOOK, CLI, ...args], {
    cwd: emptyFolder(),
    env: { ...ENVIRONMENT, PATH: `${bin}${delimiter}${process.env['PATH']}` },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    encoding: 'utf8',
  });
  expect(status).toBe(0);
  const { files, builtins } = JSON.parse(output[3] ?? '') as { files: string[]; builtins: string[] };
  const ours = files.map((file) => relative(DIST, file).split(sep).join('/')).filter((file) => !file.startsWith('..'));
  return { files: ours.sort(), slow: builtins.filter((name) => SLOW.test(name)) };
}

function bytesOf(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + statSync(join(DIST, file)).size, 0);
}

describe('what is loaded, as that takes the time of a short command', () => {
  test('--version: nothing but the program', () => {
    expect(loadedBy('--version')).toEqual({ files: ['cli.js'], slow: [] });
    expect(bytesOf(['cli.js'])).toBeLessThan(20_000);
  });

  test('--help: its command, and what can be chosen', () => {
    const loaded = ['cli.js', 'help.js', 'pack/offer.json'];
    expect(loadedBy('--help')).toEqual({ files: loaded, slow: [] });
    expect(bytesOf(loaded)).toBeLessThan(50_000);
  });

  test('the default project: its command, and what it is rendered from', () => {
    // The files of SQLx's query data are named after the hashes of their queries.
    expect(loadedBy('orders', '--yes', '--no-install', '--no-git')).toEqual({
      files: ['cli.js', 'commander.js', 'create.js', 'pack/default.jsonl'],
      slow: ['crypto'],
    });
    expect(bytesOf(['cli.js', 'commander.js', 'create.js'])).toBeLessThan(200_000);
    expect(bytesOf(['pack/default.jsonl'])).toBeLessThan(400_000);
  });
});
