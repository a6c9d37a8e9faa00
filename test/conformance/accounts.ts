import { expect } from 'vitest';
import { type Client, clientOf, type Headers } from './http/client.ts';
import type { Reply } from './http/reply.ts';
import type { Env } from './target.ts';

/** The password of every user of the suite, and one that is wrong. */
export const PASSWORD = 'correct horse battery staple';
export const WRONG_PASSWORD = 'incorrect horse battery';

/** How users come to be, and what proves who asks. */
export interface Accounts {
  /** Where users are made. */
  readonly path: string;
  /** What the body of a new user has beside name and email. */
  readonly members: Readonly<Record<string, unknown>>;
  /** What the service cannot start without. */
  readonly env: Env;
  /** The headers that prove who signed in, from the answer to the login; absent where nobody signs in. */
  readonly proof?: (reply: Reply) => Headers;
}

const REGISTERED = { path: '/api/v1/auth/register', members: { password: PASSWORD } };

/** The accounts of each choice of authentication. */
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

/** How users come to be with this choice of authentication; throws where the suite does not know it. */
export function accountsOf(auth: string): Accounts {
  const accounts = ACCOUNTS[auth];
  if (accounts === undefined) throw new Error(`the suite does not know the authentication ${auth}`);
  return accounts;
}

/** A client of a service with accounts: whoever it is signed in as is the one who asks. */
export interface Api extends Client {
  readonly accounts: Accounts;
  /** The headers that prove who asks; empty for nobody. */
  readonly caller: Headers;
  /** The email address of the caller; absent when nobody is signed in. */
  readonly email?: string | undefined;
  /** Another client of the same service that nobody is signed in with. */
  anonymous(): Api;
  /** From now on the user of this email asks; nothing happens where nobody signs in. */
  signIn(email: string, password?: string): Promise<void>;
}

/** A client of the service at `baseUrl` that nobody is signed in with. */
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
