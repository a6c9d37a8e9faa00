import { expect } from 'vitest';
import { expectConflict, expectInvalid, expectProblem, expectWrongShape } from '../problem.ts';
import { row, rowWith, topic } from '../row.ts';
import { createUser, expectUser, join, newEmail, USERS, type User } from '../users.ts';

/** PATCH /api/v1/users/{id}. */
export const updating = topic(
  'PATCH /api/v1/users/{id}',
  [],
  [
    row('changes the given fields and keeps the rest', async (context) => {
      const [user, api] = await join(context.api);
      const path = `${USERS}/${user.id}`;
      const reply = await api.patch(path, { name: '  Grace Hopper ' });
      expect(reply.status, reply.text).toBe(200);
      const renamed = reply.json<User>();
      expectUser(renamed);
      expect(renamed).toEqual({ ...user, name: 'Grace Hopper', updated_at: renamed.updated_at });
      expect(renamed.updated_at > user.updated_at, 'updated_at moves on').toBe(true);

      const email = newEmail();
      const moved = (await api.patch(path, { email })).json<User>();
      expect(moved).toEqual({ ...renamed, email, updated_at: moved.updated_at });
      expect((await api.get(path)).json()).toEqual(moved);
    }),

    row('changes both fields at once', async (context) => {
      const [user, api] = await join(context.api);
      const change = { name: 'Grace Hopper', email: newEmail() };
      expect((await api.patch(`${USERS}/${user.id}`, change)).json()).toMatchObject(change);
    }),

    row('an empty object changes nothing', async (context) => {
      const [user, api] = await join(context.api);
      const reply = await api.patch(`${USERS}/${user.id}`, {});
      expect(reply.status, reply.text).toBe(200);
      expect(reply.json()).toEqual(user);
    }),

    row('another user’s email, in any case, is 409 and changes nothing', async (context) => {
      const [[user, api], other] = [await join(context.api), await createUser(context.api)];
      const path = `${USERS}/${user.id}`;
      for (const email of [other.email, other.email.toUpperCase()]) {
        expectConflict(await api.patch(path, { name: 'Changed', email }), path, 'email', 'taken');
      }
      expect((await api.get(path)).json()).toEqual(user);
    }),

    row('the user’s own email, in any case, is not a conflict', async (context) => {
      const [user, api] = await join(context.api);
      for (const email of [user.email, user.email.toUpperCase()]) {
        const reply = await api.patch(`${USERS}/${user.id}`, { email });
        expect(reply.status, reply.text).toBe(200);
        expect(reply.json<User>().email.toLowerCase()).toBe(user.email.toLowerCase());
      }
    }),

    row('null is 422 and changes nothing', async (context) => {
      const [user, api] = await join(context.api);
      const path = `${USERS}/${user.id}`;
      expectWrongShape(await api.patch(path, { name: null }), path, ['name']);
      expectWrongShape(await api.patch(path, { name: 'Changed', email: null }), path, ['email']);
      expect((await api.get(path)).json()).toEqual(user);
    }),

    row('fields that clients cannot set are 422', async (context) => {
      const [user, api] = await join(context.api);
      const path = `${USERS}/${user.id}`;
      const given = { id: user.id, created_at: user.created_at, updated_at: user.updated_at };
      expectWrongShape(await api.patch(path, given), path, Object.keys(given));
    }),

    row('one wrong field prevents every change', async (context) => {
      const [user, api] = await join(context.api);
      const path = `${USERS}/${user.id}`;
      expectInvalid(await api.patch(path, { name: '', email: newEmail() }), path, ['name']);
      const misshapen = await api.patch(path, { name: 7, email: 'nobody', admin: true });
      expectWrongShape(misshapen, path, ['admin', 'email', 'name']);
      expect((await api.get(path)).json()).toEqual(user);
    }),

    rowWith(['auth:none'], 'a user that was deleted is 404', async (context) => {
      const [user, api] = await join(context.api);
      const path = `${USERS}/${user.id}`;
      await api.delete(path);
      expectProblem(await api.patch(path, { name: 'Grace Hopper' }), 404, path);
      expectProblem(await api.patch(path, {}), 404, path);
    }),
  ],
);
