import { expect } from 'vitest';
import { type Client, clientOf, type Headers } from './http/client.ts';
import type { Reply } from './http/reply.ts';
import type { Env } from './target.ts';

/** The password of every user of the suite, and a wrong one. */
export const PASSWORD = 'correct horse battery staple';
export const WRONG_PASSWORD = 'incorrect horse battery';

/** How users are created and authenticated. */
export interface Accounts {
  /** The path that creates users. */
  readonly path: string;
  /** The fields of a new user besides name and email. */
  readonly members: Readonly<Record<string, unknown>>;
  /** The variables that the service requires. */
  readonly env: Env;
  /** The credentials in the response to a login; absent without authentication. */
  readonly proof?: (reply: Reply) => Headers;
}

const REGISTERED = { path: '/api/v1/auth/register', members: { password: PASSWORD } };

/** The accounts for each choice of authentication. */
const ACCOUNTS: Readonly<Record<string, Accounts>> = {
  none: { path: '/api/v1/users', members: {}, env: {} },
  jwt: {
    ...REGISTERED,
    env: { JWT_KEYS: 'new:the-first-key-of-the-conformance-suite,old:the-other-key-of-the-conformance-suite' },
    proof: (reply) => ({ authorization: `Bearer ${reply.json()['access_token']}` }),
  },
  session: {
    ...REGISTERED,
    env: {},
    proof: (reply) => ({ cookie: (reply.header('set-cookie') ?? '').split(';')[0] ?? '' }),
  },
};

/** The accounts for this choice of authentication; throws if the suite does not know it. */
export function accountsOf(auth: string): Accounts {
  const accounts = ACCOUNTS[auth];
  if (accounts === undefined) throw new Error(`the suite does not know the authentication ${auth}`);
  return accounts;
}

/** A client of a service with accounts, which sends the credentials of the signed-in user. */
export interface Api extends Client {
  readonly accounts: Accounts;
  /** The headers with the caller's credentials; empty if nobody is signed in. */
  readonly caller: Headers;
  /** The email address of the caller; absent when nobody is signed in. */
  readonly email?: string | undefined;
  /** Another client of the same service, not signed in. */
  anonymous(): Api;
  /** Signs in as the user with this email; does nothing without authentication. */
  signIn(email: string, password?: string): Promise<void>;
}

/** A client of the service at `baseUrl`, not signed in. */
export function apiOf(baseUrl: string, accounts: Accounts): Api {
  const client = clientOf(baseUrl);
  let caller: Headers = {};
  let signedIn: string | undefined;
  const as = (headers: Headers | undefined): Headers => ({ ...caller, ...headers });
  const api: Api = {
    ...client,
    accounts,
    get caller() {
      return caller;
    },
    get: (path, headers) => client.get(path, as(headers)),
    head: (path, headers) => client.head(path, as(headers)),
    delete: (path, headers) => client.delete(path, as(headers)),
    post: (path, value, headers) => client.post(path, value, as(headers)),
    patch: (path, value, headers) => client.patch(path, value, as(headers)),
    send: (method, path, headers, body) => client.send(method, path, as(headers), body),
    get email() {
      return signedIn;
    },
    anonymous: () => apiOf(baseUrl, accounts),
    async signIn(email, password = PASSWORD) {
      if (accounts.proof === undefined) return;
      const reply = await client.post('/api/v1/auth/login', { email, password });
      expect([200, 204], reply.text).toContain(reply.status);
      caller = accounts.proof(reply);
      signedIn = email;
    },
  };
  return api;
}
