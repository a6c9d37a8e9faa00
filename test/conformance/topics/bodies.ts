import { gzipSync } from 'node:zlib';
import { expect } from 'vitest';
import { expectProblem } from '../problem.ts';
import { row, topic } from '../row.ts';
import { createUser, newEmail, newUser, USERS } from '../users.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

/** Bytes that are no JSON. */
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
  ['UTF-16', Buffer.from(JSON.stringify(newUser()), 'utf16le')],
  ['UTF-16 with a byte order mark', Buffer.from(`\ufeff${JSON.stringify(newUser())}`, 'utf16le')],
  ['invalid UTF-8 in a string', Buffer.from('{"name":"\xff\xfe","email":"ada@mail.example"}', 'latin1')],
  ['an overlong encoding', Buffer.from('{"name":"\xc0\xaf","email":"ada@mail.example"}', 'latin1')],
  ['10,000 open brackets', '['.repeat(10_000)],
  ['10,000 open objects', '{"a":'.repeat(10_000)],
];

/** Bodies on which parsers may differ, and the answers that the contract leaves open to them. */
const ODD: readonly (readonly [title: string, body: () => string | Buffer, allowed: readonly number[]])[] = [
  ['10,000 levels of arrays', () => '['.repeat(10_000) + ']'.repeat(10_000), [400, 422]],
  [
    'a deep value in a field',
    () => `{"name":${'['.repeat(200)}${']'.repeat(200)},"email":"${newEmail()}"}`,
    [400, 422],
  ],
  ['a number beyond any type', () => `{"name":1e999,"email":"${newEmail()}"}`, [400, 422]],
  ['an integer of 400 digits', () => `{"name":${'9'.repeat(400)},"email":"${newEmail()}"}`, [400, 422]],
  ['half a surrogate pair', () => `{"name":"\\ud800","email":"${newEmail()}"}`, [400, 422]],
  ['a name given twice', () => `{"name":"A","name":"B","email":"${newEmail()}"}`, [201, 400, 422]],
  ['a byte order mark', () => `\ufeff${JSON.stringify(newUser())}`, [201, 400]],
];

/** 400: bodies that are no JSON, and bodies at its edges. */
export const bodies = topic(
  'malformed bodies (400)',
  ['auth:none'],
  [
    ...MALFORMED.map(([title, body]) =>
      row(title, async ({ api }) => {
        const problem = expectProblem(await api.send('POST', USERS, JSON_TYPE, body), 400, USERS);
        expect(problem.errors).toBeUndefined();
      }),
    ),

    ...ODD.map(([title, body, allowed]) =>
      row(`${title} is ${allowed.join(' or ')}`, async ({ api }) => {
        const reply = await api.send('POST', USERS, JSON_TYPE, body());
        expect(allowed).toContain(reply.status);
        if (reply.status >= 400) expectProblem(reply, reply.status, USERS);
      }),
    ),

    row('a compressed body is refused, 400 or 415', async ({ api }) => {
      const headers = { ...JSON_TYPE, 'content-encoding': 'gzip' };
      const reply = await api.send('POST', USERS, headers, gzipSync(JSON.stringify(newUser())));
      expect([400, 415]).toContain(reply.status);
      expectProblem(reply, reply.status, USERS);
    }),

    row('escaped characters are read', async ({ api }) => {
      const body = `{"name":"\\u00c9va \\ud83e\\udd80","email":"${newEmail()}"}`;
      const reply = await api.send('POST', USERS, JSON_TYPE, body);
      expect(reply.status, reply.text).toBe(201);
      expect(reply.json()['name']).toBe('Éva 🦀');
    }),

    row('a body in chunks is read', async ({ api }) => {
      const body = JSON.stringify(newUser());
      const chunks = [body.slice(0, 5), body.slice(5), ''];
      const framed = chunks.map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`).join('');
      const reply = await api.send('POST', USERS, { ...JSON_TYPE, 'transfer-encoding': 'chunked' }, framed);
      expect(reply.status, reply.text).toBe(201);
    }),

    row('a PATCH that is no JSON is 400 too', async ({ api }) => {
      const path = `${USERS}/${(await createUser(api)).id}`;
      expectProblem(await api.send('PATCH', path, JSON_TYPE, '{'), 400, path);
    }),
  ],
);
