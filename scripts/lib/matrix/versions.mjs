// What the proof runs with.
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { importTs, ROOT } from '../import-ts.mjs';
import { hashOf, hashOfFolder } from './combinations.mjs';

const { findBinary } = await importTs('test/harness/binaries.ts');
const SERVERS = [
  ['PostgreSQL', 'TEST_POSTGRES_URL', ['postgres']],
  ['MariaDB', 'TEST_MYSQL_URL', ['mariadbd', 'mysqld']],
  ['Redis', 'TEST_REDIS_URL', ['redis-server']],
];

/** What a project is put through besides the conformance suite. */
const STEPS = ['support/built-project.ts', 'support/cargo.ts', 'support/fuzz.ts', 'tools/fuzz_hooks.py'];

/** Versions of the templates and of all tools, and hashes of the conformance suite and of what is built. */
export async function snapshotOfTools() {
  const { version } = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8'));
  const tools = {
    'create-api': version,
    rustc: await versionFrom('rustc'),
    cargo: await versionFrom('cargo'),
    Node: process.versions.node,
    ...Object.fromEntries(
      await Promise.all(SERVERS.map(async (server) => [server[0], await serverVersion(...server)])),
    ),
  };
  return { tools, templates: await templatesVersion(), suite: await suiteHash(), dist: await distHash() };
}

/** The tree of git that the templates are, as `git rev-parse HEAD:templates` prints it. */
async function templatesVersion() {
  const git = async (...args) => (await execa('git', args, { cwd: ROOT })).stdout;
  const isClean = (await git('status', '--porcelain', '--', 'templates')) === '';
  return isClean ? await git('rev-parse', '--short=12', 'HEAD:templates') : 'not committed';
}

/** Whether the proof or the proven command has changed since the start of the run. */
export async function hasChanged({ suite, dist }) {
  return (await suiteHash()) !== suite || (await distHash()) !== dist;
}

/** Hash of everything that a project is put through. */
async function suiteHash() {
  const steps = STEPS.map((file) => readFile(path.join(ROOT, 'test', file)));
  return hashOf(await hashOfFolder(path.join(ROOT, 'test', 'conformance')), ...(await Promise.all(steps)));
}

/** Hash of the built command, without files that a build in progress has not moved into place yet. */
async function distHash() {
  const dist = path.join(ROOT, 'dist');
  const names = (await readdir(dist, { recursive: true })).filter((name) => !/(?:^|[/\\])\./.test(name)).sort();
  const files = await Promise.all(names.map((name) => readIfFile(path.join(dist, name))));
  return hashOf(...names, ...files);
}

/** What is in the file; nothing if it is a folder. */
async function readIfFile(file) {
  return (await stat(file)).isFile() ? readFile(file) : '';
}

async function serverVersion(_, urlVariable, names) {
  if (process.env[urlVariable]) return 'a server given by URL';
  return versionFrom(findBinary(...names));
}

async function versionFrom(binary) {
  const { stdout } = await execa(binary, ['--version']);
  return /\d+(?:\.\d+)+/.exec(stdout)[0];
}

/** The templates, the tools, and the crates that are named after a framework or layer. */
export function versionsInUse({ tools, templates }, combinations) {
  const stems = combinations.flatMap(({ row }) => [row.framework, row.dbLayer]);
  const isNamed = (crate) =>
    stems.some((stem) => crate === stem || crate === `${stem}-rs` || crate === `${stem}-async`);
  const packages = combinations.flatMap(({ full }) => [...full.lock.matchAll(/^name = "(.+)"\nversion = "(.+)"$/gm)]);
  const crates = packages
    .map(([, name, version]) => [name, version])
    .filter(([name]) => isNamed(name) || name === 'tokio');
  return { 'templates (git tree)': templates, ...tools, ...Object.fromEntries(crates.sort()) };
}
