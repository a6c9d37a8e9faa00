import { gunzipSync } from 'node:zlib';
import { expect } from 'vitest';
import type { Api } from '../accounts.ts';
import { row, topic } from '../row.ts';
import { createUsers, join, USERS } from '../users.ts';

/** A list of more than 1 KiB. */
const LIST = `${USERS}?per_page=10`;

const accepting = (encoding: string) => ({ 'accept-encoding': encoding });

async function fillList(api: Api): Promise<void> {
  await createUsers(api, 10);
  expect((await api.get(LIST)).body.length).toBeGreaterThanOrEqual(1024);
}

/** gzip, where it is asked for and worth it. */
export const compression = topic(
  'compression',
  ['compression'],
  [
    ...['gzip', 'gzip, deflate, br', 'br;q=0.5, gzip;q=1.0', 'GZIP'].map((encoding) =>
      row(`${encoding}: a response of 1 KiB and more is compressed`, async ({ api }) => {
        await fillList(api);
        const plain = await api.get(LIST);
        const packed = await api.get(LIST, accepting(encoding));
        expect(packed.status).toBe(200);
        expect(packed.header('content-encoding')).toBe('gzip');
        expect(packed.list('vary')).toContain('accept-encoding');
        expect(packed.header('content-type')).toBe(plain.header('content-type'));
        expect(packed.body.length).toBeLessThan(plain.body.length);
        expect(gunzipSync(packed.body).toString()).toBe(plain.text);
      }),
    ),

    ...['', 'identity', 'gzip;q=0', 'br', 'deflate;q=1'].map((encoding) =>
      row(`${encoding || 'nothing'} accepted: it is not`, async ({ api }) => {
        await fillList(api);
        const reply = await api.get(LIST, encoding === '' ? {} : accepting(encoding));
        expect(reply.status).toBe(200);
        expect(reply.header('content-encoding') ?? 'identity').not.toBe('gzip');
        if (!encoding.match(/^(br|deflate)/)) expect(reply.header('content-encoding')).toBeUndefined();
      }),
    ),

    row('small and empty responses are not compressed', async (context) => {
      const [{ id }, api] = await join(context.api);
      const replies = [
        await api.get('/health', accepting('gzip')),
        await api.get('/nope', accepting('gzip')),
        await api.get(`${USERS}/${id}`, accepting('gzip')),
        await api.delete(`${USERS}/${id}`, accepting('gzip')),
      ];
      expect(replies.map((reply) => reply.header('content-encoding'))).toEqual(Array(4).fill(undefined));
    }),

    row('HEAD has no body, compressed or not', async ({ api }) => {
      await fillList(api);
      const reply = await api.head(LIST, accepting('gzip'));
      expect([reply.status, reply.body.length]).toEqual([200, 0]);
    }),
  ],
);
