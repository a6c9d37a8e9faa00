import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Api } from '../accounts.ts';
import { PASSWORD, WRONG_PASSWORD } from '../accounts.ts';
import type { Headers } from '../http/client.ts';
import type { Reply } from '../http/reply.ts';
import { expectInvalid, expectProblem, expectWrongShape } from '../problem.ts';
import { type Row, row, rowWith, topic } from '../row.ts';
import { createUser, expectUser, join, newEmail, newUser, USERS, type User, type UserPage } from '../users.ts';

export const LOGIN = '/api/v1/auth/login';
export const ME = '/api/v1/auth/me';
const UNUSED = '01890a5d-ac96-774b-bcce-b302099a8057';

/** How much longer one rejection may take than the other on a busy machine. */
const TIMING_RATIO = 3;
/** How often both are measured. */
const [FEWEST_ROUNDS, MOST_ROUNDS] = [5, 30];

/** Expects a 401 with a challenge, and returns the problem. */
export function expectUnauthorized(reply: Reply, path: string): void {
  expectProblem(reply, 401, path);
  expect(reply.header('www-authenticate')).toMatch(/^[\w-]+( [\w-]+=("[^"]*"|[\w-]+))?$/);
}

/** Signs in. */
const login = (api: Api, email: unknown, password: unknown, headers: Headers = {}) =>
  api.anonymous().post(LOGIN, { email, password }, headers);

/** The header with which a trusted proxy reports this client. */
const from = (client: string): Headers => ({ 'x-forwarded-for': client });

/** The statuses of this many attempts with a wrong password, one after the other. */
export async function guess(api: Api, email: string, times: number, headers: Headers = {}): Promise<number[]> {
  const statuses: number[] = [];
  for (let n = 0; n < times; n++) {
    const inAnyCase = n % 2 === 0 ? email : email.toUpperCase();
    statuses.push((await login(api, inAnyCase, WRONG_PASSWORD, headers)).status);
  }
  return statuses;
}

/** Expects a 429 for too many wrong passwords. */
export function expectTooManyAttempts(reply: Reply): void {
  expectProblem(reply, 429, LOGIN);
  expect(reply.header('retry-after')).toMatch(/^\d+$/);
  expect(Number(reply.header('retry-after'))).toBeGreaterThan(800);
  expect(Number(reply.header('retry-after'))).toBeLessThanOrEqual(900);
  expect(reply.header('set-cookie')).toBeUndefined();
}

/** The time that a call takes, in milliseconds. */
async function timeOf(call: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await call();
  return performance.now() - started;
}

/** A row about a password and whether it is accepted. */
const passwordOf = (title: string, password: string, isTaken: boolean): Row =>
  row(`a password of ${title} is ${isTaken ? 'accepted' : '422'}`, async ({ api }) => {
    const { path } = api.accounts;
    const body = newUser(api, { password });
    const reply = await api.anonymous().post(path, body);
    if (!isTaken) return void expectInvalid(reply, path, ['password']);
    expect(reply.status, reply.text).toBe(201);
    await api.anonymous().signIn(String(body['email']), password);
  });

/** Users with accounts: register, login, me, and access to one's own account only. */
export const accounts = topic(
  'accounts',
  ['accounts'],
  [
    row('me returns the user who signed in', async ({ api }) => {
      const [user, own] = await join(api);
      const reply = await own.get(ME);
      expect(reply.status, reply.text).toBe(200);
      expectUser(reply.json<User>());
      expect(reply.json()).toEqual(user);
      expect((await own.head(ME)).status).toBe(200);
    }),

    row('a login accepts the email in any case', async ({ api }) => {
      const { email } = await createUser(api.anonymous());
      await api.anonymous().signIn(email.toUpperCase());
    }),

    row('a login accepts the email in any Unicode form', async ({ api }) => {
      const id = randomUUID();
      await createUser(api.anonymous(), { email: `jos\u00e9.${id}@b\u00fccher.example` });
      for (const form of [`jose\u0301.${id}@bu\u0308cher.example`, `JOS\u00c9.${id}@XN--BCHER-KVA.example`]) {
        await api.anonymous().signIn(form);
      }
    }),

    row('no response contains the password or its hash', async ({ api }) => {
      const own = api.anonymous();
      const created = await own.post(own.accounts.path, newUser(own));
      await own.signIn(created.json<User>().email);
      const replies = [created, await own.get(ME), await own.get(USERS), await login(api, newEmail(), PASSWORD)];
      for (const { text } of replies) expect(text).not.toMatch(new RegExp(`${PASSWORD}|argon2|\\$v=|hash`, 'i'));
    }),

    passwordOf('11 characters', 'x'.repeat(11), false),
    passwordOf('12 characters', 'x'.repeat(12), true),
    passwordOf('12 four-byte characters', '🦀'.repeat(12), true),
    passwordOf('128 characters', 'é'.repeat(128), true),
    passwordOf('129 characters', 'x'.repeat(129), false),
    passwordOf('words between spaces, unchanged', '  correct horse  ', true),

    passwordOf('11 characters after composing', 'e\u0301'.repeat(11), false),
    passwordOf('128 characters after composing', 'e\u0301'.repeat(128), true),
    passwordOf('12 characters, one a control character', 'correct\u0007horse', false),
    passwordOf('12 characters, one a zero-width space', 'correct\u200bhorse', false),
    passwordOf('emoji with joiners', '👩\u200d💻👨\u200d🚀❤\ufe0f👩\u200d🔬🦀', true),

    row('a password matches composed, decomposed, and with spaces of any width', async ({ api }) => {
      const forms = [
        'p\u00e4ss w\u00f6rd \u1e69 d\u00fcrer',
        'pa\u0308ss\u00a0wo\u0308rd\u3000s\u0307\u0323\u2009du\u0308rer',
      ];
      for (const [given, typed] of [forms, forms.toReversed()] as [string, string][]) {
        const body = newUser(api, { password: given });
        expect((await api.anonymous().post(api.accounts.path, body)).status).toBe(201);
        await api.anonymous().signIn(String(body['email']), typed);
      }
    }),

    row('a password with letters in another case or width does not match', async ({ api }) => {
      const { email } = await createUser(api.anonymous());
      for (const password of [PASSWORD.toUpperCase(), PASSWORD.replace('c', '\uff43')]) {
        expectUnauthorized(await login(api, email, password), LOGIN);
      }
    }),

    row('a password without its surrounding space does not match', async ({ api }) => {
      const body = newUser(api, { password: `  ${PASSWORD}  ` });
      expect((await api.anonymous().post(api.accounts.path, body)).status).toBe(201);
      expectUnauthorized(await login(api, body['email'], PASSWORD), LOGIN);
    }),

    row('a missing password, or one that is not a string, is 422', async ({ api }) => {
      const { path } = api.accounts;
      for (const password of [undefined, null, 123456789012, ['correct horse battery']]) {
        expectWrongShape(await api.post(path, newUser(api, { password })), path, ['password']);
      }
      expectWrongShape(await api.post(LOGIN, {}), LOGIN, ['email', 'password']);
      const extra = { email: newEmail(), password: PASSWORD, admin: true };
      expectWrongShape(await api.post(LOGIN, extra), LOGIN, ['admin']);
    }),

    row('a wrong password and an unknown email get the same 401', async ({ api }) => {
      const { email } = await createUser(api.anonymous());
      const replies = [
        await login(api, email, WRONG_PASSWORD),
        await login(api, newEmail(), WRONG_PASSWORD),
        await login(api, email, ''),
        await login(api, email, 'x'.repeat(10_000)),
      ];
      const details = replies.map((reply) => {
        expectUnauthorized(reply, LOGIN);
        return reply.json()['detail'];
      });
      expect(new Set(details).size).toBe(1);
    }),

    row('an unknown email is rejected no faster than a wrong password', async ({ api }) => {
      // The fastest of each are compared, so that delays by chance do not count; on a busy machine it takes a while until
      // both have been undisturbed. They take turns, since a machine can be busy for a part of the time.
      let [known, unknown] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
      const ratio = () => Math.max(known, unknown) / Math.min(known, unknown);
      for (let round = 0; round < MOST_ROUNDS && (round < FEWEST_ROUNDS || ratio() >= TIMING_RATIO); round++) {
        const { email } = await createUser(api.anonymous());
        known = Math.min(known, await timeOf(() => login(api, email, WRONG_PASSWORD)));
        unknown = Math.min(unknown, await timeOf(() => login(api, newEmail(), WRONG_PASSWORD)));
      }
      expect(ratio()).toBeLessThan(TIMING_RATIO);
    }),

    row('every request about users is 401 without credentials', async ({ api }) => {
      const [user] = await join(api);
      const nobody = api.anonymous();
      const path = `${USERS}/${user.id}`;
      expectUnauthorized(await nobody.get(ME), ME);
      expectUnauthorized(await nobody.get(USERS), USERS);
      expectUnauthorized(await nobody.get(path), path);
      expectUnauthorized(await nobody.patch(path, { name: 'Eve' }), path);
      expectUnauthorized(await nobody.delete(path), path);
      expectUnauthorized(await nobody.get(`${USERS}/${UNUSED}`), `${USERS}/${UNUSED}`);
    }),

    row('credentials are checked before the query and the body', async ({ api }) => {
      const wrong = { authorization: 'Bearer x', cookie: '__Host-session=x; session=x' };
      for (const headers of [{}, wrong]) {
        for (const query of ['?page=0', '?page=1&page=2', '?limit=10']) {
          expectUnauthorized(await api.anonymous().get(USERS + query, headers), USERS);
        }
        const path = `${USERS}/${UNUSED}`;
        expectUnauthorized(await api.anonymous().patch(path, { name: 1 }, headers), path);
      }
    }),

    row('changing or deleting another user is 403 and changes nothing', async ({ api }) => {
      const [[user, own], [, other]] = [await join(api), await join(api)];
      const path = `${USERS}/${user.id}`;
      expectProblem(await other.patch(path, { name: 'Eve' }), 403, path);
      expectProblem(await other.delete(path), 403, path);
      const unused = `${USERS}/${UNUSED}`;
      expectProblem(await other.patch(unused, { name: 'Eve' }), 403, unused);
      expectProblem(await other.delete(unused), 403, unused);
      expect((await own.get(path)).json()).toEqual(user);
      expect((await own.patch(path, { name: 'Ada King' })).status).toBe(200);
    }),

    row('the email address of a user is in responses to that user only', async ({ api }) => {
      const [[user, own], [, other]] = [await join(api), await join(api)];
      const { email, ...others } = user;
      const path = `${USERS}/${user.id}`;
      for (const _ of ['from the database', 'from a cache']) {
        expect((await own.get(path)).json()).toEqual(user);
        expect((await other.get(path)).json()).toEqual(others);
        expect((await own.get(`${USERS}?per_page=2`)).json<UserPage>().data).toContainEqual(user);
        const list = await other.get(`${USERS}?per_page=2`);
        expect(list.json<UserPage>().data).toContainEqual(others);
        expect(list.text).not.toContain(email);
      }
    }),

    row('a deleted user gets 401 and cannot sign in', async ({ api }) => {
      const [user, own] = await join(api);
      expect((await own.delete(`${USERS}/${user.id}`)).status).toBe(204);
      expectUnauthorized(await own.get(ME), ME);
      expectUnauthorized(await login(api, user.email, PASSWORD), LOGIN);
    }),

    row('a user deleted while signing in is not signed in', async ({ api, has }) => {
      for (const headStart of [0, 5, 10, 20, 40]) {
        const [user, own] = await join(api);
        const attempt = login(api, user.email, PASSWORD);
        await sleep(headStart);
        expect((await own.delete(`${USERS}/${user.id}`)).status).toBe(204);
        const reply = await attempt;
        if (reply.status === 401) {
          expectUnauthorized(reply, LOGIN);
          continue;
        }
        expect([200, 204], reply.text).toContain(reply.status);
        const proof = api.accounts.proof?.(reply) ?? {};
        for (const path of has('auth:session') ? [ME, USERS] : [ME]) {
          expectUnauthorized(await api.anonymous().get(path, proof), path);
        }
      }
    }),

    row('changing the email keeps the password', async ({ api }) => {
      const [user, own] = await join(api);
      const email = newEmail();
      expect((await own.patch(`${USERS}/${user.id}`, { email })).status).toBe(200);
      expectUnauthorized(await login(api, user.email, PASSWORD), LOGIN);
      await api.anonymous().signIn(email);
    }),

    row('many users can sign in at once', async ({ api }) => {
      const { email } = await createUser(api.anonymous());
      await Promise.all(Array.from({ length: 20 }, () => api.anonymous().signIn(email)));
    }),

    rowWith(
      ['launcher'],
      'after ten wrong passwords from one address, an account is 429 from there',
      async (context) => {
        await context.withService({ TRUSTED_PROXIES: '1' }, async ({ api }) => {
          const { email } = await createUser(api.anonymous());
          const unknown = newEmail();
          for (const account of [email, unknown]) {
            expect(await guess(api, account, 10, from('192.0.2.1'))).toEqual(Array(10).fill(401));
            expectTooManyAttempts(await login(api, account, PASSWORD, from('192.0.2.1')));
          }
          const other = from('192.0.2.2');
          expect([200, 204], 'from another address').toContain((await login(api, email, PASSWORD, other)).status);
          expectUnauthorized(await login(api, unknown, PASSWORD, other), LOGIN);
          expectUnauthorized(await login(api, newEmail(), PASSWORD, from('192.0.2.1')), LOGIN);
        });
      },
    ),

    rowWith(['launcher'], 'after ten wrong passwords, parallel attempts reveal nothing', async ({ withService }) => {
      await withService({}, async ({ api }) => {
        const { email } = await createUser(api.anonymous());
        const attempts = Array.from({ length: 20 }, () => login(api, email, WRONG_PASSWORD));
        const statuses = (await Promise.all(attempts)).map(({ status }) => status);
        // Some may be 503 on a machine too slow for so many at once.
        expect([...statuses, ...(await guess(api, email, 10))].filter((status) => status === 401)).toHaveLength(10);
        expectTooManyAttempts(await login(api, email, PASSWORD));
      });
    }),

    rowWith(['launcher'], 'after a hundred wrong passwords, an account is 429 from anywhere', async (context) => {
      await context.withService({ TRUSTED_PROXIES: '1' }, async ({ api }) => {
        const { email } = await createUser(api.anonymous());
        const statuses: number[] = [];
        for (let client = 0; client < 10; client += 2) {
          const pair = [from(`192.0.2.${client}`), from(`192.0.2.${client + 1}`)];
          statuses.push(...(await Promise.all(pair.map((headers) => guess(api, email, 10, headers)))).flat());
        }
        expect(statuses).toEqual(Array(100).fill(401));
        expectTooManyAttempts(await login(api, email, PASSWORD, from('198.51.100.1')));
      });
    }),

    rowWith(
      ['launcher', 'redis'],
      'instances with the same Redis share the count of wrong passwords',
      async (context) => {
        await context.withService({}, async (one) => {
          const { REDIS_URL = '', REDIS_KEY_PREFIX = '' } = one.env;
          await context.withService({ REDIS_URL, REDIS_KEY_PREFIX }, async (other) => {
            const email = newEmail();
            expect(await guess(one.api, email, 5)).toEqual(Array(5).fill(401));
            expect(await guess(other.api, email, 5)).toEqual(Array(5).fill(401));
            expectTooManyAttempts(await login(one.api, email, PASSWORD));
            expectTooManyAttempts(await login(other.api, email, PASSWORD));
          });
        });
      },
    ),

    rowWith(['launcher'], 'no password, token or key is logged, not even at trace', async ({ withService }) => {
      await withService({ LOG_LEVEL: 'trace' }, async ({ api, logs }) => {
        await createUser(api);
        expect((await api.get(ME)).status).toBe(200);
        await login(api, newEmail(), WRONG_PASSWORD);
        const proofs = Object.values(api.caller).map((value) => value.split(/[ =]/).at(-1) ?? '');
        const keys = Object.values(api.accounts.env).flatMap((value) => value.match(/[^:,]{32,}/g) ?? []);
        for (const secret of [PASSWORD, WRONG_PASSWORD, ...proofs, ...keys]) expect(logs()).not.toContain(secret);
      });
    }),
  ],
);
