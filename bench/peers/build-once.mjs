// Builds of peers, outside the working tree's source.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { digestOfFolder, isSource, WORK } from '../lib/files.mjs';
import { explained } from '../lib/missing-tool.mjs';

const SOURCES = fileURLToPath(new URL('.', import.meta.url));
const BUILDS = path.join(WORK, 'peers');

/**
 * Copies bench/peers/<name> to a folder where `build(run, folder)` builds it, unless the same source is built there
 * with the same `tools`; `run(program, args, env)` runs a command in it. Returns the folder and what it was built from.
 */
export function buildOnce(name, tools, build) {
  const source = path.join(SOURCES, name);
  const folder = path.join(BUILDS, name);
  const digest = `${digestOfFolder(source)} ${tools}`;
  const stamp = `${folder}.digest`;
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== digest) {
    rmSync(stamp, { force: true });
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(BUILDS, { recursive: true });
    cpSync(source, folder, { recursive: true, filter: isSource });
    build((program, args, env = {}) => run(program, args, folder, env), folder);
    writeFileSync(stamp, digest);
  }
  return { folder, digest };
}

function run(program, args, cwd, env) {
  const { status, error, stdout, stderr } = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...env },
    maxBuffer: 2 ** 26,
  });
  if (error) throw explained(error, program);
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
}

/** What a program prints, in a folder if that matters. */
export function outputOf(program, args, cwd) {
  try {
    return execFileSync(program, args, { cwd, encoding: 'utf8' }).trim();
  } catch (error) {
    throw explained(error, program);
  }
}

/** The bytes of files and folders, without those whose names are `omitted`. */
export function sizeOf(paths, omitted = []) {
  return paths.reduce((total, each) => total + sizeOfOne(each, omitted), 0);
}

function sizeOfOne(file, omitted) {
  if (omitted.includes(path.basename(file))) return 0;
  const stats = lstatSync(file);
  if (!stats.isDirectory()) return stats.size;
  return sizeOf(
    readdirSync(file).map((name) => path.join(file, name)),
    omitted,
  );
}
