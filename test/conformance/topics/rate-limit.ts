import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Client } from '../http/client.ts';
import type { Reply } from '../http/reply.ts';
import { expectProblem } from '../problem.ts';
import { row, rowWith, topic } from '../row.ts';
import { ALLOWED_ORIGIN } from '../target.ts';
import { newUser, USERS } from '../users.ts';

const LIMIT = 3;
const FEW = { RATE_LIMIT_REQUESTS: String(LIMIT), RATE_LIMIT_PERIOD_SECONDS: '60' };

/** The whole number in this header of a limited response; fails if it is not one. */
function told(reply: Reply, name: string): number {
  const value = reply.header(name);
  expect(value, name).toMatch(/^\d+$/);
  return Number(value);
}

/** Sends a request with each of these `X-Forwarded-For` in turn; returns whether each was limited. */
async function refusals(api: Client, forwarded: readonly string[]): Promise<boolean[]> {
  const refused: boolean[] = [];
  for (const value of forwarded) {
    refused.push((await api.get(USERS, { 'x-forwarded-for': value })).status === 429);
  }
  return refused;
}

/** `LIMIT` requests that are let through, and one that is not. */
const SPENT = [...Array<boolean>(LIMIT).fill(false), true];

/** 429 for clients that send too many requests. */
export const rateLimit = topic(
  'rate limit (429)',
  ['rate-limit', 'launcher'],
  [
    row(
      'each response has the remaining quota; one request too many is 429 with Retry-After',
      async ({ withService }) => {
        await withService(FEW, async ({ api }) => {
          for (let left = LIMIT - 1; left >= 0; left--) {
            const reply = await api.get(USERS);
            expect(reply.status).not.toBe(429);
            expect(told(reply, 'ratelimit-limit')).toBe(LIMIT);
            expect(told(reply, 'ratelimit-remaining')).toBe(left);
            expect(told(reply, 'ratelimit-reset')).toBeGreaterThan(0);
            expect(reply.header('retry-after')).toBeUndefined();
          }
          const reply = await api.get(USERS);
          expectProblem(reply, 429, USERS);
          expect(told(reply, 'retry-after')).toBeGreaterThan(0);
          expect(told(reply, 'retry-after')).toBeLessThanOrEqual(60 / LIMIT);
          expect(told(reply, 'ratelimit-remaining')).toBe(0);
          expect(told(reply, 'ratelimit-reset')).toBeLessThanOrEqual(60);
        });
      },
    ),

    row('errors count, and have the remaining quota too', async ({ withService }) => {
      await withService(FEW, async ({ api }) => {
        const replies = [await api.get('/nowhere'), await api.send('PUT', USERS), await api.get(`${USERS}/x`)];
        expect(replies.map((reply) => told(reply, 'ratelimit-remaining'))).toEqual([2, 1, 0]);
        expect((await api.post(api.accounts.path, newUser(api))).status).toBe(429);
      });
    }),

    row('a client that waits for Retry-After is served', async ({ withService }) => {
      await withService({ RATE_LIMIT_REQUESTS: '2', RATE_LIMIT_PERIOD_SECONDS: '10' }, async ({ api }) => {
        await api.get(USERS);
        await api.get(USERS);
        const refused = await api.get(USERS);
        expect(refused.status).toBe(429);
        await sleep(told(refused, 'retry-after') * 1000);
        expect((await api.get(USERS)).status).not.toBe(429);
        expect((await api.get(USERS)).status).toBe(429);
      });
    }),

    row('probes are never limited and do not count', async ({ withService }) => {
      await withService(FEW, async ({ api }) => {
        for (let n = 0; n <= LIMIT; n++) {
          for (const path of ['/health', '/ready']) {
            const reply = await api.get(path);
            expect(reply.status).toBe(200);
            expect(reply.header('ratelimit-limit')).toBeUndefined();
          }
        }
        expect(await refusals(api, Array(LIMIT + 1).fill('192.0.2.1'))).toEqual(SPENT);
        expect((await api.get('/health')).status).toBe(200);
      });
    }),

    row('without proxies X-Forwarded-For is ignored', async ({ withService }) => {
      await withService(FEW, async ({ api }) => {
        const spoofed = Array.from({ length: LIMIT + 1 }, (_, n) => `192.0.2.${n}`);
        expect(await refusals(api, spoofed)).toEqual(SPENT);
      });
    }),

    row('behind two proxies the entry of the outer one counts, whatever comes before it', async ({ withService }) => {
      await withService({ ...FEW, TRUSTED_PROXIES: '2' }, async ({ api }) => {
        const from = (client: string) =>
          Array.from({ length: LIMIT + 1 }, (_, n) => `192.0.2.${n}, ${client}, 10.0.0.${n}`);
        expect(await refusals(api, from('203.0.113.1'))).toEqual(SPENT);
        expect(await refusals(api, from('203.0.113.2')), 'another client').toEqual(SPENT);
      });
    }),

    row('an IPv6 client is a /64, with a port or without', async ({ withService }) => {
      await withService({ ...FEW, TRUSTED_PROXIES: '1' }, async ({ api }) => {
        const addresses = ['2001:db8:0:1::1', '2001:db8:0:1::2', '[2001:db8:0:1:ffff::3]:80', '2001:db8:0:1:a:b:c:d'];
        expect(await refusals(api, addresses)).toEqual(SPENT);
        expect(await refusals(api, ['2001:db8:0:2::1'])).toEqual([false]);
      });
    }),

    row(
      'a client that bypasses the proxies, or whose entry is not an address, is limited by peer',
      async ({ withService }) => {
        await withService({ ...FEW, TRUSTED_PROXIES: '2' }, async ({ api }) => {
          expect(await refusals(api, ['192.0.2.1', '', 'a, b', 'unknown, 192.0.2.2'])).toEqual(SPENT);
        });
      },
    ),

    rowWith(['cors'], 'web pages may read the remaining quota', async ({ api }) => {
      const exposed = (await api.get(USERS, { origin: ALLOWED_ORIGIN })).list('access-control-expose-headers');
      const told = ['ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset', 'retry-after'];
      expect(exposed).toEqual(expect.arrayContaining(told));
    }),

    rowWith(['redis'], 'instances with the same Redis share the count', async ({ withService }) => {
      await withService(FEW, async (one) => {
        await withService(one.env, async (other) => {
          const statuses = [];
          for (const { api } of [one, other, one, other, one]) statuses.push((await api.get(USERS)).status);
          expect(statuses.map((status) => status === 429)).toEqual([...SPENT, true]);
        });
      });
    }),
  ],
);
