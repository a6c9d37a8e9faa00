import { expect } from 'vitest';
import { expectProblem } from '../problem.ts';
import { row, rowWith, topic } from '../row.ts';
import { createUser, identify, shownTo, USERS } from '../users.ts';

/** Path segments that are not ids. */
const BAD: readonly (readonly [title: string, segment: string])[] = [
  ['a word', 'me'],
  ['a number', '1'],
  ['a negative number', '-1'],
  ['a UUID one digit short', '01890a5d-ac96-774b-bcce-b302099a805'],
  ['a UUID one digit long', '01890a5d-ac96-774b-bcce-b302099a80577'],
  ['a UUID with a letter beyond f', '01890a5d-ac96-774b-bcce-b302099a805g'],
  ['SQL', "1'%20OR%20'1'='1"],
  ['an encoded NUL', '%00'],
  ['an encoded slash', '..%2F..%2Fhealth'],
  ['invalid UTF-8', '%ff%fe'],
  ['10,000 digits', '9'.repeat(10_000)],
];

/** UUIDs that no user has. */
const UNKNOWN: readonly (readonly [title: string, id: string])[] = [
  ['of version 7', '01890a5d-ac96-774b-bcce-b302099a8057'],
  ['of version 4', '9f4e0b5a-6d0c-4d0e-9c80-0d2b7a3f1c55'],
  ['all zeros', '00000000-0000-0000-0000-000000000000'],
  ['all ones', 'ffffffff-ffff-ffff-ffff-ffffffffffff'],
];

const METHODS = ['GET', 'PATCH', 'DELETE'] as const;

/** The id in /api/v1/users/{id}: 400 if it is malformed, 404 if no user has it. */
export const ids = topic(
  'path ids (400, 404)',
  [],
  [
    ...BAD.map(([title, segment]) =>
      row(`${title} is 400`, async ({ api }) => {
        await identify(api);
        const path = `${USERS}/${segment}`;
        for (const method of METHODS) {
          const body = method === 'PATCH' ? '{"name":"Ada"}' : undefined;
          expectProblem(await api.send(method, path, { 'content-type': 'application/json' }, body), 400, path);
        }
      }),
    ),

    ...UNKNOWN.map(([title, id]) =>
      row(`an unknown UUID ${title} is 404`, async ({ api }) => {
        await identify(api);
        const path = `${USERS}/${id}`;
        expectProblem(await api.get(path), 404, path);
      }),
    ),

    rowWith(['auth:none'], 'PATCH and DELETE of an unknown id are 404', async ({ api }) => {
      for (const [, id] of UNKNOWN) {
        const path = `${USERS}/${id}`;
        expectProblem(await api.patch(path, { name: 'Ada' }), 404, path);
        expectProblem(await api.delete(path), 404, path);
      }
    }),

    row('an id may be in upper case', async ({ api }) => {
      const user = await createUser(api);
      const reply = await api.get(`${USERS}/${user.id.toUpperCase()}`);
      expect(reply.status, reply.text).toBe(200);
      expect(reply.json()).toEqual(shownTo(api, user));
    }),
  ],
);
