import { expect } from 'vitest';
import { expectProblem } from '../problem.ts';
import { row, topic } from '../row.ts';
import { join, newUser, USERS } from '../users.ts';

const OTHERS = [
  ...['text/plain', 'text/json', 'application/xml', 'application/octet-stream', 'application/x-www-form-urlencoded'],
  ...['multipart/form-data; boundary=x', 'application/jsonx', 'json', '*/*', ';', '"'],
];

/** 415: the media types of a body. */
export const mediaTypes = topic(
  'media types (415)',
  [],
  [
    ...OTHERS.map((type) =>
      row(`${type} is 415`, async ({ api }) => {
        const reply = await api.send('POST', api.accounts.path, { 'content-type': type }, JSON.stringify(newUser(api)));
        expectProblem(reply, 415, api.accounts.path);
      }),
    ),

    row('no media type is 415', async ({ api }) => {
      expectProblem(
        await api.send('POST', api.accounts.path, {}, JSON.stringify(newUser(api))),
        415,
        api.accounts.path,
      );
    }),

    row('a PATCH of another media type, or of none, is 415 too', async ({ api }) => {
      const [user, own] = await join(api);
      const path = `${USERS}/${user.id}`;
      expectProblem(await own.send('PATCH', path, { 'content-type': 'text/plain' }, '{}'), 415, path);
      expectProblem(await own.send('PATCH', path, {}, '{}'), 415, path);
    }),

    ...['application/json; charset=utf-8', 'application/json;charset="UTF-8"', 'APPLICATION/JSON'].map((type) =>
      row(`${type} is accepted`, async ({ api }) => {
        const reply = await api.send('POST', api.accounts.path, { 'content-type': type }, JSON.stringify(newUser(api)));
        expect(reply.status, reply.text).toBe(201);
      }),
    ),
  ],
);
