import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Api } from './accounts.ts';

/** Where users live. */
export const USERS = '/api/v1/users';

/** The pattern of a user's path, as frameworks write it. */
export const USER_ROUTE = /^\/api\/v1\/users\/(\{id\}|:id)$/;

/** A user as the contract shows it. */
export interface User {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly created_at: string;
  readonly updated_at: string;
}

/** A page of users that follow another. */
export interface LaterPage {
  readonly data: readonly User[];
  readonly page: number;
  readonly per_page: number;
}

/** A page of users. */
export interface UserPage extends LaterPage {
  readonly total: number;
}

/** An email address that no user has yet. */
export function newEmail(): string {
  return `user-${randomUUID()}@mail.example`;
}

/** A valid body of a new user, with these fields replaced. */
export function newUser(api: Api, overrides: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return { name: 'Ada Lovelace', email: newEmail(), ...api.accounts.members, ...overrides };
}

/** Creates a user and returns it; fails if the response is not 201. A client signs in as the first user it creates. */
export async function createUser(api: Api, overrides: Readonly<Record<string, unknown>> = {}): Promise<User> {
  const body = newUser(api, overrides);
  const reply = await api.post(api.accounts.path, body);
  expect(reply.status, reply.text).toBe(201);
  const user = reply.json<User>();
  if (Object.keys(api.caller).length === 0) await api.signIn(user.email);
  return user;
}

/** A user as shown to the caller of this client: with accounts, only the user's own response has the email address. */
export function shownTo(api: Api, user: User): Partial<User> {
  if (api.accounts.proof === undefined || api.email === user.email) return user;
  const { email: _, ...others } = user;
  return others;
}

/** Creates a user and a client that is signed in as this user. */
export async function join(api: Api, overrides: Readonly<Record<string, unknown>> = {}): Promise<[User, Api]> {
  const own = api.anonymous();
  return [await createUser(own, overrides), own];
}

/** Signs in as a new user if the service has accounts and nobody is signed in. */
export async function identify(api: Api): Promise<void> {
  if (api.accounts.proof !== undefined && Object.keys(api.caller).length === 0) await createUser(api);
}

/** Creates `count` users one after the other, oldest first. */
export async function createUsers(api: Api, count: number): Promise<User[]> {
  const users: User[] = [];
  for (let n = 0; n < count; n++) users.push(await createUser(api, { name: `User ${n}` }));
  return users;
}

/** A page of the list; fails if the response is not 200. */
export async function listUsers(api: Api, query = ''): Promise<UserPage> {
  await identify(api);
  return list<UserPage>(api, query);
}

/** A page of the users after one with this id; fails if the response is not 200. */
export async function listUsersAfter(api: Api, id: string, query = ''): Promise<LaterPage> {
  await identify(api);
  return list<LaterPage>(api, `?after=${id}${query}`);
}

async function list<T>(api: Api, query: string): Promise<T> {
  const reply = await api.get(USERS + query);
  expect(reply.status, reply.text).toBe(200);
  return reply.json<T>();
}

/** Expects a user with exactly the right members; `api` is the client that it was shown to, if not the user's own. */
export function expectUser(user: User, api?: Api): void {
  const isShown = api?.accounts.proof === undefined || 'email' in user;
  const members = ['created_at', ...(isShown ? ['email'] : []), 'id', 'name', 'updated_at'];
  expect(Object.keys(user).sort()).toEqual(members);
  expect(user.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  for (const time of [user.created_at, user.updated_at]) {
    expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
    expect(Math.abs(Date.parse(time) - Date.now()), 'the clock is off').toBeLessThan(10 * 60_000);
  }
}
