// Release builds of the Rust services that are compared: those of bench/rust, and generated ones.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../scripts/lib/import-ts.mjs';
import { cargoEnvironment, runCargo } from './cargo.mjs';
import { digestOf, digestOfFolder, digestOfValue, WORK } from './files.mjs';
import { generate } from './generate.mjs';
import { explained } from './missing-tool.mjs';

const BARE = path.join(ROOT, 'bench', 'rust');
const TARGET = process.env.CARGO_TARGET_DIR ?? path.join(WORK, 'target');
const PROJECTS = path.join(WORK, 'projects');
const LOCO_CONFIG = path.join(BARE, 'loco', 'config');
const START = path.join(WORK, 'start');

/** The frameworks on offer, and their names in texts. */
export const FRAMEWORK_NAMES = { axum: 'Axum', 'actix-web': 'Actix Web', poem: 'Poem', loco: 'Loco' };
export const FRAMEWORKS = Object.keys(FRAMEWORK_NAMES);

/**
 * Adds debug information, which `keep` strips again, as the projects' profiles do. It changes no instruction of Rust; C,
 * such as SQLite, is compiled with frame pointers because of it.
 */
const WITH_LINES = { CARGO_PROFILE_RELEASE_DEBUG: 'line-tables-only', CARGO_PROFILE_RELEASE_STRIP: 'none' };

/**
 * Builds packages of bench/rust, such as `bare-axum` and `seed`, for `sqlite` or `postgres`. Returns the paths of the
 * binaries by package.
 */
export function buildBare(packages, database) {
  const selection = packages.flatMap((name) => ['--package', name]);
  const features = ['--no-default-features', '--features', database];
  build([...selection, ...features], BARE);
  return Object.fromEntries(packages.map((name) => [name, keep(name, `${name}-${database}`)]));
}

/**
 * Generates a service with SQLx and builds it: `middleware` is as for the flag, e.g. `none` or `default`. Returns the
 * path of the binary. `dist/` has to be built.
 */
export function buildOurs({ framework, database, middleware }) {
  const name = `ours-${framework}-${middleware}-${database}`;
  build([], project(name, ['--framework', framework, '--database', database, '--middleware', middleware]));
  return keep(name, name);
}

/** The path of the same binary that has, for a profiler, the line of the source that each instruction is from. */
export function withLines(binary) {
  return `${binary}.lines`;
}

/**
 * How to run a built service, as in an image, with a database that has its table: Loco's own start command, and its
 * settings, differ from the others'. `DATABASE_URL` is left to add.
 */
export function commandOf(name, binary) {
  // Generated services read the nearest `.env`, which would be one in a folder above.
  mkdirSync(START, { recursive: true });
  writeFileSync(path.join(START, '.env'), '');
  const env = { RUN_MIGRATIONS: 'false', LOG_FORMAT: 'json' };
  if (name !== 'bare-loco') return { binary, cwd: START, env };
  const settings = { LOCO_ENV: 'production', LOCO_CONFIG_FOLDER: LOCO_CONFIG };
  return { binary, cwd: START, args: ['start'], env: { ...env, ...settings } };
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

function build(args, folder) {
  runCargo(['build', '--release', ...args], folder, {
    ...cargoEnvironment(),
    ...WITH_LINES,
    CARGO_TARGET_DIR: TARGET,
  });
}

/**
 * Copies a binary, with and without its lines, since the next build of the same package for another database replaces
 * it.
 */
function keep(built, name) {
  const kept = path.join(WORK, 'bin', name);
  mkdirSync(path.dirname(kept), { recursive: true });
  copyFileSync(path.join(TARGET, 'release', built), withLines(kept));
  const { error, stderr, status } = spawnSync('strip', ['--strip-all', '-o', kept, withLines(kept)], {
    encoding: 'utf8',
  });
  if (error) throw explained(error, 'strip');
  if (status !== 0) throw new Error(`strip ended with ${status}:\n${stderr}`);
  return kept;
}
