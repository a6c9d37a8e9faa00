import { expect } from 'vitest';
import { row, type Service, topic } from '../row.ts';
import type { RedisServer } from '../target.ts';
import { createUser } from '../users.ts';
import { expectUnauthorized, ME } from './accounts.ts';
import { redisOf } from './redis.ts';

/** The command that reads a whole value of each type. */
const READERS: Readonly<Record<string, (key: string) => readonly string[]>> = {
  string: (key) => ['GET', key],
  hash: (key) => ['HGETALL', key],
  set: (key) => ['SMEMBERS', key],
  zset: (key) => ['ZRANGE', key, '0', '-1'],
  list: (key) => ['LRANGE', key, '0', '-1'],
};

/** The keys of a service. */
function keysOf(redis: RedisServer, { env }: Service): Promise<readonly string[]> {
  return redis.run('KEYS', `${env['REDIS_KEY_PREFIX']}*`);
}

/** A key with its whole value; empty if it has just expired. */
async function read(redis: RedisServer, key: string): Promise<string> {
  const type = (await redis.run('TYPE', key)).join();
  if (type === 'none') return '';
  const command = READERS[type]?.(key);
  if (command === undefined) throw new Error(`the row cannot read a ${type}`);
  return [key, ...(await redis.run(...command))].join('\n');
}

/** The seconds until each key of a service expires; -1 for one that never does. */
async function secondsLeft(redis: RedisServer, service: Service): Promise<number[]> {
  const answers = await Promise.all((await keysOf(redis, service)).map((key) => redis.run('TTL', key)));
  return answers.map(Number).filter((seconds) => seconds !== -2);
}

/** Sessions stored in Redis. */
export const redisSessions = topic(
  'sessions stored in Redis',
  ['redis', 'auth:session', 'launcher'],
  [
    row('are stored nowhere else', async (context) => {
      const redis = redisOf(context);
      await context.withService({}, async (service) => {
        const { email } = await createUser(service.api);
        expect((await service.api.get(ME)).status).toBe(200);
        const keys = await keysOf(redis, service);
        expect(keys).not.toEqual([]);
        await redis.run('DEL', ...keys);
        expectUnauthorized(await service.api.get(ME), ME);
        await service.api.signIn(email);
        expect((await service.api.get(ME)).status).toBe(200);
      });
    }),

    row('no key or value contains a token in clear text', async (context) => {
      const redis = redisOf(context);
      const before = new Set(await redis.run('KEYS', '*'));
      await context.withService({}, async ({ api }) => {
        await createUser(api);
        expect((await api.get(ME)).status).toBe(200);
        const token = api.caller['cookie']?.split('=')[1] ?? '';
        expect(token).not.toBe('');
        const added = (await redis.run('KEYS', '*')).filter((key) => !before.has(key));
        const kept = (await Promise.all(added.map((key) => read(redis, key)))).join('\n');
        expect(kept).not.toBe('');
        expect(kept).not.toContain(token);
        expect(kept).not.toContain(Buffer.from(token, 'base64url').toString('hex'));
      });
    }),

    ...(
      [
        ['SESSION_IDLE_SECONDS', 'SESSION_LIFETIME_SECONDS'],
        ['SESSION_LIFETIME_SECONDS', 'SESSION_IDLE_SECONDS'],
      ] as const
    ).map(([shorter, longer]) =>
      row(`expire after ${shorter} if it is less than ${longer}`, async (context) => {
        // So that other keys do not outlast it either.
        const cache = { CACHE_TTL_SECONDS: '40' };
        await context.withService({ [shorter]: '40', [longer]: '1000', ...cache }, async (service) => {
          await createUser(service.api);
          expect((await service.api.get(ME)).status).toBe(200);
          const left = await secondsLeft(redisOf(context), service);
          expect(left, 'one lasts for ever').not.toContain(-1);
          expect(left).toContainEqual(expect.toSatisfy((seconds: number) => seconds > 20 && seconds <= 40));
          // The set of a user's sessions may last as long as one of them could.
          const longest = shorter === 'SESSION_LIFETIME_SECONDS' ? 40 : 1000;
          expect(Math.max(...left)).toBeLessThanOrEqual(longest);
        });
      }),
    ),

    row('the session of a user who is not in the store is not accepted', async (context) => {
      await context.withService({}, async ({ api, env }) => {
        await createUser(api);
        const { REDIS_KEY_PREFIX = '' } = env;
        await context.withService({ REDIS_KEY_PREFIX }, async (other) => {
          expectUnauthorized(await other.api.get(ME, api.caller), ME);
        });
      });
    }),
  ],
);
