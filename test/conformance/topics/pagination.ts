import { expect } from 'vitest';
import { expectProblem } from '../problem.ts';
import { row, topic } from '../row.ts';
import { createUser, identify, listUsers, USERS, type UserPage } from '../users.ts';

const TOO_MANY_DIGITS = '9'.repeat(40);
const NOT_A_NUMBER = ['', 'abc', '-1', '0', '1.5', '1e30', '0x10', '1%202', '%00', '%FF', 'null', TOO_MANY_DIGITS];

const SOME_ID = '01890a5d-ac96-774b-bcce-b302099a8057';
const NO_ID = SOME_ID.replace('5', 'g');

/** Invalid queries. */
const BAD = [
  ...NOT_A_NUMBER.map((value) => `?page=${value}`),
  ...[...NOT_A_NUMBER, '101', '4294967297', '18446744073709551617'].map((value) => `?per_page=${value}`),
  ...['', 'abc', '1', '%00', 'null', NO_ID].map((value) => `?after=${value}`),
  `?after=${SOME_ID}&after=${SOME_ID}`,
  '?page=1&page=2',
  '?per_page=10&per_page=10',
  '?page[]=1',
  '?limit=10',
];

/** Pages that are whole numbers, but far beyond any list: the offset must not overflow. */
const HUGE = ['4294967296', '9007199254740993', '9223372036854775807', '18446744073709551615'];

/** What `page`, `per_page` and `after` may be. */
export const pagination = topic(
  'pages',
  [],
  [
    ...BAD.map((query) =>
      row(`${query} is 400`, async ({ api }) => {
        await identify(api);
        expectProblem(await api.get(USERS + query), 400, USERS);
      }),
    ),

    ...HUGE.map((page) =>
      row(`?page=${page} is an empty page or 400`, async ({ api }) => {
        await identify(api);
        const query = `?page=${page}&per_page=100`;
        const reply = await api.get(USERS + query);
        if (reply.status === 200) expect(reply.json<UserPage>().data).toEqual([]);
        else expectProblem(reply, 400, USERS);
      }),
    ),

    row('per_page may be 1 and 100', async ({ api }) => {
      await createUser(api);
      for (const size of [1, 100]) {
        const page = await listUsers(api, `?per_page=${size}`);
        expect(page.per_page).toBe(size);
        expect(page.data.length).toBeLessThanOrEqual(size);
        expect(page.data.length).toBe(Math.min(size, page.total));
      }
    }),

    row('percent-encoded digits are digits', async ({ api }) => {
      expect(await listUsers(api, '?page=%31&per_page=%32')).toMatchObject({ page: 1, per_page: 2 });
    }),
  ],
);
