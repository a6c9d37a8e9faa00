import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { expectConflict, expectInvalid } from '../problem.ts';
import { row, topic } from '../row.ts';
import { createUser, expectUser, newEmail, newUser, shownTo, USERS, type User } from '../users.ts';

/** 254 characters, within the limits of a local part (64) and of a label (63). */
function longEmail(length: number): string {
  const unique = newEmail().replace(/\W/g, '').slice(0, 40);
  const domain = `${'d'.repeat(63)}.${'e'.repeat(63)}.`;
  const local = unique.padEnd(64, 'x');
  return `${local}@${domain}${'f'.repeat(length - local.length - 1 - domain.length)}`;
}

/** What is accepted as a name, and how it comes back. */
const NAMES: readonly (readonly [title: string, given: string, kept: string])[] = [
  ['of one character', 'A', 'A'],
  ['of 100 characters', 'n'.repeat(100), 'n'.repeat(100)],
  ['of 100 two-byte characters', 'é'.repeat(100), 'é'.repeat(100)],
  ['of 100 four-byte characters', '🦀'.repeat(100), '🦀'.repeat(100)],
  ['with space around it, trimmed', ' \t Ada  Lovelace \n', 'Ada  Lovelace'],
  ['of 100 characters after trimming', `  ${'n'.repeat(100)}  `, 'n'.repeat(100)],
  ['with quotes, markup and SQL in it, unchanged', `O'Brien <b>"x"</b>; -- \\ %`, `O'Brien <b>"x"</b>; -- \\ %`],
  ['in decomposed form, composed', 'Zoe\u0308 A\u030angstro\u0308m', 'Zo\u00eb \u00c5ngstr\u00f6m'],
  ['of 100 characters after composing', 'e\u0301'.repeat(100), '\u00e9'.repeat(100)],
  [
    'with the joiners of its script and of an emoji',
    'علی\u200cرضا 👩\u200d💻 ❤\ufe0f',
    'علی\u200cرضا 👩\u200d💻 ❤\ufe0f',
  ],
  ['in full-width letters, unchanged', 'Ａｄａ', 'Ａｄａ'],
  ['in right-to-left script', 'עדה לאבלייס', 'עדה לאבלייס'],
];

/** Two spellings of one address, each made unique by `id`. */
const SPELLINGS: readonly (readonly [title: string, one: (id: string) => string, other: (id: string) => string])[] = [
  ['composed and decomposed', (id) => `jos\u00e9.${id}@mail.example`, (id) => `jose\u0301.${id}@mail.example`],
  ['in capitals beyond ASCII', (id) => `\u00e9clair.${id}@mail.example`, (id) => `\u00c9CLAIR.${id}@MAIL.EXAMPLE`],
  ['with a final sigma', (id) => `${id}.νικος@mail.example`, (id) => `${id}.ΝΙΚΟΣ@mail.example`],
  ['with a dotted capital I', (id) => `${id}.i\u0307@mail.example`, (id) => `${id}.\u0130@mail.example`],
  ['in full-width letters', (id) => `ada.${id}@mail.example`, (id) => `ａｄａ.${id}＠ｍａｉｌ．example`],
  ['with its domain in Punycode', (id) => `${id}@b\u00fccher.example`, (id) => `${id}@xn--bcher-kva.example`],
  ['with its domain decomposed', (id) => `${id}@b\u00fccher.example`, (id) => `${id}@BU\u0308CHER.example`],
];

/** Creating users with valid bodies, and conflicts. */
export const creating = topic(
  'creating users',
  [],
  [
    row('returns 201 with the user and its Location', async ({ api }) => {
      const body = newUser(api);
      const { name, email } = body;
      const reply = await api.post(api.accounts.path, body);
      expect(reply.status, reply.text).toBe(201);
      expect(reply.header('content-type')).toMatch(/^application\/json\b/);
      const user = reply.json<User>();
      expectUser(user);
      expect(user).toMatchObject({ name, email });
      expect(user.updated_at).toBe(user.created_at);
      const location = new URL(reply.header('location') ?? '', api.baseUrl);
      expect(location.pathname).toBe(`${USERS}/${user.id}`);
    }),

    row('GET of the Location returns what POST returned', async ({ api }) => {
      const user = await createUser(api);
      const reply = await api.get(`${USERS}/${user.id}`);
      expect(reply.status).toBe(200);
      expect(reply.json()).toEqual(shownTo(api, user));
    }),

    row('the id contains the time of creation', async ({ api }) => {
      const { id, created_at } = await createUser(api);
      const milliseconds = Number.parseInt(id.replace('-', '').slice(0, 12), 16);
      expect(Math.abs(milliseconds - Date.parse(created_at))).toBeLessThan(1000);
    }),

    ...NAMES.map(([title, given, kept]) =>
      row(`accepts a name ${title}`, async ({ api }) => {
        const { id, name } = await createUser(api, { name: given });
        expect(name).toBe(kept);
        expect((await api.get(`${USERS}/${id}`)).json<User>().name).toBe(kept);
      }),
    ),

    row('accepts an email of 254 characters and rejects one of 255', async ({ api }) => {
      const email = longEmail(254);
      expect(email).toHaveLength(254);
      expect((await createUser(api, { email })).email).toBe(email);
      expectInvalid(await api.post(api.accounts.path, newUser(api, { email: longEmail(255) })), api.accounts.path, [
        'email',
      ]);
    }),

    row('accepts common forms of addresses', async ({ api }) => {
      const email = newEmail();
      for (const form of [email.replace('user-', "o'brien+tag."), email.replace('mail.', 'a-b.co.mail.')]) {
        expect((await createUser(api, { email: form })).email).toBe(form);
      }
    }),

    row('returns 409 for an email that another user has, in any case, and names the field', async ({ api }) => {
      const { email } = await createUser(api);
      for (const same of [email, email.toUpperCase(), email.replace('user', 'uSeR')]) {
        const reply = await api.post(api.accounts.path, newUser(api, { email: same }));
        expectConflict(reply, api.accounts.path, 'email', 'taken');
      }
    }),

    row('emails that differ in an accent belong to different people', async ({ api }) => {
      const plain = newEmail();
      for (const email of [plain, plain.replace('u', 'ü'), plain.replace('u', 'ú')]) {
        expect((await createUser(api, { email })).email).toBe(email);
      }
    }),

    ...SPELLINGS.map(([title, one, other]) =>
      row(`returns 409 for an email that another user has, ${title}`, async ({ api }) => {
        const { path } = api.accounts;
        for (const [first, second] of [
          [one, other],
          [other, one],
        ] as const) {
          const id = randomUUID();
          const { email } = await createUser(api, { email: first(id) });
          expectConflict(await api.post(path, newUser(api, { email: second(id) })), path, 'email', 'taken');
          expectConflict(await api.post(path, newUser(api, { email })), path, 'email', 'taken');
        }
      }),
    ),

    row('ß and ss, é and e are different letters of an address', async ({ api }) => {
      const id = randomUUID();
      for (const local of ['stra\u00dfe', 'strasse', 'r\u00e9sum\u00e9', 'resume']) {
        const email = `${local}.${id}@mail.example`;
        expect((await createUser(api, { email })).email).toBe(email);
      }
    }),

    row('the domain of an email is returned in ASCII, the rest composed and in lower case', async ({ api }) => {
      const id = randomUUID();
      const { email } = await createUser(api, { email: `JOSE\u0301.${id}@B\u00dcCHER.example` });
      expect(email).toBe(`jos\u00e9.${id}@xn--bcher-kva.example`);
    }),

    row('the order of the members does not matter', async ({ api }) => {
      const reversed = Object.fromEntries(Object.entries(newUser(api)).reverse());
      const reply = await api.post(api.accounts.path, reversed);
      expect(reply.status, reply.text).toBe(201);
    }),
  ],
);
