// What `bench:build` measures of a project, in phases.
import { cpSync, existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { cargoEnvironment, runCargo } from '../lib/cargo.mjs';
import { bytesOf, WORK } from '../lib/files.mjs';
import { startProgram } from '../lib/program.mjs';
import { median } from '../lib/statistics.mjs';
import { editor } from './edits.mjs';
import { crateTimes } from './timings.mjs';

const PLACE = path.join(WORK, 'build');
const LONGEST_BUILD_MS = 30 * 60_000;

/** Times to rebuild, or to test again, are medians of so many changes. */
export const CHANGES = 5;

/**
 * The phases by name. Each takes a subject, its tool's binary, and the environment of its database, and returns the
 * figures: times in milliseconds, sizes in bytes.
 */
export const PHASES = { cold, develop, test, release };

/** From an empty folder to the first response, with nothing downloaded. */
async function cold(subject, tool, databaseEnvironment) {
  const home = path.join(PLACE, 'cargo-home');
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  for (const name of ['config.toml', 'config']) {
    const settings = path.join(process.env.CARGO_HOME ?? path.join(homedir(), '.cargo'), name);
    if (existsSync(settings)) cpSync(settings, path.join(home, name));
  }
  const env = { ...cargoEnvironment(), ...databaseEnvironment, CARGO_HOME: home };
  const firstResponse = await timeToFirstResponse(subject, tool, env);
  rmSync(home, { recursive: true, force: true });
  return { firstResponse };
}

/** From an empty folder to the first response, with all crates downloaded; then changes. */
async function develop(subject, tool, databaseEnvironment) {
  const env = { ...cargoEnvironment(), ...databaseEnvironment };
  runCargo(['fetch'], create(subject, tool), env);
  const firstResponse = await timeToFirstResponse(subject, tool, env);
  const folder = folderOf(subject);
  const crates = crateTimes(folder);

  const { handler, model, query } = subject.edits;
  const rebuild = (edit, environment = {}) => timeOfChanges(folder, edit, 'build', { ...env, ...environment });
  const rebuilds = { handler: rebuild(handler), model: rebuild(model), query: rebuild(query, subject.checksQueries) };
  return { firstResponse, crates, ...rebuilds };
}

/** The tests after changes of a handler, in the project that `develop` has left. */
async function test(subject, tool, databaseEnvironment) {
  const env = { ...cargoEnvironment(), ...databaseEnvironment };
  const folder = existsSync(folderOf(subject)) ? folderOf(subject) : create(subject, tool);
  if (subject.migrate) runCargo(subject.migrate, folder, env);
  return { test: timeOfChanges(folder, subject.edits.handler, 'test', env) };
}

/** The release build, with all crates downloaded, and the size of what is deployed. */
async function release(subject, tool, databaseEnvironment) {
  const env = { ...cargoEnvironment(), ...databaseEnvironment };
  const folder = create(subject, tool);
  if (subject.migrate) runCargo(subject.migrate, folder, env);
  runCargo(['fetch'], folder, env);
  const time = runCargo(['build', '--release'], folder, env);
  const binary = statSync(path.join(folder, 'target', 'release', subject.binary)).size;
  const beside = subject.deploys.map((name) => bytesOf(path.join(folder, name)));
  return { release: time, binary, deployed: beside.reduce((sum, bytes) => sum + bytes, binary) };
}

async function timeToFirstResponse(subject, tool, env) {
  const start = performance.now();
  const folder = create(subject, tool);
  if (subject.migrate) runCargo(subject.migrate, folder, env);
  const { portVariable } = subject;
  const run = { binary: 'cargo', args: ['run', '--timings', '--', ...subject.arguments], cwd: folder, env };
  const program = await startProgram({ ...run, portVariable, longestStartMs: LONGEST_BUILD_MS }, subject.path);
  const time = performance.now() - start;
  await program.stop();
  return time;
}

/** The median time of a command of cargo after each of several edits, once it has run without. */
function timeOfChanges(folder, edit, command, env) {
  const { change, restore } = editor(folder, edit);
  runCargo([command], folder, env);
  try {
    const times = Array.from({ length: CHANGES }, () => {
      change();
      return runCargo([command], folder, env);
    });
    return median(times);
  } finally {
    restore();
  }
}

function create(subject, tool) {
  const folder = folderOf(subject);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.dirname(folder), { recursive: true });
  subject.create(folder, tool);
  return folder;
}

/** The folder's name is also the project's, so it is the same in every run. */
function folderOf({ id }) {
  return path.join(PLACE, id);
}
