// Runs cargo as somebody would who has set nothing.
import { execFileSync, spawnSync } from 'node:child_process';
import { explained } from './missing-tool.mjs';

/** Variables that change what cargo builds, or how fast. */
const SETTINGS = /^(CI|RUSTFLAGS|RUSTC_WRAPPER|CARGO_(INCREMENTAL|TARGET_DIR|ENCODED_RUSTFLAGS|BUILD_.*|PROFILE_.*))$/;

/**
 * The environment of this process without such variables. The toolchain is the one in use here, so that projects that
 * name one are built by the same compiler as those that do not; projects without a lock get crates that it can build.
 */
export function cargoEnvironment() {
  const kept = Object.entries(process.env).filter(([name]) => !SETTINGS.test(name));
  return {
    RUSTUP_TOOLCHAIN: activeToolchain(),
    CARGO_RESOLVER_INCOMPATIBLE_RUST_VERSIONS: 'fallback',
    ...Object.fromEntries(kept),
  };
}

/** Runs cargo in a folder and returns the milliseconds that it took; throws with its output if it fails. */
export function runCargo(args, cwd, env = cargoEnvironment()) {
  const start = performance.now();
  const { status, stdout, stderr, error } = spawnSync('cargo', args, {
    cwd,
    env,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (error !== undefined) throw explained(error, 'cargo');
  if (status !== 0) throw new Error(`cargo ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
  return performance.now() - start;
}

/** The name that rustup has for the toolchain in use; empty, which nothing reads, without rustup. */
function activeToolchain() {
  try {
    return execFileSync('rustup', ['show', 'active-toolchain'], { encoding: 'utf8' }).split(' ', 1)[0];
  } catch {
    return '';
  }
}
