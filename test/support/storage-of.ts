import { describe } from 'vitest';
import type { Answers } from '../../src/model/answers.ts';
import { inFile, inMemory, onServer, type Storage, withRedis } from '../conformance/storage.ts';
import { describeWith } from '../harness/describe-with.ts';
import type { Engine } from '../harness/engine.ts';
import { mariadb } from '../harness/mariadb.ts';
import { postgres } from '../harness/postgres.ts';
import { redis } from '../harness/redis.ts';

const SERVERS: Readonly<Record<string, Engine>> = { postgres, mysql: mariadb };

/** The server that a database needs; `undefined` for a file or memory. */
export function engineOf(database: string | null): Engine | undefined {
  return database === null ? undefined : SERVERS[database];
}

/** A `describe` whose tests have storage for what was chosen, with the servers that it needs running. */
export function provideStorage(title: string, answers: Answers, define: (storage: Storage) => void): void {
  const { database, features } = answers;
  const engine = engineOf(database);
  const complete = (storage: Storage) => {
    if (!features.includes('redis')) return define(storage);
    describeWith(redis, 'with Redis', (server) => define(withRedis(storage, server)));
  };
  if (engine !== undefined) describeWith(engine, title, (server) => complete(onServer(engine, server)));
  else describe(title, () => complete(database === null ? inMemory : inFile()));
}
