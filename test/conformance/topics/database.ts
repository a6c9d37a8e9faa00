import { expect } from 'vitest';
import { poll } from '../../harness/poll.ts';
import { expectConflict, expectProblem } from '../problem.ts';
import { type Context, row, type Service, topic } from '../row.ts';
import { createUser, join, USERS, type User } from '../users.ts';

interface Dialect {
  /** The type of a user's id. */
  readonly id: string;
  /** Statements that lock the table `users` for some seconds. */
  readonly lock: (seconds: number) => string;
  /** How many statements wait for that lock. */
  readonly waiting: string;
}

const DIALECTS: Readonly<Record<string, Dialect>> = {
  postgres: {
    id: 'uuid',
    lock: (seconds) => `BEGIN; LOCK TABLE users; SELECT pg_sleep(${seconds}); COMMIT`,
    waiting: `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  },
  mysql: {
    id: 'BINARY(16)',
    lock: (seconds) => `LOCK TABLES users WRITE; DO SLEEP(${seconds})`,
    waiting: `SELECT COUNT(*) FROM information_schema.processlist WHERE db = DATABASE() AND state LIKE '%metadata lock%'`,
  },
};

/** The SQL of the chosen database, and a function that runs it on a service's. */
function sqlOf(context: Context, { env }: Service): { dialect: Dialect; run: (statements: string) => Promise<string> } {
  const dialect = DIALECTS[context.database ?? ''];
  const { sql } = context.launcher();
  if (dialect === undefined || sql === undefined) throw new Error('this row has to declare the need "sql"');
  return { dialect, run: (statements) => sql(env, statements) };
}

/** How the service uses its database. */
export const database = topic(
  'the database behind the service',
  ['sql', 'launcher'],
  [
    row('a user that other rows refer to is not deleted: 409, referenced', async (context) => {
      await context.withService({}, async (service) => {
        const { dialect, run } = sqlOf(context, service);
        const [user, api] = await join(service.api);
        const reference = 'FOREIGN KEY (user_id) REFERENCES users (id)';
        await run(`CREATE TABLE notes (user_id ${dialect.id} NOT NULL, ${reference})`);
        await run('INSERT INTO notes SELECT id FROM users');

        const path = `${USERS}/${user.id}`;
        expectConflict(await api.delete(path), path, 'id', 'referenced');
        await run('DELETE FROM notes');
        expect((await api.delete(path)).status).toBe(204);
      });
    }),

    row('times after 2038 are returned unchanged', async (context) => {
      await context.withService({}, async (service) => {
        const { run } = sqlOf(context, service);
        const { id, email } = await createUser(service.api);
        await run(
          `UPDATE users SET created_at = '2040-02-29 12:00:00.123456', updated_at = '9999-12-31 23:59:59.999999'`,
        );
        await service.api.signIn(email);
        expect((await service.api.get(`${USERS}/${id}`)).json<User>()).toMatchObject({
          created_at: '2040-02-29T12:00:00.123456Z',
          updated_at: '9999-12-31T23:59:59.999999Z',
        });
      });
    }),
  ],
);

/** Cancelling a request cancels its query. */
export const abandonedQueries = topic(
  'queries whose request timed out',
  ['sql', 'timeout', 'launcher'],
  [
    row('are cancelled in the database', async (context) => {
      await context.withService({ REQUEST_TIMEOUT_SECONDS: '1' }, async (service) => {
        const { dialect, run } = sqlOf(context, service);
        const { api } = service;
        await createUser(api);
        let isLocked = true;
        const locking = run(dialect.lock(8)).finally(() => {
          isLocked = false;
        });
        await poll('the lock', 3_000, async () => {
          expectProblem(await api.get(USERS), 503, USERS);
        });
        await poll('no query waits', 4_000, async () => expect((await run(dialect.waiting)).trim()).toBe('0'));
        expect(isLocked, 'the lock outlived the query').toBe(true);
        await locking;
        expect((await api.get(USERS)).status).toBe(200);
      });
    }),
  ],
);
