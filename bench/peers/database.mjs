// PostgreSQL with a filled table, copied for each service, so that all start from the same rows.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ROOT } from '../../scripts/lib/import-ts.mjs';
import { createDatabase, startPostgres } from '../lib/databases.mjs';
import { SEED } from './work.mjs';

const SCHEMA = path.join(ROOT, 'bench/rust/store/schema/postgres.sql');
// Of this process only, since a server given by URL may have those of an interrupted run.
const SEEDED = `bench_seeded_${process.pid}`;
const COPY = `bench_work_${process.pid}`;

/**
 * Starts PostgreSQL. `pid` is its process, `version` what it says of itself; `withCopy(use)` passes the URL of a newly
 * filled database to `use`, and drops the database afterwards.
 */
export async function startDatabase() {
  const server = await startPostgres();
  const sql = (statements) => server.engine.sql(server.url, statements);
  const seeded = await createDatabase(server, SEEDED);
  await server.engine.sql(seeded, (await readFile(SCHEMA, 'utf8')) + SEED);
  const url = new URL(server.url);
  url.pathname = `/${COPY}`;
  return {
    pid: Number.parseInt(await sql("SELECT pg_read_file('postmaster.pid')"), 10),
    version: `PostgreSQL ${await sql('SHOW server_version')}`,
    async stop() {
      await sql(`DROP DATABASE ${SEEDED}`);
      await server.stop();
    },
    async withCopy(use) {
      await sql(`CREATE DATABASE ${COPY} TEMPLATE ${SEEDED}`);
      try {
        return await use(url.href);
      } finally {
        await sql(`DROP DATABASE ${COPY} WITH (FORCE)`);
      }
    },
  };
}
