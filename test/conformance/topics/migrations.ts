import { expect } from 'vitest';
import { poll } from '../../harness/poll.ts';
import { expectProblem } from '../problem.ts';
import { row, rowWith, topic } from '../row.ts';
import { createUser, listUsers, newUser, USERS } from '../users.ts';

/** Migrations at the start or by `migrate`, and data that survives a restart. */
export const migrations = topic(
  'migrations',
  ['database', 'launcher'],
  [
    row('`migrate` applies them and exits, also when repeated; RUN_MIGRATIONS=false then serves', async (context) => {
      const storage = await context.launcher().storage();
      for (const _ of ['first', 'again']) {
        const { code, logs } = await context.launcher().run(['migrate'], storage);
        expect(code, logs).toBe(0);
        expect(logs).not.toContain('listening on');
      }
      await context.withService({ ...storage, RUN_MIGRATIONS: 'false' }, async ({ api }) => {
        await createUser(api);
      });
    }),

    row(
      'RUN_MIGRATIONS=false skips them: without its table the service returns 500 and gives the reason only in the log',
      async (context) => {
        await context.withService({ RUN_MIGRATIONS: 'false' }, async ({ api, logs }) => {
          const reply = await api.post(api.accounts.path, newUser(api));
          const { request_id, detail = '' } = expectProblem(reply, 500, api.accounts.path);
          expect(detail).not.toMatch(/users/);
          await poll('the cause in the log', 3_000, () => expect(logs()).toMatch(/ERROR.*users/));
          const line = logs()
            .split('\n')
            .find((text) => /ERROR.*users/.test(text));
          if (context.has('request-id')) expect(line).toContain(request_id);
        });
      },
    ),

    row('a start that has nothing to migrate does not mention migrations', async (context) => {
      await context.withService({}, async ({ env }) => {
        await context.withService(env, async ({ logs }) => {
          expect(logs()).not.toMatch(/already exists|migration/i);
        });
      });
    }),

    row('two services that start at once on one empty database both serve', async (context) => {
      const storage = await context.launcher().storage();
      const users = await Promise.all(
        ['one', 'other'].map(() => context.withService(storage, ({ api }) => createUser(api))),
      );
      await context.withService(storage, async ({ api }) => {
        await api.signIn(users[0]?.email ?? '');
        const { data } = await listUsers(api);
        expect(data.map(({ id }) => id).sort()).toEqual(users.map(({ id }) => id).sort());
      });
    }),

    rowWith([], 'users survive a restart', async (context) => {
      await context.withService({}, async ({ api, env, signal, exit }) => {
        const user = await createUser(api);
        signal('SIGTERM');
        await exit;
        await context.withService(env, async (next) => {
          await next.api.signIn(user.email);
          expect((await next.api.get(`${USERS}/${user.id}`)).json()).toEqual(user);
        });
      });
    }),
  ],
);
