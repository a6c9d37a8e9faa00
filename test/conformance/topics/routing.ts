import { expect } from 'vitest';
import { openExchange } from '../http/exchange.ts';
import { expectProblem } from '../problem.ts';
import { type Row, row, rowWith, topic } from '../row.ts';
import type { Need } from '../target.ts';
import { USERS } from '../users.ts';

const USER = `${USERS}/01890a5d-ac96-774b-bcce-b302099a8057`;

const UNKNOWN = [
  ...['/', '/api', '/api/v1', '/api/v2/users', '/nope', '/favicon.ico', '/.env', '/index.html'],
  ...[`${USERS}/`, `${USER}/`, `${USER}/posts`, '/Health', '/health/', '//health', '/health%2F', '/%00', '/%ff'],
  ...['/api/v1/../v1/users', '/../../etc/passwd', '/%2e%2e/%2e%2e/etc/passwd', `/${'a'.repeat(5_000)}`],
];

/** A route with exactly these methods and HEAD; others are 405. */
function route(needs: readonly Need[], path: string, methods: readonly string[], others: readonly string[]): Row {
  return rowWith(
    needs,
    `${path} has ${methods.join(', ')}; ${others.join(', ')} are 405 with Allow`,
    async ({ api }) => {
      for (const method of others) {
        const reply = await api.send(method, path);
        expectProblem(reply, 405, path);
        const allowed = reply.list('allow').filter((name) => name !== 'head' && name !== 'options');
        expect(allowed.sort()).toEqual(methods.map((name) => name.toLowerCase()).sort());
      }
    },
  );
}

/** The routes and their methods, and the responses to unknown ones. */
export const routing = topic(
  'unknown routes (404), wrong methods (405)',
  [],
  [
    ...UNKNOWN.map((path) =>
      row(`${path.slice(0, 40)} is 404, whatever the method`, async ({ api }) => {
        expectProblem(await api.get(path), 404, path);
        expectProblem(await api.post(path, {}), 404, path);
        expectProblem(await api.delete(path), 404, path);
      }),
    ),

    route([], '/health', ['GET'], ['POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND']),
    route([], '/ready', ['GET'], ['POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND']),
    route(['auth:none'], USERS, ['GET', 'POST'], ['PUT', 'PATCH', 'DELETE', 'PROPFIND']),
    route(['accounts'], USERS, ['GET'], ['POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND']),
    route([], USER, ['GET', 'PATCH', 'DELETE'], ['POST', 'PUT', 'PROPFIND']),

    row('the instance is the path without the query', async ({ api }) => {
      expectProblem(await api.get('/nope?password=hunter2'), 404, '/nope');
    }),

    row('bytes that are not HTTP are refused, and the service keeps running', async ({ api }) => {
      const garbage = [
        '\0\0\0\0\r\n\r\n',
        'GET\r\n\r\n',
        'GET / HTTP/9.9\r\n\r\n',
        'GET / HTTP/1.1\r\nbad header\r\n\r\n',
      ];
      for (const bytes of garbage) {
        const exchange = openExchange(api.baseUrl);
        exchange.write(bytes);
        const reply = await exchange.reply.catch(() => null);
        // No response at all is a refusal too.
        if (reply !== null) expect([400, 404, 505], JSON.stringify(bytes)).toContain(reply.status);
      }
      expect((await api.get('/health')).status).toBe(200);
    }),

    row('headers of 1 MB are refused, and the service keeps running', async ({ api }) => {
      const reply = await api.get('/health', { 'x-padding': 'x'.repeat(1_000_000) }).catch(() => null);
      expect(reply?.status ?? 431).toBe(431);
      expect((await api.get('/health')).status).toBe(200);
    }),
  ],
);
