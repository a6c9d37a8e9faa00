import { expect } from 'vitest';
import type { Api } from '../accounts.ts';
import { requestHead } from '../http/client.ts';
import { openExchange } from '../http/exchange.ts';
import { expectProblem } from '../problem.ts';
import { row, rowWith, topic } from '../row.ts';
import { newUser } from '../users.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const TEN_MB = 10_000_000;
const LIMIT = 1_000;

/** A valid user in a body of exactly this many bytes. */
const paddedTo = (api: Api, length: number): string => JSON.stringify(newUser(api)).padEnd(length, ' ');

const chunked = (body: string): string => `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;

/** 413, which a client can read only if the service lets it finish sending. */
export const bodyLimit = topic(
  'bodies over the limit (413)',
  ['body-limit'],
  [
    row('10 MB are 413, which a client that sends them all can read', async ({ api }) => {
      expectProblem(
        await api.send('POST', api.accounts.path, JSON_TYPE, paddedTo(api, TEN_MB)),
        413,
        api.accounts.path,
      );
    }),

    row('10 MB in one chunk are 413 too', async ({ api }) => {
      const headers = { ...JSON_TYPE, 'transfer-encoding': 'chunked' };
      expectProblem(
        await api.send('POST', api.accounts.path, headers, chunked(paddedTo(api, TEN_MB))),
        413,
        api.accounts.path,
      );
    }),

    row('a client that sends Expect: 100-continue gets the 413 before it sends the body', async ({ api }) => {
      const exchange = openExchange(api.baseUrl);
      const headers = { ...JSON_TYPE, expect: '100-continue', 'content-length': String(TEN_MB) };
      exchange.write(requestHead('POST', api.accounts.path, headers));
      expectProblem(await exchange.reply, 413, api.accounts.path);
    }),

    row('a length that overflows any integer is refused', async ({ api }) => {
      const exchange = openExchange(api.baseUrl);
      exchange.write(requestHead('POST', api.accounts.path, { ...JSON_TYPE, 'content-length': '9'.repeat(19) }));
      expect([400, 413]).toContain((await exchange.reply).status);
    }),

    rowWith(['launcher'], 'BODY_LIMIT_BYTES is the largest accepted length', async ({ withService }) => {
      await withService({ BODY_LIMIT_BYTES: String(LIMIT) }, async ({ api }) => {
        const post = (headers: Record<string, string>, body: string) =>
          api.send('POST', api.accounts.path, { ...JSON_TYPE, ...headers }, body);
        const inChunks = { 'transfer-encoding': 'chunked' };
        expect((await post({}, paddedTo(api, LIMIT))).status).toBe(201);
        expect((await post(inChunks, chunked(paddedTo(api, LIMIT)))).status).toBe(201);
        expectProblem(await post({}, paddedTo(api, LIMIT + 1)), 413, api.accounts.path);
        expectProblem(await post(inChunks, chunked(paddedTo(api, LIMIT + 1))), 413, api.accounts.path);
      });
    }),
  ],
);
