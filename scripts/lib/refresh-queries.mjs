// templates/db-layers/<layer>/<database>/files/.sqlx: what `cargo sqlx prepare` writes against a real database.
import { existsSync } from 'node:fs';
import { cp, rm } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { importTs, ROOT } from './import-ts.mjs';
import { withProject } from './rendered-project.mjs';

const { createDatabase, startMariadb, startPostgres } = await importTs('test/harness/server.ts');
const SERVERS = { postgres: startPostgres, mysql: startMariadb };

/** Rewrites the query data of a combination's cell; does nothing where the layer keeps none. */
export async function refreshQueries(combination) {
  const cell = path.join(ROOT, 'templates', 'db-layers', combination.dbLayer, `${combination.database}`, 'files');
  const shipped = path.join(cell, '.sqlx');
  if (!existsSync(shipped)) return;
  console.error(`query data ${combination.dbLayer} × ${combination.database}`);
  await withProject({ name: 'service-name', combination, middleware: 'all', features: 'all' }, async (folder) => {
    await withDatabase(combination.database, folder, async (url) => {
      const options = { cwd: folder, env: { DATABASE_URL: url }, stderr: 'inherit' };
      await execa('cargo', ['sqlx', 'database', 'setup'], options);
      await execa('cargo', ['sqlx', 'prepare'], options);
    });
    await rm(shipped, { recursive: true });
    await cp(path.join(folder, '.sqlx'), shipped, { recursive: true });
  });
}

async function withDatabase(database, folder, use) {
  const start = SERVERS[database];
  if (start === undefined) return use(`sqlite://${path.join(folder, 'app.db')}`);
  // The harness does not hold the process open for its servers: a test runner does.
  const running = setInterval(() => {}, 60_000);
  const server = await start();
  try {
    // MySQL's query data names the database: it is the one of `.env.example`, so that a first `prepare` changes nothing.
    return await use(await createDatabase(server, 'app'));
  } finally {
    await server.stop();
    clearInterval(running);
  }
}
