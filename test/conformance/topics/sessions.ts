import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { type Api, PASSWORD } from '../accounts.ts';
import type { Headers } from '../http/client.ts';
import type { Reply } from '../http/reply.ts';
import { expectProblem } from '../problem.ts';
import { row, rowWith, type Service, topic } from '../row.ts';
import { ALLOWED_ORIGIN } from '../target.ts';
import { createUser, join, USERS } from '../users.ts';
import { expectUnauthorized, LOGIN, ME } from './accounts.ts';

export const LOGOUT = '/api/v1/auth/logout';

/** What a response sets as cookie: its name, its value, its flags. */
function cookieOf(reply: Reply): { name: string; value: string; flags: string[] } {
  const [pair = '', ...flags] = (reply.header('set-cookie') ?? '').split('; ');
  const [name = '', value = ''] = pair.split('=');
  return { name, value, flags };
}

const logIn = (api: Api, email: string, headers: Headers = {}) =>
  api.anonymous().post(LOGIN, { email, password: PASSWORD }, headers);

/** The origin that a browser reports for a request, and whether such a page may change something. */
const PAGES: readonly (readonly [title: string, headers: Headers, isTrusted: boolean])[] = [
  ['from another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, false],
  [
    'from another host of the same site',
    { 'sec-fetch-site': 'same-site', origin: 'https://evil.service.example' },
    false,
  ],
  ['from the service', { 'sec-fetch-site': 'same-origin', origin: 'https://service.example' }, true],
  ['that the user opened directly', { 'sec-fetch-site': 'none' }, true],
  ['from another site, in an old browser', { origin: 'https://evil.example' }, false],
  ['from a host with the same prefix', { origin: 'https://service.example.evil.example' }, false],
  ['from a sandbox', { origin: 'null' }, false],
  ['from the service, in an old browser', { origin: 'https://service.example' }, true],
  ['without the headers of a browser', {}, true],
];

/** Sessions in a cookie. */
export const sessions = topic(
  'sessions',
  ['auth:session'],
  [
    row('a login returns 204 with a cookie that is HttpOnly, Secure and SameSite', async ({ api }) => {
      const { email } = await createUser(api.anonymous());
      const reply = await logIn(api, email);
      expect([reply.status, reply.body.length]).toEqual([204, 0]);
      const { name, value, flags } = cookieOf(reply);
      expect(name).toMatch(/^__Host-/);
      expect(value).toMatch(/^[\w-]{43,}$/);
      expect(flags.filter((flag) => !flag.startsWith('Max-Age=')).sort()).toEqual([
        'HttpOnly',
        'Path=/',
        'SameSite=Lax',
        'Secure',
      ]);
    }),

    row('a login returns a new token, whatever the browser sends', async ({ api }) => {
      const { email } = await createUser(api.anonymous());
      const first = cookieOf(await logIn(api, email));
      const given = [first.value, 'planted', 'a'.repeat(first.value.length)];
      const values = new Set(given);
      for (const value of given) {
        const next = cookieOf(await logIn(api, email, { cookie: `${first.name}=${value}` }));
        expect(values).not.toContain(next.value);
        values.add(next.value);
      }
      for (const planted of given.slice(1)) {
        expectUnauthorized(await api.anonymous().get(ME, { cookie: `${first.name}=${planted}` }), ME);
      }
    }),

    row('a failed login creates no session', async ({ api }) => {
      const { email } = await createUser(api.anonymous());
      const reply = await api.anonymous().post(LOGIN, { email, password: `${PASSWORD}!` });
      expectUnauthorized(reply, LOGIN);
      expect(reply.header('set-cookie')).toBeUndefined();
    }),

    row('other cookies are ignored', async ({ api }) => {
      const [, own] = await join(api);
      const { cookie } = own.caller;
      for (const header of [`a=b; ${cookie}; c="d e"`, `${cookie}; =; ;`]) {
        expect((await api.anonymous().get(ME, { cookie: header })).status, header).toBe(200);
      }
    }),

    row('the token in another cookie, or in Authorization, is 401', async ({ api }) => {
      const [, own] = await join(api);
      const [, token = ''] = (own.caller['cookie'] ?? '').split('=');
      for (const headers of [{ cookie: `session=${token}` }, { authorization: `Bearer ${token}` }]) {
        expectUnauthorized(await api.anonymous().get(ME, headers), ME);
      }
    }),

    row('logout ends this session at once, and no other', async ({ api }) => {
      const [user, own] = await join(api);
      const other = api.anonymous();
      await other.signIn(user.email);
      const reply = await own.send('POST', LOGOUT);
      expect([reply.status, reply.body.length]).toEqual([204, 0]);
      expect(cookieOf(reply)).toMatchObject({ value: '', flags: expect.arrayContaining(['Max-Age=0', 'Path=/']) });
      expectUnauthorized(await own.get(ME), ME);
      expectUnauthorized(await own.get(USERS), USERS);
      expectUnauthorized(await own.send('POST', LOGOUT), LOGOUT);
      expect((await other.get(ME)).status).toBe(200);
    }),

    row('a deleted user is signed out everywhere', async ({ api }) => {
      const [user, own] = await join(api);
      const other = api.anonymous();
      await other.signIn(user.email);
      await own.delete(`${USERS}/${user.id}`);
      expectUnauthorized(await other.get(USERS), USERS);
    }),

    ...PAGES.map(([title, headers, isTrusted]) =>
      row(`a request ${title} ${isTrusted ? 'may' : 'may not'} change something`, async ({ api }) => {
        const [user, own] = await join(api);
        const path = `${USERS}/${user.id}`;
        expect((await own.get(ME, headers)).status, 'reads are for any page').toBe(200);
        const changed = await own.patch(path, { name: 'Eve' }, headers);
        if (isTrusted) expect(changed.status, changed.text).toBe(200);
        else expectProblem(changed, 403, path);
        const left = await own.send('POST', LOGOUT, headers);
        if (isTrusted) expect(left.status, left.text).toBe(204);
        else expectProblem(left, 403, LOGOUT);
        if (!isTrusted) expect((await own.get(ME)).json()).toEqual(user);
      }),
    ),

    rowWith(['cors'], 'an origin that CORS allows may change something, and send the cookie', async ({ api }) => {
      const [user, own] = await join(api);
      const headers = { origin: ALLOWED_ORIGIN, 'sec-fetch-site': 'same-site' };
      const reply = await own.patch(`${USERS}/${user.id}`, { name: 'Ada' }, headers);
      expect(reply.status, reply.text).toBe(200);
      expect(reply.header('access-control-allow-credentials')).toBe('true');
      const other = await own.get(ME, { origin: 'https://evil.example' });
      expect(other.header('access-control-allow-origin')).toBeUndefined();
    }),

    rowWith(['launcher'], 'SESSION_IDLE_SECONDS ends only unused sessions', async ({ withService }) => {
      await withService({ SESSION_IDLE_SECONDS: '4' }, async ({ api }) => {
        await createUser(api);
        for (let n = 0; n < 5; n++) {
          await sleep(1_000);
          expect((await api.get(ME)).status).toBe(200);
        }
        await sleep(4_500);
        expectUnauthorized(await api.get(ME), ME);
      });
    }),

    rowWith(
      ['launcher'],
      'SESSION_LIFETIME_SECONDS ends sessions however much they are used',
      async ({ withService }) => {
        await withService({ SESSION_LIFETIME_SECONDS: '4' }, async ({ api }) => {
          await createUser(api);
          expect((await api.get(ME)).status).toBe(200);
          await sleep(2_000);
          await api.get(ME);
          await sleep(2_300);
          expectUnauthorized(await api.get(ME), ME);
        });
      },
    ),

    rowWith(['launcher'], 'SESSION_COOKIE_SECURE=false allows cookies without TLS', async ({ withService }) => {
      await withService({ SESSION_COOKIE_SECURE: 'false' }, async ({ api }) => {
        const { email } = await createUser(api);
        const { name, flags } = cookieOf(await logIn(api, email));
        expect(name).not.toMatch(/^__/);
        expect(flags).not.toContain('Secure');
        expect(flags).toEqual(expect.arrayContaining(['HttpOnly', 'SameSite=Lax']));
      });
    }),

    rowWith(['launcher'], 'SESSION_COOKIE_SECURE=false stops the start unless HOST is loopback', async (context) => {
      const storage = await context.launcher().storage();
      const env = { ...storage, SESSION_COOKIE_SECURE: 'false', HOST: '0.0.0.0' };
      const { code, logs } = await context.launcher().run([], env);
      expect(code ?? 0, logs).toBeGreaterThan(0);
      expect(logs).toContain('SESSION_COOKIE_SECURE');
      expect(logs).not.toMatch(/panicked|listening on/);
    }),

    ...(['SIGTERM', 'SIGKILL'] as const).map((ending) =>
      rowWith(['launcher', 'database'], `sessions survive ${ending}`, async (context) => {
        await context.withService({}, async ({ api, env, signal, exit }) => {
          const user = await createUser(api);
          signal(ending);
          await exit;
          await context.withService(env, async (next) => {
            expect((await next.api.get(ME, api.caller)).json()).toEqual(user);
          });
        });
      }),
    ),

    rowWith(['launcher', 'database'], 'instances share sessions: login, logout and deleted users', async (context) => {
      await context.withService({}, async (one) => {
        await context.withService(one.env, async (other) => {
          const user = await createUser(one.api);
          const { cookie: first = '' } = one.api.caller;
          await other.api.signIn(user.email);
          const { cookie: second = '' } = other.api.caller;
          const me = ({ api }: Service, cookie: string) => api.anonymous().get(ME, { cookie });
          expect((await me(other, first)).json()).toEqual(user);
          expect((await me(one, second)).json()).toEqual(user);

          expect((await one.api.send('POST', LOGOUT)).status).toBe(204);
          expectUnauthorized(await me(other, first), ME);
          expect((await me(one, second)).status, 'no other session ends').toBe(200);

          await one.api.signIn(user.email);
          expect((await one.api.delete(`${USERS}/${user.id}`)).status).toBe(204);
          expectUnauthorized(await me(other, second), ME);
          expectUnauthorized(await other.api.get(USERS), USERS);
        });
      });
    }),
  ],
);
