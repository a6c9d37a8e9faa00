import { expect } from 'vitest';
import type { Api } from '../accounts.ts';
import { row, topic } from '../row.ts';
import { createUser, identify, USERS } from '../users.ts';

/** Headers that differ from one request to the next. */
const VARYING = [
  ...['date', 'x-request-id', 'content-length', 'transfer-encoding', 'connection'],
  ...['ratelimit-remaining', 'ratelimit-reset'],
];

/** Expects HEAD to return the status and headers of GET, without a body. */
export async function expectSameHead(api: Api, path: string, status: number): Promise<void> {
  const [get, head] = [await api.get(path), await api.head(path)];
  expect([get.status, head.status], path).toEqual([status, status]);
  expect(head.body.toString(), 'bytes after the head').toBe('');
  const lasting = ({ headers }: typeof get) => headers.filter(([name]) => !VARYING.includes(name)).sort();
  expect(lasting(head)).toEqual(lasting(get));
  const length = head.header('content-length');
  if (length !== undefined) expect(Number(length)).toBe(get.body.length);
}

/** HEAD on every route that has GET, errors included. */
export const head = topic(
  'HEAD',
  [],
  [
    row('/health and /ready', async ({ api }) => {
      await expectSameHead(api, '/health', 200);
      await expectSameHead(api, '/ready', 200);
    }),

    row('an unknown route', async ({ api }) => {
      await expectSameHead(api, '/nope', 404);
    }),

    row('users: the list and one of them', async ({ api }) => {
      const { id } = await createUser(api);
      await expectSameHead(api, USERS, 200);
      await expectSameHead(api, `${USERS}?per_page=1`, 200);
      await expectSameHead(api, `${USERS}/${id}`, 200);
    }),

    row('users: an invalid page, an invalid id, an unknown id', async ({ api }) => {
      await identify(api);
      await expectSameHead(api, `${USERS}?page=0`, 400);
      await expectSameHead(api, `${USERS}/me`, 400);
      await expectSameHead(api, `${USERS}/00000000-0000-0000-0000-000000000000`, 404);
    }),
  ],
);
