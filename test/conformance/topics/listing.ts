import { expect } from 'vitest';
import { row, topic } from '../row.ts';
import { createUser, createUsers, expectUser, join, listUsers, listUsersAfter, shownTo, USERS } from '../users.ts';

/** GET /api/v1/users: what is in a page and in what order. */
export const listing = topic(
  'GET /api/v1/users',
  [],
  [
    row('returns a page of 20 by default', async ({ api }) => {
      await createUsers(api, 21);
      const page = await listUsers(api);
      expect(Object.keys(page).sort()).toEqual(['data', 'page', 'per_page', 'total']);
      expect(page).toMatchObject({ page: 1, per_page: 20 });
      expect(page.data).toHaveLength(20);
      for (const user of page.data) expectUser(user, api);
    }),

    row('lists the newest first, as POST returned them', async ({ api }) => {
      const created = await createUsers(api, 5);
      expect((await listUsers(api, '?per_page=5')).data).toEqual(created.reverse().map((user) => shownTo(api, user)));
    }),

    row('pages follow each other without gap or overlap', async ({ api }) => {
      const created = (await createUsers(api, 7)).reverse();
      const pages = await Promise.all([1, 2, 3].map((page) => listUsers(api, `?page=${page}&per_page=3`)));
      expect(pages.map(({ page, per_page }) => [page, per_page])).toEqual([1, 2, 3].map((page) => [page, 3]));
      expect(pages.flatMap(({ data }) => data).slice(0, 7)).toEqual(created.map((user) => shownTo(api, user)));
    }),

    row('total counts every user, whatever the page', async ({ api }) => {
      const { total } = await listUsers(api);
      const [first, own] = await join(api);
      await createUsers(api, 2);
      expect((await listUsers(api, '?per_page=1')).total).toBe(total + 3);
      await own.delete(`${USERS}/${first.id}`);
      expect((await listUsers(api, '?page=2&per_page=1')).total).toBe(total + 2);
    }),

    row('a page after the last is empty', async ({ api }) => {
      const { total } = await listUsers(api);
      const beyond = await listUsers(api, `?page=${total + 1}&per_page=1`);
      expect(beyond).toEqual({ data: [], page: total + 1, per_page: 1, total });
    }),

    row('after=<id> lists what follows, without a total', async ({ api }) => {
      const shown = (await createUsers(api, 5)).reverse().map((user) => shownTo(api, user));
      const id = `${shown[1]?.id}`;
      const page = await listUsersAfter(api, id, '&per_page=2');
      expect(page).toEqual({ data: shown.slice(2, 4), page: 1, per_page: 2 });
      expect(await listUsersAfter(api, id.toUpperCase(), '&per_page=2')).toEqual(page);
    }),

    row('after=<id> is what pages are counted from', async ({ api }) => {
      const shown = (await createUsers(api, 4)).reverse().map((user) => shownTo(api, user));
      const page = await listUsersAfter(api, `${shown[0]?.id}`, '&per_page=1&page=3');
      expect(page).toEqual({ data: [shown[3]], page: 3, per_page: 1 });
    }),

    row('after=<id> starts where the id would be, even if there is no such user', async ({ api }) => {
      const [kept, [deleted, own]] = [await createUser(api), await join(api)];
      await own.delete(`${USERS}/${deleted.id}`);
      await createUser(api);
      expect((await listUsersAfter(api, deleted.id, '&per_page=1')).data).toEqual([shownTo(api, kept)]);
      expect((await listUsersAfter(api, '00000000-0000-0000-0000-000000000000')).data).toEqual([]);
    }),

    row('is the same again if nothing changed', async ({ api }) => {
      await createUsers(api, 2);
      expect(await listUsers(api, '?per_page=100')).toEqual(await listUsers(api, '?per_page=100'));
    }),

    row('while users are being added, every earlier user is still listed, newest first', async ({ api }) => {
      const before = await createUsers(api, 30);
      const { total } = await listUsers(api);
      const adding = Promise.all(Array.from({ length: 30 }, () => createUser(api)));
      const met = new Set<string>();
      for (let page = 1; before.some(({ id }) => !met.has(id)); page++) {
        const { data } = await listUsers(api, `?page=${page}&per_page=10`);
        expect(data.length, 'the list ended before every earlier user was met').toBeGreaterThan(0);
        const ids = data.map(({ id }) => id);
        expect(new Set(ids).size, 'one page shows a user twice').toBe(ids.length);
        // The ids are ordered by time, and so is the list.
        expect(ids).toEqual([...ids].sort().reverse());
        for (const id of ids) met.add(id);
      }
      await adding;
      expect((await listUsers(api)).total).toBe(total + 30);
    }),
  ],
);
