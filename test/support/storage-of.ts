import { describe } from 'vitest';
import { inFile, inMemory, onServer, type Storage } from '../conformance/storage.ts';
import { describeWith } from '../harness/describe-with.ts';
import type { Engine } from '../harness/engine.ts';
import { mariadb } from '../harness/mariadb.ts';
import { postgres } from '../harness/postgres.ts';

const SERVERS: Readonly<Record<string, Engine>> = { postgres, mysql: mariadb };

/** The server that a database needs; none where it is a file or memory. */
export function engineOf(database: string | null): Engine | undefined {
  return database === null ? undefined : SERVERS[database];
}

/** A `describe` whose tests have storage of the database that was chosen, `null` for none, with its server running. */
export function provideStorage(title: string, database: string | null, define: (storage: Storage) => void): void {
  const engine = engineOf(database);
  if (engine !== undefined) describeWith(engine, title, (server) => define(onServer(engine, server)));
  else describe(title, () => define(database === null ? inMemory : inFile()));
}
