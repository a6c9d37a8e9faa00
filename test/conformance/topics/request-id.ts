import { expect } from 'vitest';
import { expectProblem } from '../problem.ts';
import { row, rowWith, topic } from '../row.ts';
import { identify, newUser, USERS } from '../users.ts';

const ID = 'x-request-id';

const SANE = ['a', '42', 'abc-DEF_123.x', crypto.randomUUID(), 'x'.repeat(128)];
const NOT_SANE: readonly (readonly [title: string, id: string])[] = [
  ['that is empty', ''],
  ['of 10,000 characters', 'x'.repeat(10_000)],
  ['with space', 'a b'],
  ['with quotes', '"a"'],
  ['with markup', '<script>'],
  ['with an escape sequence', '\u001b[31m'],
  ['with a tab', 'a\tb'],
  ['with a byte above 127', 'caf\u00e9'],
];

/** x-request-id. */
export const requestId = topic(
  'request ids',
  ['request-id'],
  [
    row('every response has a unique one', async ({ api }) => {
      const replies = await Promise.all(Array.from({ length: 10 }, () => api.get('/health')));
      const ids = replies.map((reply) => reply.header(ID));
      expect(new Set(ids).size).toBe(10);
      for (const id of ids) expect(id).toMatch(/^[\w.-]{8,128}$/);
    }),

    ...SANE.map((id) =>
      row(`the id ${id.slice(0, 40)} is kept`, async ({ api }) => {
        expect((await api.get('/health', { [ID]: id })).header(ID)).toBe(id);
        expect(expectProblem(await api.get('/nope', { [ID]: id }), 404, '/nope').request_id).toBe(id);
      }),
    ),

    ...NOT_SANE.map(([title, id]) =>
      row(`an id ${title} is replaced`, async ({ api }) => {
        const given = await api.get('/health', { [ID]: id });
        // A byte that HTTP forbids in a header may also be refused by the parser, before any service sees it.
        if (given.status === 400) return expect(id).toMatch(/[^\t -~\u0080-\u00ff]/);
        expect(given.header(ID)).toMatch(/^[\w.-]{8,128}$/);
        expect(given.header(ID)).not.toBe(id);
      }),
    ),

    row('errors have it, in the header and in the problem', async ({ api }) => {
      const id = crypto.randomUUID();
      for (const [method, path, status] of [
        ['GET', '/nope', 404],
        ['DELETE', '/health', 405],
      ] as const) {
        expect(expectProblem(await api.send(method, path, { [ID]: id }), status, path).request_id).toBe(id);
      }
    }),

    row('errors of users have it too', async ({ api }) => {
      await identify(api);
      const id = crypto.randomUUID();
      const json = { [ID]: id, 'content-type': 'application/json' };
      const problems = [
        expectProblem(await api.get(`${USERS}?page=0`, { [ID]: id }), 400, USERS),
        expectProblem(await api.send('POST', api.accounts.path, json, '{'), 400, api.accounts.path),
        expectProblem(await api.send('POST', api.accounts.path, { [ID]: id }, '{}'), 415, api.accounts.path),
        expectProblem(
          await api.post(api.accounts.path, newUser(api, { name: '' }), { [ID]: id }),
          422,
          api.accounts.path,
        ),
      ];
      expect(problems.map(({ request_id }) => request_id)).toEqual([id, id, id, id]);
    }),

    rowWith(['body-limit'], 'a 413 has it', async ({ api }) => {
      const id = crypto.randomUUID();
      const reply = await api.post(api.accounts.path, newUser(api, { name: 'x'.repeat(10_000_000) }), { [ID]: id });
      expect(expectProblem(reply, 413, api.accounts.path).request_id).toBe(id);
    }),

    rowWith(['cors'], 'the response to a preflight has it', async ({ api }) => {
      const headers = { origin: 'https://app.example', 'access-control-request-method': 'POST', [ID]: 'preflight-1' };
      expect((await api.send('OPTIONS', USERS, headers)).header(ID)).toBe('preflight-1');
    }),
  ],
);
