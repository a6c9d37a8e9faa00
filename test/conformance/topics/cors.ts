import { expect } from 'vitest';
import { expectProblem } from '../problem.ts';
import { row, rowWith, topic } from '../row.ts';
import { ALLOWED_ORIGIN } from '../target.ts';
import { createUser, newUser, USERS } from '../users.ts';

const ALLOW_ORIGIN = 'access-control-allow-origin';

/** Origins that look like the allowed one. */
const OTHERS = [
  ...['https://evil.example', `${ALLOWED_ORIGIN}.evil.example`, 'https://evil-app.example', 'https://x.app.example'],
  ...[ALLOWED_ORIGIN.replace('https', 'http'), `${ALLOWED_ORIGIN}:444`, `${ALLOWED_ORIGIN}/`, 'null', '*'],
];

const preflight = (origin: string, method: string) => ({
  origin,
  'access-control-request-method': method,
  'access-control-request-headers': 'content-type',
});

/** CORS, for exactly the origins of CORS_ALLOWED_ORIGINS. */
export const cors = topic(
  'CORS',
  ['cors'],
  [
    row('an allowed origin is returned, with Vary: Origin', async ({ api }) => {
      const reply = await api.get('/health', { origin: ALLOWED_ORIGIN });
      expect(reply.status).toBe(200);
      expect(reply.header(ALLOW_ORIGIN)).toBe(ALLOWED_ORIGIN);
      expect(reply.list('vary')).toContain('origin');
    }),

    row('a second allowed origin, with a port, is returned too', async ({ api }) => {
      const origin = 'https://admin.example:8443';
      expect((await api.get('/health', { origin })).header(ALLOW_ORIGIN)).toBe(origin);
    }),

    ...OTHERS.map((origin) =>
      row(`${origin} is served without Access-Control-Allow-Origin`, async ({ api }) => {
        const reply = await api.get('/health', { origin });
        expect(reply.status).toBe(200);
        expect(reply.header(ALLOW_ORIGIN)).toBeUndefined();
        const asked = await api.send('OPTIONS', USERS, preflight(origin, 'POST'));
        expect(asked.header(ALLOW_ORIGIN)).toBeUndefined();
      }),
    ),

    row('a request without an origin gets no Access-Control-Allow-Origin', async ({ api }) => {
      expect((await api.get('/health')).header(ALLOW_ORIGIN)).toBeUndefined();
    }),

    ...['GET', 'POST', 'PATCH', 'DELETE'].map((method) =>
      row(`a preflight of ${method} with a JSON body is granted`, async ({ api }) => {
        const reply = await api.send('OPTIONS', USERS, preflight(ALLOWED_ORIGIN, method));
        expect([200, 204]).toContain(reply.status);
        expect(reply.header(ALLOW_ORIGIN)).toBe(ALLOWED_ORIGIN);
        expect(reply.list('access-control-allow-methods')).toContain(method.toLowerCase());
        expect(reply.list('access-control-allow-headers')).toContain('content-type');
        expect(reply.body).toHaveLength(0);
      }),
    ),

    row('a preflight is handled before routing', async ({ api }) => {
      for (const path of ['/health', '/nope']) {
        const reply = await api.send('OPTIONS', path, preflight(ALLOWED_ORIGIN, 'POST'));
        expect([200, 204], path).toContain(reply.status);
        expect(reply.header(ALLOW_ORIGIN), path).toBe(ALLOWED_ORIGIN);
      }
    }),

    row('OPTIONS that is not a preflight is 405, or 404 without a route', async ({ api }) => {
      for (const [path, status] of [
        ['/health', 405],
        ['/nope', 404],
      ] as const) {
        for (const headers of [{}, { origin: ALLOWED_ORIGIN }]) {
          expectProblem(await api.send('OPTIONS', path, headers), status, path);
        }
      }
    }),

    row('errors return the allowed origin', async ({ api }) => {
      for (const [method, path, status] of [
        ['GET', '/nope', 404],
        ['DELETE', '/health', 405],
      ] as const) {
        const reply = await api.send(method, path, { origin: ALLOWED_ORIGIN });
        expect([reply.status, reply.header(ALLOW_ORIGIN)]).toEqual([status, ALLOWED_ORIGIN]);
      }
    }),

    row('errors of users return the allowed origin', async ({ api }) => {
      const { email } = await createUser(api);
      const origin = { origin: ALLOWED_ORIGIN };
      const replies = [
        await api.get(`${USERS}?page=0`, origin),
        await api.post(api.accounts.path, newUser(api, { email }), origin),
        await api.send('POST', api.accounts.path, origin, '{}'),
        await api.post(api.accounts.path, {}, origin),
      ];
      expect(replies.map(({ status }) => status)).toEqual([400, 409, 415, 422]);
      expect(replies.map((reply) => reply.header(ALLOW_ORIGIN))).toEqual(Array(4).fill(ALLOWED_ORIGIN));
    }),

    rowWith(['body-limit'], 'a 413 returns the allowed origin', async ({ api }) => {
      const reply = await api.post(api.accounts.path, newUser(api, { name: 'x'.repeat(10_000_000) }), {
        origin: ALLOWED_ORIGIN,
      });
      expect([reply.status, reply.header(ALLOW_ORIGIN)]).toEqual([413, ALLOWED_ORIGIN]);
    }),

    rowWith(['launcher'], 'without CORS_ALLOWED_ORIGINS no origin is allowed', async ({ withService }) => {
      await withService({}, async ({ api }) => {
        const reply = await api.get('/health', { origin: ALLOWED_ORIGIN });
        expect([reply.status, reply.header(ALLOW_ORIGIN)]).toEqual([200, undefined]);
      });
    }),
  ],
);
