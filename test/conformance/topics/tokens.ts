import { createHmac } from 'node:crypto';
import { expect } from 'vitest';
import { type Api, PASSWORD } from '../accounts.ts';
import { row, rowWith, topic } from '../row.ts';
import { createUser } from '../users.ts';
import { expectUnauthorized, LOGIN, ME } from './accounts.ts';

type Json = Readonly<Record<string, unknown>>;

/** The parts of an access token. */
interface Token {
  readonly header: Json;
  readonly claims: Json;
  readonly secret: string;
}

const encode = (json: Json): string => Buffer.from(JSON.stringify(json)).toString('base64url');
const decode = (part: string): Json => JSON.parse(Buffer.from(part, 'base64url').toString());
const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;
const tokenOf = ({ caller }: Api): string => caller['authorization']?.split(' ')[1] ?? '';

/** The secrets of JWT_KEYS by key id. */
const secretsOf = ({ accounts }: Api): ReadonlyMap<string, string> =>
  new Map((accounts.env['JWT_KEYS'] ?? '').split(',').map((key) => key.split(':') as [string, string]));

/** The decoded token of a client. */
function partsOf(api: Api): Token {
  const [header, claims] = tokenOf(api).split('.').slice(0, 2).map(decode) as [Json, Json];
  return { header, claims, secret: secretsOf(api).get(String(header['kid'])) ?? '' };
}

/** Signs the token again, with HMAC of this hash. */
function sign({ header, claims, secret }: Token, hash = 'sha256'): string {
  const message = `${encode(header)}.${encode(claims)}`;
  return `${message}.${createHmac(hash, secret).update(message).digest('base64url')}`;
}

/** Signs the token again, with other claims. */
const claim = (token: Token, changes: Json): string => sign({ ...token, claims: { ...token.claims, ...changes } });

/** Signs the token again, with other header parameters. */
const head = (token: Token, changes: Json): string => sign({ ...token, header: { ...token.header, ...changes } });

const bearer = (api: Api, token: string) => api.anonymous().get(ME, { authorization: `Bearer ${token}` });

/** Tokens that must be rejected, each made from a valid one. */
const WRONG: readonly (readonly [title: string, forge: (token: Token, api: Api) => string])[] = [
  ['with another key', (token) => sign({ ...token, secret: 'x'.repeat(32) })],
  ['with the key of another id', (token, api) => sign({ ...token, secret: secretsOf(api).get('old') ?? '' })],
  ['with an unknown key id', (token) => sign({ ...token, header: { ...token.header, kid: 'other' } })],
  ['without a key id', ({ header: { kid, ...header }, ...token }) => sign({ ...token, header })],
  ['with an empty secret', (token) => sign({ ...token, secret: '' })],
  ['of the algorithm none', ({ header, claims }) => `${encode({ ...header, alg: 'none' })}.${encode(claims)}.`],
  ['of the algorithm nOnE', ({ header, claims }) => `${encode({ ...header, alg: 'nOnE' })}.${encode(claims)}.`],
  ['of HS512', (token) => sign({ ...token, header: { ...token.header, alg: 'HS512' } }, 'sha512')],
  ['that says RS256', (token) => sign({ ...token, header: { ...token.header, alg: 'RS256' } })],
  ['without a signature', (token) => sign(token).replace(/[^.]*$/, '')],
  ['without a second dot', (token) => sign(token).replace(/\.[^.]*$/, '')],
  [
    'whose claims were changed',
    (token) => {
      const [header, , signature] = sign(token).split('.');
      return `${header}.${encode({ ...token.claims, exp: inSeconds(9_999) })}.${signature}`;
    },
  ],
  ['that has expired', (token) => claim(token, { exp: inSeconds(-120) })],
  ['that never expires', (token) => claim(token, { exp: undefined })],
  ['whose expiry is a word', (token) => claim(token, { exp: 'never' })],
  ['that is not valid yet', (token) => claim(token, { nbf: inSeconds(600) })],
  ['for another audience', (token) => claim(token, { aud: 'another-service' })],
  ['without an audience', (token) => claim(token, { aud: undefined })],
  ['of another issuer', (token) => claim(token, { iss: 'another-service' })],
  ['without an issuer', (token) => claim(token, { iss: undefined })],
  ['without a subject', (token) => claim(token, { sub: undefined })],
  ['whose subject is not an id', (token) => claim(token, { sub: 'admin' })],
  ['that marks an extension as critical', (token) => head(token, { crit: ['b64'], b64: true })],
  ['that marks a claim as critical', (token) => head(token, { crit: ['exp'] })],
  ['that marks nothing as critical', (token) => head(token, { crit: [] })],
  ['whose list of critical extensions is a word', (token) => head(token, { crit: 'b64' })],
  ['of another type', (token) => head(token, { typ: 'secevent+jwt' })],
  ['whose key id is a number', (token) => head(token, { kid: 0 })],
  ['that expired before 1970', (token) => claim(token, { exp: -1 })],
  ['for a list of other audiences', (token) => claim(token, { aud: ['another-service', ''] })],
  ['whose subject is a list', (token) => claim(token, { sub: [token.claims['sub']] })],
  ['with padding', (token) => `${sign(token)}=`],
  ['with a space in it', (token) => sign(token).replace('.', ' .')],
  ['of 6,000 characters', (token) => claim(token, { exp: inSeconds(-120), padding: 'x'.repeat(4_000) })],
  ['of a user that never existed', (token) => claim(token, { sub: '01890a5d-ac96-774b-bcce-b302099a8057' })],
];

/** Secrets that anyone can read: in `.env.example`, and in the tests of the project and of this suite. */
const PUBLISHED = [
  'not-a-secret-for-this-machine-only',
  '0123456789abcdef0123456789abcdef',
  'fedcba9876543210fedcba9876543210',
];

/** Access tokens (RFC 7519), sent as RFC 6750 says. */
export const tokens = topic(
  'access tokens',
  ['auth:jwt'],
  [
    row('a login returns a token, its type and its lifetime', async ({ api }) => {
      const { email } = await createUser(api.anonymous());
      const reply = await api.post(LOGIN, { email, password: PASSWORD });
      expect(reply.status, reply.text).toBe(200);
      const { access_token, token_type, expires_in, ...others } = reply.json();
      expect([token_type, others]).toEqual(['Bearer', {}]);
      const claims = decode(String(access_token).split('.')[1] ?? '');
      expect(Number(claims['exp']) - inSeconds(0)).toBeGreaterThan(Number(expires_in) - 5);
      expect(Number(claims['exp']) - inSeconds(0)).toBeLessThanOrEqual(Number(expires_in));
      expect(JSON.stringify(claims)).not.toContain(email);
    }),

    row('the scheme is case-insensitive', async ({ api }) => {
      await createUser(api.anonymous());
      const own = api.anonymous();
      await createUser(own);
      for (const scheme of ['Bearer', 'bearer', 'BEARER', 'bEARER']) {
        const reply = await api.anonymous().get(ME, { authorization: `${scheme} ${tokenOf(own)}` });
        expect(reply.status, scheme).toBe(200);
      }
    }),

    row('no header, another scheme, or no token is 401 with the challenge Bearer', async ({ api }) => {
      for (const headers of [
        {},
        ...['', 'Basic YWRhOmFkYQ==', 'Bearer', 'Bearerx y'].map((authorization) => ({ authorization })),
      ]) {
        const reply = await api.anonymous().get(ME, headers);
        expectUnauthorized(reply, ME);
        expect(reply.header('www-authenticate')).toBe('Bearer');
      }
    }),

    row('a valid token is accepted, with the current and with the previous key', async ({ api }) => {
      const own = api.anonymous();
      await createUser(own);
      const token = partsOf(own);
      expect((await bearer(api, sign(token))).status).toBe(200);
      const old = { ...token, header: { ...token.header, kid: 'old' }, secret: secretsOf(api).get('old') ?? '' };
      expect((await bearer(api, sign(old))).status).toBe(200);
    }),

    row('a token may name several audiences, and a fraction of a second', async ({ api }) => {
      const own = api.anonymous();
      await createUser(own);
      const token = partsOf(own);
      const changes = { aud: [token.claims['aud'], 'another-service'], exp: inSeconds(60) + 0.5 };
      expect((await bearer(api, claim(token, changes))).status).toBe(200);
    }),

    ...WRONG.map(([title, forge]) =>
      row(`a token ${title} is 401`, async ({ api }) => {
        const own = api.anonymous();
        await createUser(own);
        const reply = await bearer(api, forge(partsOf(own), own));
        expectUnauthorized(reply, ME);
        expect(reply.header('www-authenticate')).toBe('Bearer error="invalid_token"');
      }),
    ),

    rowWith(['launcher'], 'JWT_LIFETIME_SECONDS is the lifetime of a token', async ({ withService }) => {
      await withService({ JWT_LIFETIME_SECONDS: '7' }, async ({ api }) => {
        await createUser(api);
        const { claims } = partsOf(api);
        expect(Number(claims['exp']) - Number(claims['iat'])).toBe(7);
      });
    }),

    rowWith(
      ['launcher'],
      'weak, duplicate or missing keys stop the start, and so do published ones unless HOST is loopback',
      async ({ launcher }) => {
        const storage = await launcher().storage();
        for (const [JWT_KEYS, HOST] of [
          ['', '127.0.0.1'],
          ['secret', '127.0.0.1'],
          [`id:${'x'.repeat(31)}`, '127.0.0.1'],
          [`:${'x'.repeat(32)}`, '127.0.0.1'],
          [`id:${'x'.repeat(32)},`, '127.0.0.1'],
          [`id:${'x'.repeat(32)},id:${'y'.repeat(32)}`, '127.0.0.1'],
          ...PUBLISHED.flatMap((key) =>
            [key, ...(['base64', 'base64url', 'hex'] as const).map((form) => Buffer.from(key).toString(form))].map(
              (secret) => [`mine:${'x'.repeat(32)},2026-01:${secret}`, '0.0.0.0'] as const,
            ),
          ),
        ] as const) {
          const { code, logs } = await launcher().run([], { ...storage, JWT_KEYS, HOST });
          expect(code ?? 0, logs).toBeGreaterThan(0);
          expect(logs).toContain('JWT_KEYS');
          expect(logs).not.toMatch(/x{31}|panicked|listening on/);
          for (const key of PUBLISHED) expect(logs).not.toContain(key);
        }
      },
    ),
  ],
);
