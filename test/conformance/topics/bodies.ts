import { expect } from 'vitest';
import type { Api } from '../accounts.ts';
import { expectProblem } from '../problem.ts';
import { row, topic } from '../row.ts';
import { join, newEmail, newUser, USERS } from '../users.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

/** JSON, but only as UTF-8. */
const NO_JSON_IN_UTF_16 = '{"name":"Ada","email":"ada@mail.example"}';

/** Bytes that are not JSON. */
const MALFORMED: readonly (readonly [title: string, body: string | Buffer])[] = [
  ['an empty body', ''],
  ['only space', ' \n '],
  ['one brace', '{'],
  ['a body cut off', '{"name":"Ada","em'],
  ['a missing value', '{"name":}'],
  ['a trailing comma', '{"name":"Ada",}'],
  ['single quotes', "{'name':'Ada'}"],
  ['a comment', '{"name":"Ada" /* no */}'],
  ['something after the end', '{"name":"Ada"} x'],
  ['two documents', '{}{}'],
  ['a bare word', 'name'],
  ['NaN', '{"name":NaN}'],
  ['a raw line break in a string', '{"name":"A\nda"}'],
  ['a raw NUL', Buffer.from('{"name":"A\0da"}')],
  ['only NULs', Buffer.alloc(64)],
  ['UTF-16', Buffer.from(NO_JSON_IN_UTF_16, 'utf16le')],
  ['UTF-16 with a byte order mark', Buffer.from(`\ufeff${NO_JSON_IN_UTF_16}`, 'utf16le')],
  ['invalid UTF-8 in a string', Buffer.from('{"name":"\xff\xfe","email":"ada@mail.example"}', 'latin1')],
  ['an overlong encoding', Buffer.from('{"name":"\xc0\xaf","email":"ada@mail.example"}', 'latin1')],
  ['10,000 open brackets', '['.repeat(10_000)],
  ['10,000 open objects', '{"a":'.repeat(10_000)],
];

/** Bodies on which parsers may differ, and the statuses that the contract allows. */
const ODD: readonly (readonly [title: string, body: (api: Api) => string | Buffer, allowed: readonly number[]])[] = [
  ['10,000 levels of arrays', () => '['.repeat(10_000) + ']'.repeat(10_000), [400, 422]],
  [
    'a deep value in a field',
    () => `{"name":${'['.repeat(200)}${']'.repeat(200)},"email":"${newEmail()}"}`,
    [400, 422],
  ],
  ['a number beyond any type', () => `{"name":1e999,"email":"${newEmail()}"}`, [400, 422]],
  ['an integer of 400 digits', () => `{"name":${'9'.repeat(400)},"email":"${newEmail()}"}`, [400, 422]],
  ['half a surrogate pair', () => `{"name":"\\ud800","email":"${newEmail()}"}`, [400, 422]],
  ['a name given twice', (api) => JSON.stringify(newUser(api)).replace('{', '{"name":"B",'), [201, 400, 422]],
  ['a byte order mark', (api) => `\ufeff${JSON.stringify(newUser(api))}`, [201, 400]],
];

/** 400: bodies that are not JSON, and edge cases. */
export const bodies = topic(
  'malformed bodies (400)',
  [],
  [
    ...MALFORMED.map(([title, body]) =>
      row(title, async ({ api }) => {
        const problem = expectProblem(
          await api.send('POST', api.accounts.path, JSON_TYPE, body),
          400,
          api.accounts.path,
        );
        expect(problem.errors).toBeUndefined();
      }),
    ),

    ...ODD.map(([title, body, allowed]) =>
      row(`${title} is ${allowed.join(' or ')}`, async ({ api }) => {
        const reply = await api.send('POST', api.accounts.path, JSON_TYPE, body(api));
        expect(allowed).toContain(reply.status);
        if (reply.status >= 400) expectProblem(reply, reply.status, api.accounts.path);
      }),
    ),

    row('escaped characters are read', async ({ api }) => {
      const body = JSON.stringify(newUser(api)).replace('Ada Lovelace', '\\u00c9va \\ud83e\\udd80');
      const reply = await api.send('POST', api.accounts.path, JSON_TYPE, body);
      expect(reply.status, reply.text).toBe(201);
      expect(reply.json()['name']).toBe('Éva 🦀');
    }),

    row('a body in chunks is read', async ({ api }) => {
      const body = JSON.stringify(newUser(api));
      const chunks = [body.slice(0, 5), body.slice(5), ''];
      const framed = chunks.map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`).join('');
      const reply = await api.send('POST', api.accounts.path, { ...JSON_TYPE, 'transfer-encoding': 'chunked' }, framed);
      expect(reply.status, reply.text).toBe(201);
    }),

    row('a PATCH that is not JSON is 400 too', async ({ api }) => {
      const [user, own] = await join(api);
      const path = `${USERS}/${user.id}`;
      expectProblem(await own.send('PATCH', path, JSON_TYPE, '{'), 400, path);
    }),
  ],
);
