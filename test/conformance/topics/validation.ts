import { expect } from 'vitest';
import { expectInvalid, expectProblem, expectWrongShape } from '../problem.ts';
import { row, topic } from '../row.ts';
import { newUser } from '../users.ts';

/** Values that are not strings, and so neither a name nor an email. */
const NO_STRINGS = [null, true, 0, 1.5, -1e300, [], ['Ada'], {}, { value: 'Ada' }];

const BAD_NAMES: readonly (readonly [title: string, name: string])[] = [
  ['that is empty', ''],
  ['of white space', ' \t\n '],
  ['of 101 characters', 'n'.repeat(101)],
  ['of 101 two-byte characters', 'é'.repeat(101)],
  ['of 101 four-byte characters', '🦀'.repeat(101)],
  ['of 100,000 characters', 'n'.repeat(100_000)],
  ['of 101 characters after composing', 'e\u0301'.repeat(101)],
  ['with a NUL in it', 'Ada\u0000Lovelace'],
  ['of no-break and ideographic spaces', '\u00a0\u3000'],
  ['of zero-width spaces', '\u200b\u200b'],
  ['of a byte order mark', '\ufeff'],
  ['of joiners', '\u200d\u200c'],
  ['of Hangul fillers', '\u3164\u115f\u1160\uffa0'],
  ['of variation selectors', '\ufe0f\u{e0100}'],
  ['of bidirectional controls', '\u202e\u202c'],
  ['of soft hyphens', '\u00ad\u00ad'],
  ['of tags', '\u{e0041}\u{e0064}'],
  ['of a Braille pattern without dots', '\u2800'],
  ['that reverses the text after it', 'Ada\u202egpj.exe'],
  ['with an isolate in it', 'Ada\u2066Lovelace\u2069'],
  ['with a zero-width space in it', 'Ada\u200bLovelace'],
  ['with a byte order mark before it', '\ufeffAda'],
  ['with a Hangul filler after it', 'Ada\u3164'],
  ['with tags after it', 'Ada\u{e0041}\u{e0064}'],
  ['with a line separator in it', 'Ada\u2028Lovelace'],
];

const BAD_EMAILS = [
  ...['', ' ', 'plain', '@', '@mail.example', 'ada@', 'ada@@mail.example', 'ada@mail@mail.example'],
  ...['ada lovelace@mail.example', 'ada@mail example', 'ada@mail.example\u0000', 'ada\u0000@mail.example'],
  ...['ada@.mail.example', 'ada@mail..example', 'ada@mail.example,bob@mail.example', 'Ada <ada@mail.example>'],
  ...['.ada@mail.example', 'ada.@mail.example', 'a..da@mail.example', '"ada"@mail.example', 'ada@[127.0.0.1]'],
  ...['ada@-mail.example', 'ada@mail-.example', 'ada@ma_il.example', `ada@${'m'.repeat(64)}.example`],
  ...[`${'a'.repeat(65)}@mail.example`, 'ada\u200b@mail.example', 'ada\u200d@mail.example', '\u3164@mail.example'],
  ...['\u202eada@mail.example', 'ada\ufe0f@mail.example', '☃@mail.example'],
];

/** Bodies of the wrong shape, and the fields of which the response must name at least one. */
const WRONG_SHAPES: readonly (readonly [title: string, body: object, fields: readonly string[]])[] = [
  ['nothing given', {}, ['email', 'name']],
  ['one missing', { name: 'Ada' }, ['email']],
  ['the other missing', { email: 'ada@mail.example' }, ['name']],
  ['both of the wrong type', { name: 1, email: [] }, ['email', 'name']],
  ['both null', { name: null, email: null }, ['email', 'name']],
  ['one missing, one invalid', { email: 'plain' }, ['name', 'email']],
  ['one of the wrong type, one invalid, two unknown', { name: 7, email: '@', x: 1, y: 1 }, ['email', 'name', 'x', 'y']],
  ['valid, but with unknown fields', { name: 'Ada', email: 'ada@mail.example', id: 'x', admin: true }, ['admin', 'id']],
  ['missing and unknown', { Name: 'Ada', EMAIL: 'ada@mail.example' }, ['EMAIL', 'Name', 'email', 'name']],
];

/** 422: one response names every invalid field of a body, each once; of a body of the wrong shape, at least one. */
export const validation = topic(
  'validation (422)',
  [],
  [
    ...BAD_NAMES.map(([title, name]) =>
      row(`a name ${title} is 422`, async ({ api }) => {
        expectInvalid(await api.post(api.accounts.path, newUser(api, { name })), api.accounts.path, ['name']);
      }),
    ),

    ...BAD_EMAILS.map((email) =>
      row(`the email ${JSON.stringify(email)} is 422`, async ({ api }) => {
        expectInvalid(await api.post(api.accounts.path, newUser(api, { email })), api.accounts.path, ['email']);
      }),
    ),

    ...NO_STRINGS.map((value) =>
      row(`${JSON.stringify(value)} in place of a string is 422`, async ({ api }) => {
        const { path } = api.accounts;
        expectWrongShape(await api.post(path, newUser(api, { name: value })), path, ['name']);
        expectWrongShape(await api.post(path, newUser(api, { email: value })), path, ['email']);
      }),
    ),

    ...WRONG_SHAPES.map(([title, body, fields]) =>
      row(`${title}: a field of the wrong shape is named`, async ({ api }) => {
        const { path, members } = api.accounts;
        expectWrongShape(await api.post(path, { ...members, ...body }), path, fields);
      }),
    ),

    row('every invalid field is named at once', async ({ api }) => {
      const { path, members } = api.accounts;
      expectInvalid(await api.post(path, { ...members, name: '', email: 'plain' }), path, ['email', 'name']);
    }),

    ...[[], [{}], ['name'], ['Ada', 'ada@mail.example'], 'name', '', 1, 0.5, true, false, null].map((body) =>
      row(`${JSON.stringify(body)} in place of an object`, async ({ api }) => {
        expectInvalid(await api.post(api.accounts.path, body), api.accounts.path, ['$']);
      }),
    ),

    row('at most 20 wrong fields are named', async ({ api }) => {
      const unknown = Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`field-${n}`, 0]));
      const reply = await api.post(api.accounts.path, { ...unknown, name: '', email: '' });
      const { errors } = expectProblem(reply, 422, api.accounts.path);
      expect(errors?.length).toBeGreaterThanOrEqual(1);
      expect(errors?.length).toBeLessThanOrEqual(20);
    }),

    row('long field names do not make the response long', async ({ api }) => {
      const long = (n: number) => [`${n}${'\u0001'.repeat(5_000)}`, 0];
      const unknown = Object.fromEntries(Array.from({ length: 6 }, (_, n) => long(n)));
      const reply = await api.post(api.accounts.path, newUser(api, unknown));
      expectProblem(reply, 422, api.accounts.path);
      expect(reply.body.length).toBeLessThan(16_384);
    }),

    row('messages say what is wrong without repeating the value', async ({ api }) => {
      const secret = 'correct horse battery staple';
      const { path } = api.accounts;
      const misshapen = await api.post(path, newUser(api, { name: [secret] }));
      expectWrongShape(misshapen, path, ['name']);
      expect(misshapen.text).not.toContain(secret);
      const invalid = await api.post(path, newUser(api, { email: secret }));
      expectInvalid(invalid, path, ['email']);
      expect(invalid.text).not.toContain(secret);
    }),
  ],
);
