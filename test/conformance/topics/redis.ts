import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { poll } from '../../harness/poll.ts';
import type { Outage } from '../../harness/server.ts';
import { startTcpProxy, type TcpProxy } from '../../harness/tcp-proxy.ts';
import { type Api, PASSWORD } from '../accounts.ts';
import type { Headers } from '../http/client.ts';
import { expectProblem } from '../problem.ts';
import { type Context, row, rowWith, type Service, topic } from '../row.ts';
import type { Env, RedisServer } from '../target.ts';
import { createUser, identify, join, newUser, shownTo, USERS, type User } from '../users.ts';
import { expectTooManyAttempts, expectUnauthorized, guess, LOGIN, ME } from './accounts.ts';
import { LOGOUT } from './sessions.ts';

/** The Redis of the services under test. */
export function redisOf({ launcher }: Context): RedisServer {
  const { redis } = launcher();
  if (redis === undefined) throw new Error('a launcher of services with Redis has to say which');
  return redis;
}

function outageOf(context: Context): Outage {
  const { outage } = redisOf(context);
  if (outage === undefined) throw new Error('this row takes Redis away and has to declare the need "redis-outage"');
  return outage;
}

/** Creates a user who does not sign in, so that only the cache can have a key with its id. */
async function createAbsentUser(api: Api): Promise<User> {
  await identify(api);
  return createUser(api);
}

/** The one key in Redis that names the id. */
async function keyOf(redis: RedisServer, id: string): Promise<string> {
  const keys = await redis.run('KEYS', `*${id}*`);
  expect(keys).toHaveLength(1);
  return keys[0] ?? '';
}

/** `GET /api/v1/users/{id}` through Redis. */
export const redisCache = topic(
  'users cached in Redis',
  ['redis', 'launcher'],
  [
    row('a user that was read is served from the cache until it expires', async (context) => {
      const redis = redisOf(context);
      const user = await createAbsentUser(context.api);
      const path = `${USERS}/${user.id}`;
      expect((await context.api.get(path)).json()).toEqual(shownTo(context.api, user));
      const key = await keyOf(redis, user.id);
      expect(Number(await redis.run('TTL', key))).toBeGreaterThan(0);
      const kept = (await redis.run('GET', key)).join('\n');
      expect(kept).toContain('Ada Lovelace');
      await redis.run('SET', key, kept.replace('Ada Lovelace', 'Out Of Redis'), 'KEEPTTL');
      expect((await context.api.get(path)).json()).toEqual({ ...shownTo(context.api, user), name: 'Out Of Redis' });
    }),

    row('CACHE_TTL_SECONDS limits how long a user is cached', async (context) => {
      await context.withService({ CACHE_TTL_SECONDS: '1' }, async ({ api }) => {
        const { id } = await createAbsentUser(api);
        await api.get(`${USERS}/${id}`);
        await poll('it is gone', 3_000, async () => {
          expect(await redisOf(context).run('KEYS', `*${id}*`)).toEqual([]);
        });
      });
    }),

    row('a cached value that cannot be parsed is ignored', async (context) => {
      const { api } = context;
      const user = await createAbsentUser(api);
      await api.get(`${USERS}/${user.id}`);
      const key = await keyOf(redisOf(context), user.id);
      for (const nonsense of ['', '{', '{}', 'null', '[1]']) {
        await redisOf(context).run('SET', key, nonsense);
        expect((await api.get(`${USERS}/${user.id}`)).json()).toEqual(shownTo(api, user));
      }
    }),

    row('a read that began before a write does not restore the old user', async (context) => {
      const [{ id }, api] = await join(context.api);
      const path = `${USERS}/${id}`;
      let isWriting = true;
      const readers = Array.from({ length: 5 }, async () => {
        while (isWriting) expect((await api.get(path)).status).toBe(200);
      });
      for (let n = 0; n < 30; n++) {
        const name = `Name ${n}`;
        expect((await api.patch(path, { name })).status).toBe(200);
        expect((await api.get(path)).json()).toMatchObject({ name });
      }
      isWriting = false;
      await Promise.all(readers);
      expect((await api.get(path)).json()).toMatchObject({ name: 'Name 29' });
    }),

    rowWith(['database'], 'a user cached in another generation is ignored', async (context) => {
      const redis = redisOf(context);
      await context.withService({}, async ({ api, env }) => {
        const user = await createAbsentUser(api);
        await api.get(`${USERS}/${user.id}`);
        const key = await keyOf(redis, user.id);
        const cached = (await redis.run('GET', key)).join('\n');
        await redis.run('SET', key, cached.replace('Ada Lovelace', 'Long Gone'), 'KEEPTTL');
        await context.withService(env, async (other) => {
          await identify(other.api);
          expect((await other.api.get(`${USERS}/${user.id}`)).json()).toEqual(shownTo(other.api, user));
          expect((await api.get(`${USERS}/${user.id}`)).json()).toEqual(shownTo(api, user));
        });
      });
    }),

    row('a deleted user is gone at once', async ({ api }) => {
      const [{ id }, own] = await join(api);
      await identify(api);
      await api.get(`${USERS}/${id}`);
      expect((await own.delete(`${USERS}/${id}`)).status).toBe(204);
      expect((await api.get(`${USERS}/${id}`)).status).toBe(404);
    }),
  ],
);

/** Expects `/ready` to report the outage, and requests without Redis to succeed; `proof` is from an earlier login. */
async function expectToServeWithout({ has }: Context, api: Api, proof: Headers): Promise<void> {
  const started = Date.now();
  const ready = await api.get('/ready');
  expect(Date.now() - started, '/ready gives up after 1 s').toBeLessThan(1_900);
  expect(ready.json()).toMatchObject({
    status: has('auth:session') ? 'unavailable' : 'degraded',
    checks: { redis: 'unavailable' },
  });
  expect(ready.status).toBe(has('auth:session') ? 503 : 200);

  const asked = Date.now();
  expect((await api.get('/health')).status).toBe(200);
  if (has('auth:session')) await expectSessionsUnavailable(api.anonymous(), proof);
  else await expectUsersServed(api);
  expect((await api.post(api.accounts.path, newUser(api))).status).toBe(201);
  expect(Date.now() - asked).toBeLessThan(15_000);
}

/** Expects reads and writes of users to work as with Redis. */
async function expectUsersServed(api: Api): Promise<void> {
  const [user, own] = await join(api);
  const path = `${USERS}/${user.id}`;
  await identify(api);
  const found = await Promise.all(Array.from({ length: 20 }, () => api.get(path)));
  expect(found.map((reply) => reply.json())).toEqual(Array(20).fill(shownTo(api, user)));
  expect((await own.patch(path, { name: 'Grace' })).status).toBe(200);
  expect((await api.get(path)).json()).toMatchObject({ name: 'Grace' });
  expect((await own.delete(path)).status).toBe(204);
}

/** Expects 503 from requests that need a session: not a 401, and no cookie removed. */
async function expectSessionsUnavailable(nobody: Api, proof: Headers): Promise<void> {
  const body = newUser(nobody);
  expect((await nobody.post(nobody.accounts.path, body)).status).toBe(201);
  const login = { email: body['email'], password: PASSWORD };
  const known = await Promise.all([
    ...[ME, USERS].flatMap((path) =>
      Array.from({ length: 10 }, async () => [path, await nobody.get(path, proof)] as const),
    ),
    nobody.post(LOGIN, login).then((reply) => [LOGIN, reply] as const),
    nobody.send('POST', LOGOUT, proof).then((reply) => [LOGOUT, reply] as const),
  ]);
  for (const [path, reply] of known) {
    expectProblem(reply, 503, path);
    expect(reply.header('set-cookie')).toBeUndefined();
  }
  expectUnauthorized(await nobody.get(ME), ME);
}

/** Expects earlier sessions to work and new logins to succeed. */
async function expectRecovered(api: Api): Promise<void> {
  await poll('/ready is ok again', 15_000, async () =>
    expect((await api.get('/ready')).json()).toMatchObject({ status: 'ok', checks: { redis: 'ok' } }),
  );
  await identify(api);
  expect((await api.get(USERS)).status).toBe(200);
  await identify(api.anonymous());
}

/** Runs `use` with a service that reaches Redis through a proxy. */
async function withProxy(context: Context, use: (service: Service, proxy: TcpProxy) => Promise<void>, env: Env = {}) {
  const url = new URL(redisOf(context).url());
  const proxy = await startTcpProxy({ host: url.hostname, port: Number(url.port) });
  url.hostname = '127.0.0.1';
  url.port = String(proxy.port);
  try {
    await context.withService({ ...env, REDIS_URL: url.href }, (service) => use(service, proxy));
  } finally {
    await proxy.stop();
  }
}

/** How long the work takes, in milliseconds. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** Requests while the network to Redis is unreliable. */
export const redisNetwork = topic(
  'the network to Redis',
  ['redis', 'launcher'],
  [
    row('a read of a user who is signed in waits for Redis three times at most', async (context) => {
      await withProxy(context, async ({ api }, proxy) => {
        await identify(api);
        const user = await createUser(api);
        const path = `${USERS}/${user.id}`;
        expect((await api.get(path)).status).toBe(200);
        const fast = Math.min(await timed(() => api.get(path)), await timed(() => api.get(path)));
        // Both ways: a round trip takes 200 ms.
        proxy.delay(100);
        const slow = Math.min(await timed(() => api.get(path)), await timed(() => api.get(path)));
        // The rate limit, the session with its user, and the user who is read.
        const roundTrips = (slow - fast) / 200;
        expect(roundTrips).toBeLessThan(
          1.5 + (context.has('rate-limit') ? 1 : 0) + (context.has('auth:session') ? 1 : 0),
        );
        expect(roundTrips, 'the proxy is in between').toBeGreaterThan(0.9);
      });
    }),

    row('no request fails when the connection is closed, as it is when Redis restarts', async (context) => {
      await withProxy(context, async ({ api }, proxy) => {
        await identify(api);
        for (let n = 0; n < 5; n++) {
          proxy.drop();
          expect((await api.get(USERS)).status).toBe(200);
        }
      });
    }),

    row('a connection that dies silently delays a request by half a second at most', async (context) => {
      await withProxy(context, async ({ api }, proxy) => {
        await identify(api);
        expect((await api.get(USERS)).status).toBe(200);
        proxy.blackhole();
        expect(await timed(() => api.get(USERS))).toBeLessThan(1_000);
        await poll('the service has connected anew', 2_000, async () => {
          expect((await api.get('/ready')).json()).toMatchObject({ status: 'ok' });
        });
        expect((await api.get(USERS)).status).toBe(200);
      });
    }),

    row('an idle connection is probed by the kernel', async (context) => {
      await withProxy(context, async ({ api }, proxy) => {
        expect((await api.get('/ready')).status).toBe(200);
        const timers = await keepaliveTimers(proxy.port);
        expect(timers).not.toEqual([]);
        for (const seconds of timers) expect(seconds).toBeLessThanOrEqual(10);
      });
    }),

    row('a read waits half a second at most while Redis hangs, and the next ones not at all', async (context) => {
      await withProxy(context, async ({ api }, proxy) => {
        await identify(api);
        const { id } = await createUser(api);
        proxy.delay(30_000);
        expect(await timed(() => api.get(`${USERS}/${id}`)), 'one wait, not two').toBeLessThan(1_000);
        const others = await Promise.all(Array.from({ length: 5 }, () => timed(() => api.get(`${USERS}/${id}`))));
        expect(Math.max(...others), 'no wait').toBeLessThan(500);
      });
    }),

    rowWith(
      ['auth:jwt', 'database'],
      'all instances see a change made during an outage of Redis once it is back',
      async (context) => {
        await withProxy(context, async (one, proxy) => {
          const { REDIS_URL: _, ...shared } = one.env;
          await context.withService({ ...shared, REDIS_URL: redisOf(context).url() }, async (other) => {
            const [changed, own] = await join(one.api);
            const [deleted, gone] = await join(one.api);
            await identify(one.api);
            await identify(other.api);
            for (const { api } of [one, other]) {
              for (const { id } of [changed, deleted]) expect((await api.get(`${USERS}/${id}`)).status).toBe(200);
            }
            await proxy.refuse();
            expect((await own.patch(`${USERS}/${changed.id}`, { name: 'Grace' })).status).toBe(200);
            expect((await gone.delete(`${USERS}/${deleted.id}`)).status).toBe(204);
            const expectSeen = async ({ api }: Service) => {
              expect((await api.get(`${USERS}/${changed.id}`)).json()).toMatchObject({ name: 'Grace' });
              expect((await api.get(`${USERS}/${deleted.id}`)).status).toBe(404);
            };
            await expectSeen(one);
            await proxy.accept();
            await poll('the other instance sees it', 5_000, () => expectSeen(other));
            for (let n = 0; n < 3; n++) await expectSeen(one).then(() => expectSeen(other));
          });
        });
      },
    ),
  ],
);

/** Seconds until the kernel probes each connection to this port (Linux only). */
async function keepaliveTimers(port: number): Promise<number[]> {
  const table = await readFile('/proc/net/tcp', 'utf8');
  const remote = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const lines = table.split('\n').map((line) => line.trim().split(/\s+/));
  const open = lines.filter(([, , peer = '', state]) => peer.endsWith(remote) && state === '01');
  return open.map(([, , , , , timer = '']) => {
    const [kind, jiffies = ''] = timer.split(':');
    expect(kind, 'the timer is that of keepalive').toBe('02');
    return Number.parseInt(jiffies, 16) / 100;
  });
}

/** Redis goes down and comes back while the service keeps serving. */
export const redisOutage = topic(
  'Redis goes down and comes back',
  ['redis', 'redis-outage'],
  [
    rowWith(['auth:session'], 'it rejects writes: sessions stay valid', async (context) => {
      const redis = redisOf(context);
      // A session is touched again after a tenth of its idle time.
      await context.withService({ SESSION_IDLE_SECONDS: '10' }, async ({ api }) => {
        await identify(api);
        await sleep(1_500);
        await redis.run('CONFIG', 'SET', 'maxmemory', '1');
        try {
          for (let n = 0; n < 3; n++) expect((await api.get(USERS)).status).toBe(200);
        } finally {
          await redis.run('CONFIG', 'SET', 'maxmemory', '0');
        }
      });
    }),

    row('while it rejects writes, /ready stays ok and changes are seen', async (context) => {
      const redis = redisOf(context);
      await context.withService({}, async ({ api, env }) => {
        const [{ id }, own] = await join(api);
        const path = `${USERS}/${id}`;
        await identify(api);
        expect((await api.get(path)).status).toBe(200);
        await redis.run('CONFIG', 'SET', 'maxmemory', '1');
        try {
          expect((await own.patch(path, { name: 'Grace' })).status).toBe(200);
          const expectReady = async (service: Api) => {
            expect((await service.get('/ready')).json()).toMatchObject({ status: 'ok', checks: { redis: 'ok' } });
          };
          for (let n = 0; n < 20; n++) {
            await expectReady(api);
            expect((await api.get(path)).json()).toMatchObject({ name: 'Grace' });
            await sleep(50);
          }
          // An instance that starts now cannot write to the cache at all.
          await context.withService(env, (other) => expectReady(other.api));
        } finally {
          await redis.run('CONFIG', 'SET', 'maxmemory', '0');
        }
      });
    }),

    row('it refuses connections, twice: requests are served', async (context) => {
      const redis = outageOf(context);
      await context.withService({}, async ({ api }) => {
        await identify(api);
        for (const _ of ['once', 'twice']) {
          await redis.stop();
          try {
            await expectToServeWithout(context, api, api.caller);
          } finally {
            await redis.start();
          }
          await expectRecovered(api);
        }
      });
    }),

    row('it accepts connections and does not respond: requests are served', async (context) => {
      const redis = outageOf(context);
      await context.withService({}, async ({ api }) => {
        await identify(api);
        redis.pause();
        try {
          await expectToServeWithout(context, api, api.caller);
        } finally {
          redis.resume();
        }
        await expectRecovered(api);
      });
    }),

    row('it is down at the start: the service starts, and is ready later', async (context) => {
      const redis = outageOf(context);
      await identify(context.api);
      await redis.stop();
      let isBack = false;
      try {
        await context.withService({}, async ({ api }) => {
          await expectToServeWithout(context, api, context.api.caller);
          await redis.start();
          isBack = true;
          await expectRecovered(api);
        });
      } finally {
        if (!isBack) await redis.start();
      }
    }),

    rowWith(
      ['auth:jwt'],
      'a user changed or deleted meanwhile is not served from the cache afterwards',
      async (context) => {
        const redis = outageOf(context);
        // Without sessions, no caller could make the change.
        if (context.has('auth:session')) return;
        await context.withService({}, async ({ api }) => {
          const [[changed, own], [deleted, gone]] = [await join(api), await join(api)];
          await identify(api);
          for (const { id } of [changed, deleted]) expect((await api.get(`${USERS}/${id}`)).status).toBe(200);
          await redis.stop();
          try {
            expect((await own.patch(`${USERS}/${changed.id}`, { name: 'Grace' })).status).toBe(200);
            expect((await gone.delete(`${USERS}/${deleted.id}`)).status).toBe(204);
          } finally {
            await redis.start();
          }
          for (let n = 0; n < 20; n++) {
            expect((await api.get(`${USERS}/${changed.id}`)).json()).toMatchObject({ name: 'Grace' });
            expect((await api.get(`${USERS}/${deleted.id}`)).status).toBe(404);
            await sleep(50);
          }
        });
      },
    ),

    rowWith(['accounts'], 'wrong passwords are still counted', async (context) => {
      const redis = outageOf(context);
      await context.withService({}, async ({ api }) => {
        const { email } = await createUser(api.anonymous());
        await redis.stop();
        try {
          expect(await guess(api, email, 10)).toEqual(Array(10).fill(401));
          expectTooManyAttempts(await api.post(LOGIN, { email, password: PASSWORD }));
        } finally {
          await redis.start();
        }
      });
    }),

    rowWith(['outage'], '/ready checks Redis and the database at the same time', async (context) => {
      const redis = outageOf(context);
      const database = context.launcher().outage;
      if (database === undefined)
        throw new Error('this row takes the database away and has to declare the need "outage"');
      await context.withService({}, async ({ api }) => {
        database.pause();
        redis.pause();
        try {
          const started = Date.now();
          const ready = await api.get('/ready');
          expect(Date.now() - started, 'both have the same second').toBeLessThan(1_900);
          expect(ready.status).toBe(503);
          expect(ready.json()).toEqual({
            status: 'unavailable',
            checks: { database: 'unavailable', redis: 'unavailable' },
          });
        } finally {
          redis.resume();
          database.resume();
        }
      });
    }),

    rowWith(['rate-limit'], 'requests are still limited', async (context) => {
      const redis = outageOf(context);
      await context.withService({ RATE_LIMIT_REQUESTS: '3' }, async ({ api }) => {
        await redis.stop();
        try {
          const statuses = [];
          for (let n = 0; n < 5; n++) statuses.push((await api.get('/nowhere')).status);
          expect(statuses).toEqual([404, 404, 404, 429, 429]);
        } finally {
          await redis.start();
        }
      });
    }),
  ],
);
