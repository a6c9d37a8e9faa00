import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Engine } from '../harness/engine.ts';
import { redis, runRedisCommand } from '../harness/redis.ts';
import { createDatabase, isGivenByUrl, type Outage, type Server } from '../harness/server.ts';
import { temporaryFolder } from '../harness/temporary-folder.ts';
import type { Env, Launcher } from './target.ts';

/** Where services under test store their data. */
export type Storage = Pick<Launcher, 'storage' | 'secrets' | 'outage' | 'redis' | 'sql'>;

/** For services that keep their users in memory. */
export const inMemory: Storage = { storage: async () => ({}) };

/** A SQLite file of its own for each service. */
export function inFile(): Storage {
  const folder = temporaryFolder('sqlite');
  return { storage: async () => ({ DATABASE_URL: `sqlite:${join(folder, `${randomUUID()}.db`)}` }) };
}

/**
 * A database of its own for each service, on a server of this engine that runs by the time the tests do: which rows
 * apply is settled before.
 */
export function onServer(engine: Engine, server: () => Server): Storage {
  const storage = async (): Promise<Env> => {
    const name = `conformance_${randomUUID().replaceAll('-', '')}`;
    return { DATABASE_URL: await createDatabase(server(), name) };
  };
  const secrets = () => [decodeURIComponent(new URL(server().url).password)];
  const { sql: run } = engine;
  const sql = run && { sql: (env: Env, statements: string) => run(env['DATABASE_URL'] ?? '', statements) };
  return { storage, secrets, ...sql, ...(isGivenByUrl(engine) ? {} : { outage: outageOf(server) }) };
}

/** The same, with separate keys for each service on a Redis that is running by the time of the tests. */
export function withRedis(storage: Storage, server: () => Server): Storage {
  return {
    ...storage,
    storage: async () => ({
      ...(await storage.storage()),
      REDIS_URL: server().url,
      REDIS_KEY_PREFIX: `conformance-${randomUUID()}:`,
    }),
    redis: {
      url: () => server().url,
      run: (...command) => runRedisCommand(server().url, command),
      ...(isGivenByUrl(redis) ? {} : { outage: outageOf(server) }),
    },
  };
}

function outageOf(server: () => Server): Outage {
  const outage = (): Outage => {
    const { outage } = server();
    if (outage === null) throw new Error('a server that was given by URL cannot be taken away');
    return outage;
  };
  return {
    stop: () => outage().stop(),
    start: () => outage().start(),
    pause: () => outage().pause(),
    resume: () => outage().resume(),
  };
}
