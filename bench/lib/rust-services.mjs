// Release builds of the Rust services that are compared: those of bench/rust, and generated ones.
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../scripts/lib/import-ts.mjs';
import { cargoEnvironment, runCargo } from './cargo.mjs';
import { digestOf, digestOfFolder, digestOfValue, WORK } from './files.mjs';
import { generate } from './generate.mjs';

const BARE = path.join(ROOT, 'bench', 'rust');
const TARGET = process.env.CARGO_TARGET_DIR ?? path.join(WORK, 'target');
const PROJECTS = path.join(WORK, 'projects');
const LOCO_CONFIG = path.join(BARE, 'loco', 'config');
const START = path.join(WORK, 'start');

/** The frameworks on offer. */
export const FRAMEWORKS = ['axum', 'actix-web', 'poem', 'loco'];

const RELEASE = { name: 'release', env: {} };
const PROFILED = {
  name: 'profiled',
  env: {
    CARGO_PROFILE_PROFILED_INHERITS: 'release',
    CARGO_PROFILE_PROFILED_DEBUG: 'line-tables-only',
    CARGO_PROFILE_PROFILED_STRIP: 'none',
  },
};

/**
 * Builds packages of bench/rust, such as `bare-axum` and `seed`, for `sqlite` or `postgres`. Returns the paths of the
 * binaries by package. With `hasLines`, they say which line of the source each instruction is from.
 */
export function buildBare(packages, database, { hasLines = false } = {}) {
  const selection = packages.flatMap((name) => ['--package', name]);
  const features = ['--no-default-features', '--features', database];
  const profile = hasLines ? PROFILED : RELEASE;
  build([...selection, ...features], BARE, profile);
  return Object.fromEntries(packages.map((name) => [name, keep(name, `${name}-${database}`, profile)]));
}

/**
 * Generates a service with SQLx and builds it: `middleware` is as for the flag, e.g. `none` or `default`. Returns the
 * path of the binary. `dist/` has to be built; `hasLines` is as for `buildBare`.
 */
export function buildOurs({ framework, database, middleware }, { hasLines = false } = {}) {
  const name = `ours-${framework}-${middleware}-${database}`;
  const profile = hasLines ? PROFILED : RELEASE;
  build([], project(name, ['--framework', framework, '--database', database, '--middleware', middleware]), profile);
  return keep(name, name, profile);
}

/** How to run a built service: Loco's own start command, and its settings, differ from the others'. */
export function commandOf(name, binary) {
  // Generated services read the nearest `.env`, which would be one in a folder above.
  mkdirSync(START, { recursive: true });
  writeFileSync(path.join(START, '.env'), '');
  const program = { binary, cwd: START };
  if (name !== 'bare-loco') return program;
  return { ...program, args: ['start'], env: { LOCO_ENV: 'production', LOCO_CONFIG_FOLDER: LOCO_CONFIG } };
}

/** The digest of a built service, and of the settings that it reads. */
export function digestOfService(name, binary) {
  if (name !== 'bare-loco') return digestOf(binary);
  return digestOfValue([digestOf(binary), digestOfFolder(LOCO_CONFIG)]);
}

/** Generates a project, but leaves an earlier one that is the same alone, so that cargo has nothing to do. */
function project(name, flags) {
  const folder = path.join(PROJECTS, name);
  const stamp = `${folder}.digest`;
  const fresh = path.join(PROJECTS, 'new', name);
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(path.dirname(fresh), { recursive: true });
  generate(fresh, flags);
  const digest = digestOfFolder(fresh);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return folder;
  rmSync(folder, { recursive: true, force: true });
  renameSync(fresh, folder);
  writeFileSync(stamp, digest);
  return folder;
}

function build(args, folder, { name, env }) {
  runCargo(['build', '--profile', name, ...args], folder, { ...cargoEnvironment(), ...env, CARGO_TARGET_DIR: TARGET });
}

/** Copies a binary, since the next build of the same package for another database replaces it. */
function keep(built, name, profile) {
  const kept = path.join(WORK, 'bin', profile.name, name);
  mkdirSync(path.dirname(kept), { recursive: true });
  copyFileSync(path.join(TARGET, profile.name, built), kept);
  return kept;
}
