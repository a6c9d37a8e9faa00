import { expect } from 'vitest';
import { poll } from '../../harness/poll.ts';
import type { Outage } from '../../harness/server.ts';
import type { Api } from '../accounts.ts';
import { expectProblem } from '../problem.ts';
import { type Context, row, rowWith, topic } from '../row.ts';
import { createUser, newUser, USERS, type User } from '../users.ts';

function outageOf({ launcher }: Context): Outage {
  const { outage } = launcher();
  if (outage === undefined) throw new Error('this row takes the database away and has to declare the need "outage"');
  return outage;
}

/** Expects 503 from requests that need the database, and from no other; each within this many seconds. */
async function expectUnavailable({ has }: Context, api: Api, user: User, withinSeconds: number): Promise<void> {
  const started = Date.now();
  const ready = await api.get('/ready');
  expect(Date.now() - started, '/ready gives up after 1 s').toBeLessThan(2_000);
  expect(ready.status).toBe(503);
  expect(ready.json()).toMatchObject({ status: 'unavailable', checks: { database: 'unavailable' } });

  const asked = Date.now();
  const path = `${USERS}/${user.id}`;
  const [health, list, found, created] = await Promise.all([
    api.get('/health').then((reply) => ({ status: reply.status, afterMs: Date.now() - asked })),
    api.get(USERS),
    api.get(path),
    api.post(api.accounts.path, newUser(api)),
    ...Array.from({ length: 20 }, async () => expectProblem(await api.get(USERS), 503, USERS)),
  ]);
  expect(health.status).toBe(200);
  expect(health.afterMs, '/health waits for nothing').toBeLessThan(1_500);
  expectProblem(list, 503, USERS);
  // A cache may still know the user.
  if (!has('redis')) expectProblem(found, 503, path);
  expectProblem(created, 503, api.accounts.path);
  expect(Date.now() - asked).toBeLessThan(withinSeconds * 1_000);
}

/** Expects the same process to serve again, with the same data. */
async function expectRecovered(api: Api, user: User): Promise<void> {
  await poll('/ready is 200 again', 15_000, async () => expect((await api.get('/ready')).status).toBe(200));
  const found = await api.get(`${USERS}/${user.id}`);
  expect(found.status, found.text).toBe(200);
  expect(found.json()).toEqual(user);
  const created = await Promise.all(Array.from({ length: 10 }, () => api.post(api.accounts.path, newUser(api))));
  expect(created.map(({ status }) => status)).toEqual(Array(10).fill(201));
}

/** The database goes down and comes back while the service keeps running. */
export const outage = topic(
  'the database goes down (503) and comes back',
  ['outage'],
  [
    row('it refuses connections, twice', async (context) => {
      const database = outageOf(context);
      await context.withService({}, async ({ api }) => {
        const user = await createUser(api);
        for (const _ of ['once', 'twice']) {
          await database.stop();
          try {
            await expectUnavailable(context, api, user, 8);
          } finally {
            await database.start();
          }
          await expectRecovered(api, user);
        }
      });
    }),

    rowWith(['timeout'], 'it accepts connections and does not respond', async (context) => {
      const database = outageOf(context);
      await context.withService({ REQUEST_TIMEOUT_SECONDS: '3' }, async ({ api }) => {
        const user = await createUser(api);
        database.pause();
        try {
          await expectUnavailable(context, api, user, 8);
        } finally {
          database.resume();
        }
        await expectRecovered(api, user);
      });
    }),

    row('it is down at the start: the start fails and says so', async (context) => {
      const database = outageOf(context);
      const storage = await context.launcher().storage();
      await database.stop();
      try {
        const { code, logs } = await context.launcher().run([], storage);
        expect(code ?? 0, logs).toBeGreaterThan(0);
        expect(logs).toMatch(/database/i);
        expect(logs, 'names host and port').toContain(new URL(storage['DATABASE_URL'] ?? '').host);
        expect(logs).not.toMatch(/panicked|listening on/);
      } finally {
        await database.start();
      }
    }),
  ],
);
