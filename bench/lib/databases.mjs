// A PostgreSQL of the test harness: a throwaway one, or the one at TEST_POSTGRES_URL.
import { importTs } from '../../scripts/lib/import-ts.mjs';

const harness = await importTs('test/harness/server.ts');

/** Starts it; `stop()` ends it, and it does not outlive this process. */
export async function startPostgres() {
  const server = await harness.startPostgres();
  return { ...server, stop: () => keepingAlive(() => server.stop()) };
}

/** Creates an empty database on the server and returns its URL. */
export const createDatabase = harness.createDatabase;

/** The harness does not keep this process alive, and Node would end it before the server has stopped. */
async function keepingAlive(act) {
  const timer = setInterval(() => {}, 1000);
  await act().finally(() => clearInterval(timer));
}
