// What create-api offers, according to the command that is shipped.
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { importTs, ROOT } from '../import-ts.mjs';

const { createProject } = await importTs('test/support/create-project.ts');
const { rowsOf } = await importTs('test/proof/rows.ts');
const { paymentOf } = await importTs('test/support/build-resources.ts');
const CLI = path.join(ROOT, 'dist', 'cli.js');
// Unlike the names of other tests' projects, with which it may share a target folder.
const ABOUT = { name: 'proven-service', description: 'A service to prove' };
const LISTS = ['middleware', 'features'];

/**
 * Builds create-api, has it create two projects for every row of the document, with the row's extras and a payment, and
 * with nothing but users, passes the combinations to `use`, and removes the projects.
 */
export async function withCombinations(use) {
  await execa('node', [path.join(ROOT, 'scripts', 'build.mjs')]);
  const [offered, { options }] = await Promise.all([ask('--combinations'), ask()]);
  const folder = await mkdtemp(path.join(tmpdir(), 'create-api-matrix-'));
  try {
    const combinations = [];
    for (const row of rowsOf(offered)) combinations.push(await created(row, options, folder));
    await use(combinations);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function ask(...args) {
  const { stdout } = await execa('node', [CLI, 'list', ...args, '--json']);
  return JSON.parse(stdout);
}

async function created(row, options, folder) {
  const { extras, ...structure } = row;
  const id = idOf(row);
  const lists = LISTS.map((axis) => [axis, options.find((option) => option.key === axis).choices]);
  const goesWith = ({ unsupported }) => !unsupported.some((other) => structure[other.key] === other.id);
  const wanted = lists.map(([axis, choices]) => [axis, choices.filter((choice) => extras === 'all' || choice.default)]);
  const on = Object.fromEntries(wanted.map(([axis, choices]) => [axis, idsOf(choices.filter(goesWith))]));
  const leftOut = wanted.flatMap(([, choices]) => idsOf(choices.filter((choice) => !goesWith(choice))));
  const none = Object.fromEntries(LISTS.map((axis) => [axis, []]));
  const resources = [paymentOf(row.auth)];
  const full = await create({ ...ABOUT, ...structure, ...on, resources }, path.join(folder, id, 'full'));
  const bare = await create({ ...ABOUT, ...structure, ...none, resources: [] }, path.join(folder, id, 'bare'));
  return { id, row, leftOut, full, bare };
}

function idOf({ framework, dbLayer, database, auth, extras }) {
  const ids = [framework, dbLayer, database, auth, extras === 'default' ? null : extras];
  return ids.filter((id) => id !== null).join('-');
}

function idsOf(choices) {
  return choices.map(({ id }) => id);
}

async function create(answers, parent) {
  await mkdir(parent, { recursive: true });
  const folder = createProject(answers, parent);
  return {
    ...{ answers, folder },
    hash: await hashOfFolder(folder),
    // Identifies its dependencies and how they are compiled.
    manifestHash: hashOf(
      ...(await Promise.all(['Cargo.toml', 'Cargo.lock'].map((file) => readFile(path.join(folder, file))))),
    ),
    lock: await readFile(path.join(folder, 'Cargo.lock'), 'utf8'),
  };
}

export function hashOf(...texts) {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(createHash('sha256').update(text).digest());
  return hash.digest('hex');
}

/** Hash of every path below a folder and its contents, without what neither cargo nor the service reads. */
export async function hashOfFolder(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .filter((file) => !/^\.create-api\b|^\.gitattributes$|\.md$/.test(file));
  const texts = await Promise.all(files.sort().map(async (file) => [file, await readFile(path.join(folder, file))]));
  return hashOf(...texts.flat());
}
