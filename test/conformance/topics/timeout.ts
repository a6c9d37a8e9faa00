import { expect } from 'vitest';
import { requestHead } from '../http/client.ts';
import { openExchange } from '../http/exchange.ts';
import { expectProblem } from '../problem.ts';
import { rowWith, topic } from '../row.ts';
import { newUser } from '../users.ts';

/** Enough for a successful request on a busy machine. */
const SECONDS = 3;

/** 503 after REQUEST_TIMEOUT_SECONDS, provoked by a body that does not end. */
export const timeout = topic(
  'requests that take too long (503)',
  ['timeout', 'launcher'],
  [
    rowWith([], 'a body that never ends is 503 after the timeout, and others are served', async ({ withService }) => {
      await withService(
        { REQUEST_TIMEOUT_SECONDS: String(SECONDS), SHUTDOWN_TIMEOUT_SECONDS: '1' },
        async ({ api }) => {
          const exchange = openExchange(api.baseUrl, { withinMs: SECONDS * 5_000 });
          const started = Date.now();
          const headers = { 'content-type': 'application/json', 'content-length': '100' };
          exchange.write(`${requestHead('POST', api.accounts.path, headers)}{"name":`);
          expect((await api.get('/health')).status).toBe(200);
          expect((await api.post(api.accounts.path, newUser(api))).status).toBe(201);
          expectProblem(await exchange.reply, 503, api.accounts.path);
          const seconds = (Date.now() - started) / 1000;
          expect(seconds).toBeGreaterThan(SECONDS - 0.1);
          expect(seconds).toBeLessThan(SECONDS * 3);
          expect((await api.get('/ready')).status).toBe(200);
        },
      );
    }),
  ],
);
