import { expect } from 'vitest';
import { expectProblem } from '../problem.ts';
import { row, rowWith, topic } from '../row.ts';
import { createUser, identify, join, listUsers, shownTo, USERS } from '../users.ts';

/** DELETE /api/v1/users/{id}. */
export const deleting = topic(
  'DELETE /api/v1/users/{id}',
  [],
  [
    row('returns 204 with nothing after the head', async ({ api }) => {
      const [user, own] = await join(api);
      const reply = await own.delete(`${USERS}/${user.id}`);
      expect(reply.status).toBe(204);
      expect(reply.body).toHaveLength(0);
      expect(reply.header('content-type')).toBeUndefined();
    }),

    row('the user is gone: GET is 404 and the list omits it', async ({ api }) => {
      const [user, own] = await join(api);
      const path = `${USERS}/${user.id}`;
      await own.delete(path);
      await identify(api);
      expectProblem(await api.get(path), 404, path);
      const { data } = await listUsers(api, '?per_page=100');
      expect(data.map(({ id }) => id)).not.toContain(user.id);
    }),

    rowWith(['auth:none'], 'a second DELETE is 404', async ({ api }) => {
      const path = `${USERS}/${(await createUser(api)).id}`;
      await api.delete(path);
      expectProblem(await api.delete(path), 404, path);
    }),

    row('leaves the other users alone and frees the email', async ({ api }) => {
      const [kept, [user, own]] = [await createUser(api), await join(api)];
      await own.delete(`${USERS}/${user.id}`);
      expect((await api.get(`${USERS}/${kept.id}`)).json()).toEqual(shownTo(api, kept));
      expect((await createUser(api, { email: user.email })).id).not.toBe(user.id);
    }),
  ],
);
