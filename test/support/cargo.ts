import { spawn } from 'node:child_process';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';

/** All projects of the tests share one target folder, so that a crate is compiled once per set of features. */
export const TARGET_DIR = process.env['CARGO_TARGET_DIR'] ?? path.join(import.meta.dirname, '../../build/target');

export const BUILD_ENV = {
  CARGO_TARGET_DIR: TARGET_DIR,
  CARGO_PROFILE_DEV_DEBUG: '0',
  CARGO_INCREMENTAL: '0',
  CARGO_TERM_COLOR: 'never',
};

/** Removes the build artifacts of the package of this name, but not of its dependencies, from the shared target folder. */
export async function removeArtifacts(name: string): Promise<void> {
  const debug = path.join(TARGET_DIR, 'debug');
  const deps = await readdir(path.join(debug, 'deps')).catch(() => []);
  const stem = `${name.replaceAll('-', '_')}-`;
  const ofPackage = deps.filter((file) => file.startsWith(stem) || file.startsWith(`lib${stem}`));
  for (const file of [...ofPackage.map((file) => path.join('deps', file)), name, `${name}.d`]) {
    await rm(path.join(debug, file), { force: true });
  }
}

/**
 * Has clippy compile the members of a workspace in place of rustc, as `cargo clippy` does, but in a build: the same
 * compilation is linted, tested and run. `cargo clippy` would compile every dependency once more, as metadata only.
 */
export const LINTED = {
  RUSTC_WORKSPACE_WRAPPER: 'clippy-driver',
  CLIPPY_ARGS: '-D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__',
};

/** Compiles a project and its tests with its lock as it is; throws if rustc or clippy has a warning. */
export function lint(cwd: string): Promise<string> {
  return cargo(['test', '--locked', '--no-run'], cwd, LINTED);
}

/**
 * Runs cargo in a project, with DATABASE_URL only if `env` contains it. Throws with the end of its output if it fails.
 */
export function cargo(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { DATABASE_URL: _, ...inherited } = process.env;
  return new Promise((resolve, reject) => {
    const child = spawn('cargo', args, {
      cwd,
      env: { ...inherited, ...BUILD_ENV, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(`cargo ${args.join(' ')} exited ${code} in ${cwd}:\n${output.slice(-8000)}`));
    });
  });
}
