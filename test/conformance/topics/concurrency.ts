import { expect } from 'vitest';
import { expectConflict, expectProblem } from '../problem.ts';
import { row, rowWith, topic } from '../row.ts';
import { createUser, join, newUser, USERS, type User } from '../users.ts';

const PARALLEL = 25;

/** Requests that race each other. */
export const concurrency = topic(
  'parallel requests',
  [],
  [
    row('of many requests that create the same email exactly one is 201, the rest 409', async ({ api }) => {
      const body = newUser(api);
      const email = String(body['email']);
      const spellings = [email, email.toUpperCase()];
      const replies = await Promise.all(
        Array.from({ length: PARALLEL }, (_, n) => api.post(api.accounts.path, { ...body, email: spellings[n % 2] })),
      );
      expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
      for (const reply of replies.filter(({ status }) => status !== 201))
        expectConflict(reply, api.accounts.path, 'email', 'taken');
    }),

    row('many requests that create different users all succeed', async ({ api }) => {
      const replies = await Promise.all(
        Array.from({ length: PARALLEL }, () => api.post(api.accounts.path, newUser(api))),
      );
      expect(replies.map(({ status }) => status)).toEqual(Array(PARALLEL).fill(201));
      expect(new Set(replies.map((reply) => reply.json<User>().id)).size).toBe(PARALLEL);
    }),

    rowWith(['auth:none'], 'of many that delete one user exactly one is 204', async ({ api }) => {
      const path = `${USERS}/${(await createUser(api)).id}`;
      const replies = await Promise.all(Array.from({ length: PARALLEL }, () => api.delete(path)));
      expect(replies.filter(({ status }) => status === 204)).toHaveLength(1);
      for (const reply of replies.filter(({ status }) => status !== 204)) expectProblem(reply, 404, path);
    }),

    row('requests that change different fields of one user lose no change', async (context) => {
      const [user, api] = await join(context.api);
      const path = `${USERS}/${user.id}`;
      const email = newUser(api)['email'];
      const replies = await Promise.all([api.patch(path, { name: 'Grace Hopper' }), api.patch(path, { email })]);
      expect(replies.map(({ status }) => status)).toEqual([200, 200]);
      expect((await api.get(path)).json()).toMatchObject({ name: 'Grace Hopper', email });
    }),
  ],
);
