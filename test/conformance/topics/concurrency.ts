import { expect } from 'vitest';
import { expectProblem } from '../problem.ts';
import { row, topic } from '../row.ts';
import { createUser, newUser, USERS, type User } from '../users.ts';

const PARALLEL = 25;

/** Requests that race each other. */
export const concurrency = topic(
  'parallel requests',
  ['auth:none'],
  [
    row('of many that create the same email exactly one is 201, the rest 409', async ({ api }) => {
      const { name, email } = newUser() as { name: string; email: string };
      const spellings = [email, email.toUpperCase()];
      const replies = await Promise.all(
        Array.from({ length: PARALLEL }, (_, n) => api.post(USERS, { name, email: spellings[n % 2] })),
      );
      expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
      for (const reply of replies.filter(({ status }) => status !== 201)) expectProblem(reply, 409, USERS);
    }),

    row('that create different users all succeed', async ({ api }) => {
      const replies = await Promise.all(Array.from({ length: PARALLEL }, () => api.post(USERS, newUser())));
      expect(replies.map(({ status }) => status)).toEqual(Array(PARALLEL).fill(201));
      expect(new Set(replies.map((reply) => reply.json<User>().id)).size).toBe(PARALLEL);
    }),

    row('of many that delete one user exactly one is 204', async ({ api }) => {
      const path = `${USERS}/${(await createUser(api)).id}`;
      const replies = await Promise.all(Array.from({ length: PARALLEL }, () => api.delete(path)));
      expect(replies.filter(({ status }) => status === 204)).toHaveLength(1);
      for (const reply of replies.filter(({ status }) => status !== 204)) expectProblem(reply, 404, path);
    }),

    row('that change different fields of one user lose no change', async ({ api }) => {
      const user = await createUser(api);
      const path = `${USERS}/${user.id}`;
      const email = newUser()['email'];
      const replies = await Promise.all([api.patch(path, { name: 'Grace Hopper' }), api.patch(path, { email })]);
      expect(replies.map(({ status }) => status)).toEqual([200, 200]);
      expect((await api.get(path)).json()).toMatchObject({ name: 'Grace Hopper', email });
    }),
  ],
);
