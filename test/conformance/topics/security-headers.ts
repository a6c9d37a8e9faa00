import { expect } from 'vitest';
import type { Reply } from '../http/reply.ts';
import { row, rowWith, topic } from '../row.ts';
import { join, newUser, USERS } from '../users.ts';

/** No sniffing of types, no framing, nothing loaded by a response that a browser shows. */
function expectSecurityHeaders(reply: Reply): void {
  const message = `headers of ${reply.status}`;
  expect(reply.header('x-content-type-options'), message).toBe('nosniff');
  expect(reply.header('content-security-policy'), message).toMatch(/default-src 'none'/);
  expect(reply.header('content-security-policy'), message).toMatch(/frame-ancestors 'none'/);
  expect(reply.header('referrer-policy'), message).toBe('no-referrer');
  expect(reply.header('server'), message).toBeUndefined();
  expect(reply.header('x-powered-by'), message).toBeUndefined();
}

/** The security headers, on every response. */
export const securityHeaders = topic(
  'security headers',
  ['security-headers'],
  [
    row('are on successful responses and on errors', async ({ api }) => {
      for (const path of ['/health', '/ready', '/nope']) expectSecurityHeaders(await api.get(path));
      expectSecurityHeaders(await api.head('/health'));
      expectSecurityHeaders(await api.delete('/health'));
    }),

    row('are on every response about users', async (context) => {
      const [{ id, email }, api] = await join(context.api);
      const replies = [
        await api.get(USERS),
        await api.get(`${USERS}?page=0`),
        await api.get(`${USERS}/00000000-0000-0000-0000-000000000000`),
        await api.send('POST', api.accounts.path, { 'content-type': 'application/json' }, '{'),
        await api.post(api.accounts.path, newUser(api)),
        await api.post(api.accounts.path, newUser(api, { email })),
        await api.send('POST', api.accounts.path, {}, '{}'),
        await api.post(api.accounts.path, {}),
        await api.delete(`${USERS}/${id}`),
      ];
      expect(replies.map(({ status }) => status)).toEqual([200, 400, 404, 400, 201, 409, 415, 422, 204]);
      for (const reply of replies) expectSecurityHeaders(reply);
    }),

    rowWith(['body-limit'], 'are on a 413', async ({ api }) => {
      expectSecurityHeaders(await api.post(api.accounts.path, newUser(api, { name: 'x'.repeat(10_000_000) })));
    }),

    rowWith(['cors'], 'are on the response to a preflight', async ({ api }) => {
      const headers = { origin: 'https://app.example', 'access-control-request-method': 'POST' };
      expectSecurityHeaders(await api.send('OPTIONS', USERS, headers));
    }),
  ],
);
