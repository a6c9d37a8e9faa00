// The `.sqlx` folders of the pack: what `cargo sqlx prepare` writes against a real database, but for the queries of resources,
// whose data is computed.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { importTs, ROOT } from './import-ts.mjs';
import { filesFor, withProject } from './rendered-project.mjs';

const { createDatabase, startMariadb, startPostgres } = await importTs('test/harness/server.ts');
const SERVERS = { postgres: startPostgres, mysql: startMariadb };

/**
 * Rewrites the query data of a layer on a database, given its combinations, which differ in their authentication only;
 * does nothing if the layer has none. Queries that all combinations have go into the layer's cell, the others into the cell
 * of their authentication.
 */
export async function refreshQueries(combinations) {
  const { dbLayer, database } = combinations[0];
  const shipped = (part) => path.join(ROOT, 'templates', part, `${database}`, 'files', '.sqlx');
  const ofLayer = shipped(`db-layers/${dbLayer}`);
  if (queriesIn(combinations[0]).length === 0) return;

  const texts = new Map();
  const choosers = new Map();
  for (const combination of combinations) {
    console.error(`query data ${dbLayer} × ${database} × ${combination.auth}`);
    for (const [name, text] of await preparedQueries(combination)) {
      texts.set(name, text);
      choosers.set(name, [...(choosers.get(name) ?? []), combination.auth]);
    }
  }

  const ofAuth = new Map();
  for (const id of ['any', ...combinations.map(({ auth }) => auth)]) {
    ofAuth.set(id, shipped(await cellOf(`auth/${id}`, dbLayer)));
  }
  const folderFor = (auths) => {
    if (auths.length === combinations.length) return ofLayer;
    return ofAuth.get(auths.length === 1 ? auths[0] : 'any');
  };
  for (const folder of [ofLayer, ...ofAuth.values()]) await rm(folder, { recursive: true, force: true });
  for (const [name, text] of texts) {
    const folder = folderFor(choosers.get(name));
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
}

/** The cell named after the layer in what a part brings; it may stand in another cell. */
async function cellOf(part, dbLayer) {
  const entries = await readdir(path.join(ROOT, 'templates', part), { recursive: true });
  return path.join(part, entries.find((entry) => path.basename(entry) === dbLayer) ?? dbLayer);
}

/** The query data of a project of that combination, as the pack has it. */
function queriesIn(combination) {
  return filesFor(projectOf(combination)).filter(({ path: file }) => file.startsWith('.sqlx/'));
}

function projectOf(combination) {
  return { name: 'service-name', combination, middleware: 'default', features: 'default' };
}

/** The name and text of each file that `cargo sqlx prepare` writes for a project of that combination, if it is not computed. */
function preparedQueries(combination) {
  const computed = queriesIn(combination)
    .filter(({ origin }) => origin.template.includes('/resource-files/'))
    .map(({ path: file }) => path.basename(file));
  return withProject(projectOf(combination), async (folder) => {
    const written = path.join(folder, '.sqlx');
    await withDatabase(combination.database, folder, async (url) => {
      const options = { cwd: folder, env: { DATABASE_URL: url }, stderr: 'inherit' };
      await execa('cargo', ['sqlx', 'database', 'setup'], options);
      await execa('cargo', ['sqlx', 'prepare'], options);
    });
    const names = (await readdir(written)).filter((name) => !computed.includes(name));
    return Promise.all(names.map(async (name) => [name, await readFile(path.join(written, name), 'utf8')]));
  });
}

async function withDatabase(database, folder, use) {
  const start = SERVERS[database];
  if (start === undefined) return use(`sqlite://${path.join(folder, 'app.db')}`);
  // The harness does not keep the process alive for its servers; usually the test runner does.
  const running = setInterval(() => {}, 60_000);
  const server = await start();
  try {
    // MySQL's query data names the database: use the one in `.env.example`, so that a first `prepare` changes nothing.
    return await use(await createDatabase(server, 'app'));
  } finally {
    await server.stop();
    clearInterval(running);
  }
}
