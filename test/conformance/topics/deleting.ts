import { expect } from 'vitest';
import { expectProblem } from '../problem.ts';
import { row, topic } from '../row.ts';
import { createUser, listUsers, USERS } from '../users.ts';

/** DELETE /api/v1/users/{id}. */
export const deleting = topic(
  'DELETE /api/v1/users/{id}',
  ['auth:none'],
  [
    row('answers 204 with nothing after the head', async ({ api }) => {
      const user = await createUser(api);
      const reply = await api.delete(`${USERS}/${user.id}`);
      expect(reply.status).toBe(204);
      expect(reply.body).toHaveLength(0);
      expect(reply.header('content-type')).toBeUndefined();
    }),

    row('the user is gone: GET and a second DELETE are 404, the list has it no more', async ({ api }) => {
      const user = await createUser(api);
      const path = `${USERS}/${user.id}`;
      await api.delete(path);
      expectProblem(await api.get(path), 404, path);
      expectProblem(await api.delete(path), 404, path);
      const { data } = await listUsers(api, '?per_page=100');
      expect(data.map(({ id }) => id)).not.toContain(user.id);
    }),

    row('leaves the other users alone and frees the email', async ({ api }) => {
      const [kept, user] = [await createUser(api), await createUser(api)];
      await api.delete(`${USERS}/${user.id}`);
      expect((await api.get(`${USERS}/${kept.id}`)).json()).toEqual(kept);
      expect((await createUser(api, { email: user.email })).id).not.toBe(user.id);
    }),
  ],
);
