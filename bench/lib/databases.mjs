// A PostgreSQL of the test harness: a throwaway one, or the one at TEST_POSTGRES_URL.
import { importTs } from '../../scripts/lib/import-ts.mjs';

const harness = await importTs('test/harness/server.ts');

/** Starts it; `stop()` ends it, and it does not outlive this process. */
export const startPostgres = harness.startPostgres;

/** Creates an empty database on the server and returns its URL. */
export const createDatabase = harness.createDatabase;
